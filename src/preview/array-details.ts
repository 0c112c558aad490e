import { resolveTarget } from '../bytes/address';
import { fileUrlToPath } from '../bytes/file-url';
import { codecInWords } from '../codecs/words';
import { isKnownCodec } from '../codecs/registry';
import { KerchunkError } from '../errors';
import { xarrayCodeOf } from '../generate/xarray-code';
import type { ReferenceSet } from '../references/reference-set';
import { firstFileReference } from '../validate/first-reference';
import { cutText } from '../words';
import { gridShape, metadataKey } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import { textRange, type PreviewDocument } from './document';
import { jsonText } from './json-text';
import { fillTextOf } from './meaning';
import { dtypeInWords, dtypeText } from './type-words';
import type { ArrayDetails, AttributeText } from './types';

const MOST_ATTRIBUTES = 1000;
const MOST_CHARACTERS = 10_000;

/**
 * An array in words.
 * @throws KerchunkError `malformed-metadata` or `invalid-argument` as `ReferenceSet.array`.
 */
export function describeArray({ set, positions }: PreviewDocument, path: string): ArrayDetails {
  const array = set.array(path);
  const { shape, chunkShape, dataType } = array;
  const attributes = Object.entries(array.attributes);
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
    attributes: attributes.slice(0, MOST_ATTRIBUTES).map(([name, value]): AttributeText => {
      return { name, value: cutText(jsonText(value), MOST_CHARACTERS) };
    }),
    moreAttributes: Math.max(0, attributes.length - MOST_ATTRIBUTES),
    codecs: array.codecs.toReversed().map((step) => {
      return { id: step.id, words: codecInWords(step), known: isKnownCodec(step.id) };
    }),
    coverage: set.coverage(path),
    storedBytes: set.storedBytes(path),
    decodedBytes: elementCount(shape) * dataType.itemSize,
    chunkBytes: elementCount(chunkShape) * dataType.itemSize,
    xarrayCode: codeOf(set, array),
    range: span === undefined ? null : textRange(positions, span),
  };
}

function codeOf(set: ReferenceSet, array: ZarrArray): string {
  const target = firstFileReference(set, array.path)?.url ?? set.firstUrls(1).first[0] ?? '';
  const imagecodecs = array.codecs.some(({ id }) => id.startsWith('imagecodecs_'));
  return xarrayCodeOf(fileForPython(set.url), array.path, { targetUrl: absolute(target, set.url), imagecodecs });
}

/** The reference file as Python opens it: a path for a local file, else its address; a name to be replaced where neither is known. */
function fileForPython(url: string | undefined): string {
  if (url === undefined) return 'references.json';
  return url.startsWith('file:') ? fileUrlToPath(url) : url;
}

function absolute(target: string, base: string | undefined): string {
  try {
    return resolveTarget(target, base);
  } catch (error) {
    if (error instanceof KerchunkError) return target;
    throw error;
  }
}
