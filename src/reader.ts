import { isAbsolutePath } from './address-form';
import { provideAssets } from './assets';
import { createOpener } from './bytes/open';
import type { SourceOpener } from './bytes/source';
import { readWholeAddress } from './bytes/whole-address';
import { KerchunkError } from './errors';
import { plainText } from './read/compressed-text';
import { folderAtAddress, isParquetAddress, zmetadataAddress } from './read/folder-at-address';
import { readWindow } from './read/window';
import { addressOfPath, isFolder, readAsset, readLocalFile } from './reader-files';
import type { ArrayInfo, OpenOptions, ReadOptions, References, Window } from './reader-types';
import { ParquetReferences } from './references/parquet/parquet-references';
import { parseReferencesInSlices } from './references/parse';
import type { ReferenceSet } from './references/reference-set';
import { formatDataType } from './zarr/data-type';
import { chunkNumber } from './zarr/grid';
import { elementCount } from './zarr/shape';
import type { NdArray, ZarrArray } from './zarr/types';
import { isNumeric, toTypedArray, valueAt } from './zarr/values';

export { KerchunkError, type ErrorCode } from './errors';
export type * from './reader-types';

/** The largest reference file that is read: 2 GiB. */
const LARGEST = 2 ** 31;

/** The references that a window of an array needs. */
type SetFor = (
  array: ZarrArray,
  first: readonly number[],
  last: readonly number[],
  signal: AbortSignal | undefined,
) => Promise<ReferenceSet>;

/**
 * Opens kerchunk references: JSON of version 0 or 1, as it is, in gzip or in Zstandard, or a set in parquet by its folder. `source` is a path (in
 * Node), an http(s), s3, gs, az or file address, or the bytes of a reference file.
 * @throws KerchunkError `fetch-failed` where it cannot be read, `not-json` and `malformed-reference` where it is something else, `decode-failed` and
 * `limit-exceeded` where it cannot be decompressed, `cancelled`.
 */
export async function openReferences(
  source: string | URL | Uint8Array | ArrayBuffer,
  options: OpenOptions = {},
): Promise<References> {
  const { assets, fetch: given, onRequest, signal, url: stated } = options;
  provideAssets(assets ?? ((name) => readAsset(new URL(`assets/${name}`, import.meta.url))));
  const http = { ...(given === undefined ? {} : { fetch: given }), ...(onRequest === undefined ? {} : { onRequest }) };
  const opener = createOpener(http);
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
    return ofText(bytes, stated, opener, signal);
  }
  const url = addressOf(source);
  const isLocal = url.startsWith('file:');
  if (isParquetAddress(url) === true || (isLocal && (await isFolder(url)))) {
    const references = await ParquetReferences.open(folderAtAddress(url, opener), zmetadataAddress(url), signal);
    const setFor: SetFor = (array, first, last, stop) => {
      const range = { path: array.path, first: chunkNumber(array, first), end: chunkNumber(array, last) + 1 };
      return references.load({ ranges: [range], ...(stop === undefined ? {} : { signal: stop }) });
    };
    return referencesOf(references.metadata, setFor, opener);
  }
  const bytes = isLocal
    ? await readLocalFile(url, signal ?? new AbortController().signal)
    : await readWholeAddress(url, { ...http, signal, limit: LARGEST });
  return ofText(bytes, url, opener, signal);
}

function addressOf(source: string | URL): string {
  if (source instanceof URL) return source.href;
  return /^[a-z][a-z0-9+.-]+:\//iu.test(source) && !isAbsolutePath(source) ? source : addressOfPath(source);
}

async function ofText(
  bytes: Uint8Array,
  url: string | undefined,
  opener: SourceOpener,
  signal: AbortSignal | undefined,
): Promise<References> {
  const { text } = await plainText(bytes, signal);
  const options = { ...(url === undefined ? {} : { url }), ...(signal === undefined ? {} : { signal }) };
  const set = await parseReferencesInSlices(text, options);
  return referencesOf(set, () => Promise.resolve(set), opener);
}

function referencesOf(metadata: ReferenceSet, setFor: SetFor, opener: SourceOpener): References {
  const find = (path: string): ZarrArray => {
    const wanted = path.replace(/^\/+|\/+$/gu, '');
    if (metadata.arrayPaths().includes(wanted)) return metadata.array(wanted);
    const paths = metadata.arrayPaths();
    throw new KerchunkError('invalid-argument', `There is no array "${wanted}". There are: ${paths.join(', ')}.`);
  };
  return {
    url: metadata.url,
    arrays: () => metadata.arrayPaths().flatMap((path) => readable(metadata, path)),
    array: (path) => infoOf(find(path)),
    read: async (path, { slices, signal, onProgress }: ReadOptions = {}) => {
      const array = find(path);
      const window = array.shape.map((size, axis) => {
        const [start, stop] = slices?.[axis] ?? [0, size];
        return { start, stop };
      });
      if (slices !== undefined && slices.length !== array.shape.length) {
        throw new KerchunkError(
          'invalid-argument',
          `"${array.path}" has ${array.shape.length} axes, and ${slices.length} slices are given; give one for each.`,
        );
      }
      const chunkOf = (at: number, axis: number): number =>
        Math.min(Math.max(0, Math.floor(at / (array.chunkShape[axis] ?? 1))), Math.max(0, gridSide(array, axis) - 1));
      const first = window.map(({ start }, axis) => chunkOf(start, axis));
      const last = window.map(({ stop }, axis) => chunkOf(Math.max(0, stop - 1), axis));
      const set = await setFor(array, first, last, signal);
      const values = await readWindow(set, array, window, opener, {
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
      });
      return windowOf(values);
    },
  };
}

function gridSide({ shape, chunkShape }: ZarrArray, axis: number): number {
  return Math.ceil((shape[axis] ?? 1) / (chunkShape[axis] ?? 1));
}

/** Nothing for an array whose metadata cannot be read: `array` says why. */
function readable(set: ReferenceSet, path: string): ArrayInfo[] {
  try {
    return [infoOf(set.array(path))];
  } catch (error) {
    if (error instanceof KerchunkError) return [];
    throw error;
  }
}

function infoOf(array: ZarrArray): ArrayInfo {
  const { path, shape, chunkShape, dataType, dimensionNames, fillValue, attributes } = array;
  const dtype = dataType.v3Name ?? formatDataType(dataType);
  return { path, shape, chunks: chunkShape, dtype, dimensionNames, fillValue, attributes };
}

function windowOf(values: NdArray): Window {
  const { shape, dataType } = values;
  const dtype = dataType.v3Name ?? formatDataType(dataType);
  if (isNumeric(dataType)) return { shape, dtype, data: toTypedArray(values) };
  return { shape, dtype, data: Array.from({ length: elementCount(shape) }, (_, index) => valueAt(values, index)) };
}
