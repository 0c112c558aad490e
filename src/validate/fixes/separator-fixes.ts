import { InnerOffsets } from '../../references/json-string';
import type { ZarrArray } from '../../zarr/types';
import { fileText, valueUnder } from './editable-text';
import { arrayDocuments, arrayPath, readableArray, replaced } from './remedies';
import type { Change, FixContext, Fixer } from './types';

/** Chunk keys with another separator than the array's: it is the metadata that are wrong, or the keys. */
export const fixKeySeparator: Fixer = (context) => {
  const path = arrayPath(context);
  const array = readableArray(context.set, path);
  if (array === undefined) return [];
  const { separator } = array.keyEncoding;
  const other = separator === '.' ? '/' : '.';
  const coverage = context.set?.coverage(path);
  return [
    {
      title: `Write "dimension_separator": "${other}"`,
      changes: separatorStated(context, other),
      alternative: 'in the metadata',
      // No key is as the metadata say.
      ...(coverage?.total === coverage?.absent ? { isPreferred: true } : {}),
    },
    {
      title: `Write the keys with "${separator}"`,
      changes: keysRewritten(context, array, other),
      alternative: 'in the keys',
    },
  ];
};

function separatorStated(context: FixContext, separator: string): Change[] {
  return arrayDocuments(context, '.zarray').flatMap((document): Change[] => {
    if (valueUnder(document, ['dimension_separator']) !== undefined) {
      return replaced([document], ['dimension_separator'], separator);
    }
    return [{ kind: 'add', document, object: document.root, members: [['dimension_separator', separator]] }];
  });
}

/** The key that the finding is about, or, where it is about the array, all that are written so. What would make a key stand twice is left. */
function* keysRewritten({ finding, set, text }: FixContext, array: ZarrArray, other: string): Iterable<Change> {
  if (set === undefined) return;
  const prefix = array.path === '' ? '' : `${array.path}/`;
  const rank = array.shape.length;
  const isOther = (key: string): boolean => {
    const parts = key.slice(prefix.length).split(other);
    return parts.length === rank && rank > 1 && parts.every((part) => /^(0|[1-9]\d*)$/u.test(part));
  };
  const isKey = isOther(finding.key) && finding.key.startsWith(prefix);
  for (const key of isKey ? [finding.key] : set.strayKeys(array.path)) {
    const name = key.slice(prefix.length).replaceAll(other, array.keyEncoding.separator);
    const place = isOther(key) && set.keySpan(`${prefix}${name}`) === undefined ? set.keySpan(key) : undefined;
    if (place === undefined) continue;
    const end = place.offset + place.length - 1;
    const start = new InnerOffsets(text, place.offset + 1, end).at(new TextEncoder().encode(prefix).length);
    const span = { offset: start, length: end - start };
    yield { kind: 'replace', document: fileText(text), span, text: name };
  }
}
