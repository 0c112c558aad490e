import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ManifestArray } from '../manifest/types';
import { changeArray } from './document';

/**
 * An array as one step along a new first dimension, in chunks of one step. The stored bytes of a chunk are the same; codecs that are told the
 * shape of a chunk are told the new one.
 * @throws KerchunkError `not-expressible` for codecs of which that is not known.
 */
export function withLeadingAxis(source: ManifestArray, dimension: string): ManifestArray {
  const { array, document } = source;
  const names = array.dimensionNames ?? (array.shape.length === 0 ? [] : undefined);
  if (names === undefined) {
    throw new KerchunkError(
      'not-expressible',
      `"${array.path}" has no names of dimensions, so none can be added. Give it _ARRAY_DIMENSIONS, or drop it (--drop ${array.path}).`,
    );
  }
  const change = (codec: JsonValue): JsonValue => changeCodec(codec, array.path);
  const members: JsonObject =
    array.zarrFormat === 3
      ? { codecs: listOf(document.codecs).map(change) }
      : {
          ...(Array.isArray(document.filters) ? { filters: document.filters.map(change) } : {}),
          ...(isJsonObject(document.compressor) ? { compressor: change(document.compressor) } : {}),
        };
  return changeArray(source, {
    shape: [1, ...array.shape],
    chunkShape: [1, ...array.chunkShape],
    dimensionNames: [dimension, ...names],
    members,
  });
}

function changeCodec(codec: JsonValue, path: string): JsonValue {
  if (!isJsonObject(codec)) return codec;
  if (codec.name === 'sharding_indexed') {
    throw new KerchunkError(
      'not-expressible',
      `"${path}" has shards, along which no dimension is added here. Drop it (--drop ${path}).`,
    );
  }
  if (codec.name === 'transpose' && isJsonObject(codec.configuration)) {
    const order = listOf(codec.configuration.order).map((axis) => (typeof axis === 'number' ? axis + 1 : axis));
    return { ...codec, configuration: { ...codec.configuration, order: [0, ...order] } };
  }
  const config = isJsonObject(codec.configuration) ? codec.configuration : codec;
  const changed: JsonObject = { ...config };
  // Axes that are counted from the end stay.
  if (Array.isArray(config.shape)) changed.shape = [1, ...config.shape];
  if (typeof config.axis === 'number' && config.axis >= 0) changed.axis = config.axis + 1;
  return config === codec ? changed : { ...codec, configuration: changed };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
