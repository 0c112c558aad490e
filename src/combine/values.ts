import { KerchunkError } from '../errors';
import type { Advice } from './combining';
import { manifestArrayV2, manifestArrayV3 } from '../manifest/manifest-array';
import type { ManifestArray, ManifestEntry } from '../manifest/types';
import type { ChunkLookup } from '../read/lookup';
import { readWindow } from '../read/window';
import type { JsonObject, JsonValue } from '../json';
import { chunkNumber } from '../zarr/grid';
import type { NdArray } from '../zarr/types';
import { zlibStream } from '../zlib';

/** Chunks that are looked at to find whether an array is inline, and values that are read of one. */
const MOST_CHUNKS = 100_000;
const MOST_BYTES = 2 ** 26;
/** Bytes from which compressing values is worth a codec. */
const WORTH_COMPRESSING = 512;

/** Whether all chunks of an array that exist stand in the references themselves. */
export function isInline({ entries }: ManifestArray): boolean {
  let count = 0;
  for (const [, entry] of entries()) if (entry.kind !== 'inline' || ++count > MOST_CHUNKS) return false;
  return count > 0;
}

/**
 * The values of an array that stands in the references themselves.
 * @throws KerchunkError `limit-exceeded` above 64 MiB, and what decoding throws.
 */
export async function inlineValues({ array, entries }: ManifestArray, signal?: AbortSignal): Promise<NdArray> {
  const bytes = array.shape.reduce((product, side) => product * side, Math.max(array.dataType.itemSize, 1));
  if (bytes > MOST_BYTES) {
    throw new KerchunkError(
      'limit-exceeded',
      `"${array.path}" has ${bytes} bytes of values; at most ${MOST_BYTES} are combined by value.`,
    );
  }
  const chunks = new Map<number, ManifestEntry>(entries());
  const lookup: ChunkLookup = {
    chunk: (_path, indices) => chunks.get(chunkNumber(array, indices)) ?? { kind: 'absent' },
  };
  const whole = array.shape.map((stop) => ({ start: 0, stop }));
  const nowhere = {
    open: (url: string) => {
      throw new Error(`"${url}" is not asked for values.`);
    },
  };
  return readWindow(lookup, array, whole, nowhere, signal === undefined ? {} : { signal });
}

/**
 * An array of these values, inline in one chunk, with the metadata of `model` otherwise.
 * @throws KerchunkError `not-expressible` for Python objects, which have no bytes.
 */
export async function inlineArray(
  model: ManifestArray,
  values: NdArray,
  attributes: JsonObject,
  advice: Advice,
): Promise<ManifestArray> {
  const { path, zarrFormat } = model.array;
  if (values.objects !== undefined) {
    throw new KerchunkError(
      'not-expressible',
      `The values of "${path}" are Python objects, which are not written here: ${advice.drop(path)}, or combine with Python.`,
    );
  }
  const chunk = values.shape.map((side) => Math.max(side, 1));
  const { document: old } = model;
  if (zarrFormat === 3) {
    const codecs = [{ name: 'bytes', configuration: { endian: 'little' } }];
    const document = {
      ...old,
      shape: [...values.shape],
      chunk_grid: { name: 'regular', configuration: { chunk_shape: chunk } },
      codecs,
      attributes,
    };
    return manifestArrayV3(path, document, () => [[0, { kind: 'inline', bytes: values.data }]]);
  }
  const isLong = values.data.length >= WORTH_COMPRESSING;
  const bytes = isLong ? await zlibStream(values.data) : values.data;
  const document = {
    ...old,
    dtype: littleEndian(old.dtype ?? null),
    shape: [...values.shape],
    chunks: chunk,
    compressor: isLong ? { id: 'zlib' } : null,
    filters: null,
    order: 'C',
  };
  return manifestArrayV2(path, document, attributes, () => [[0, { kind: 'inline', bytes }]]);
}

/** A `dtype` of the same elements in little-endian order, in which values are read. */
function littleEndian(dtype: JsonValue): JsonValue {
  if (typeof dtype === 'string') return dtype.replace(/^>/u, '<');
  if (!Array.isArray(dtype)) return dtype;
  return dtype.map((field) =>
    Array.isArray(field) ? field.map((part, at) => (at === 1 ? littleEndian(part) : part)) : field,
  );
}
