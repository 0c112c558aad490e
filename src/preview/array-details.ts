import { codecInWords } from '../codecs/words';
import { isKnownCodec } from '../codecs/registry';
import type { JsonObject } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { cutText } from '../words';
import { gridShape, metadataKey } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import { textRange, type PreviewDocument } from './document';
import { jsonText } from './json-text';
import { fillTextOf } from './meaning';
import { openCodeOfArray } from './open-code';
import { dtypeInWords, dtypeText } from './type-words';
import type { ArrayDetails, AttributeText } from './types';

const MOST_ATTRIBUTES = 1000;
const MOST_CHARACTERS = 10_000;
const MOST_METADATA = 1_000_000;

/**
 * An array in words.
 * @throws KerchunkError `malformed-metadata` or `invalid-argument` as `ReferenceSet.array`.
 */
export function describeArray({ set, positions }: PreviewDocument, path: string): ArrayDetails {
  const array = set.array(path);
  const { shape, chunkShape, dataType } = array;
  const span = set.entrySpan(metadataKey(array));
  return {
    path,
    shape,
    chunkShape,
    grid: gridShape(array),
    dimensions: array.dimensionNames ?? null,
    dtype: dtypeText(dataType),
    dtypeInWords: dtypeInWords(dataType),
    order: array.order,
    fillValue: fillTextOf(array),
    ...attributeTexts(array.attributes),
    codecs: array.codecs.toReversed().map((step) => {
      return { id: step.id, words: codecInWords(step), known: isKnownCodec(step.id) };
    }),
    coverage: set.coverage(path),
    storedBytes: set.storedBytes(path),
    decodedBytes: elementCount(shape) * dataType.itemSize,
    chunkBytes: elementCount(chunkShape) * dataType.itemSize,
    code: openCodeOfArray(set, array),
    metadata: metadataText(set, array),
    range: span === undefined ? null : textRange(positions, span),
  };
}

/** The first attributes as JSON text, long values cut, and how many there are beyond those. */
export function attributeTexts(attributes: JsonObject): { attributes: AttributeText[]; moreAttributes: number } {
  const entries = Object.entries(attributes);
  return {
    attributes: entries.slice(0, MOST_ATTRIBUTES).map(([name, value]): AttributeText => {
      return { name, value: cutText(jsonText(value), MOST_CHARACTERS) };
    }),
    moreAttributes: Math.max(0, entries.length - MOST_ATTRIBUTES),
  };
}

/** The document that holds the array's metadata, in one line; null where it is too long to be copied. */
function metadataText(set: ReferenceSet, array: ZarrArray): string | null {
  const value = set.document(metadataKey(array))?.value;
  const text = value === undefined ? undefined : jsonText(value);
  return text === undefined || text.length > MOST_METADATA ? null : text;
}
