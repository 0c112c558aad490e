import { InnerOffsets } from '../../references/json-string';
import { chunkKey, keyBelow, parseChunkKey } from '../../zarr/grid';
import type { ZarrArray } from '../../zarr/types';
import { fileText } from './editable-text';
import { arrayPath, documentsUnder, readableArray, replaced } from './remedies';
import type { Change, FixContext, Fixer, Remedy } from './types';

type KeyEncoding = ZarrArray['keyEncoding'];

/** The usual one of each name first, as an array of one axis has the same keys by both separators. */
const ENCODINGS: readonly KeyEncoding[] = [
  { prefix: 'c', separator: '/' },
  { prefix: 'c', separator: '.' },
  { prefix: '', separator: '.' },
  { prefix: '', separator: '/' },
];

/** Chunk keys of another form than the array's encoding makes: it is the encoding that is wrong, or the keys. */
export const fixKeyForm: Fixer = (context) => {
  const { finding, set } = context;
  const array = readableArray(set, arrayPath(context));
  const coverage = set?.coverage(arrayPath(context));
  // Where all chunks are there, no key is missed.
  if (array?.zarrFormat !== 3 || coverage === undefined || coverage.absent === 0) return [];
  const name = finding.key.slice(keyBelow(array.path, '').length);
  const meant = ENCODINGS.find((keyEncoding) => parseChunkKey({ ...array, keyEncoding }, name) !== undefined);
  if (meant === undefined) return [];
  const stated = { name: meant.prefix === 'c' ? 'default' : 'v2', configuration: { separator: meant.separator } };
  const example = chunkKey(
    array,
    array.shape.map(() => 0),
  );
  const keys: Remedy = {
    title: `Write the keys as "${example}"`,
    changes: keysRewritten(context, array, meant),
    alternative: 'in the keys',
  };
  // Another encoding would make keys wrong that are right.
  if (coverage.absent < coverage.total) return [keys];
  return [
    {
      title: `Write the chunk key encoding "${stated.name}" with "${meant.separator}"`,
      changes: replaced(documentsUnder(context, keyBelow(array.path, 'zarr.json')), ['chunk_key_encoding'], stated),
      alternative: 'in the metadata',
      isPreferred: true,
    },
    keys,
  ];
};

/** All keys of the array that another encoding makes. What would make a key stand twice is left. */
function* keysRewritten({ set, text }: FixContext, array: ZarrArray, other: KeyEncoding): Iterable<Change> {
  if (set === undefined) return;
  const prefix = array.path === '' ? '' : `${array.path}/`;
  for (const key of set.strayKeys(array.path)) {
    const indices = parseChunkKey({ ...array, keyEncoding: other }, key.slice(prefix.length));
    if (indices === undefined) continue;
    const name = chunkKey(array, indices);
    const place = set.keySpan(`${prefix}${name}`) === undefined ? set.keySpan(key) : undefined;
    if (place === undefined) continue;
    const end = place.offset + place.length - 1;
    const start = new InnerOffsets(text, place.offset + 1, end).at(new TextEncoder().encode(prefix).length);
    yield { kind: 'replace', document: fileText(text), span: { offset: start, length: end - start }, text: name };
  }
}
