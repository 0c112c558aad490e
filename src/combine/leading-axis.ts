import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ManifestArray } from '../manifest/types';
import { type Advice, EDITS } from './combining';
import { changeArray } from './document';

/**
 * An array as one step along a new first dimension, in chunks of one step. The stored bytes of a chunk are the same; codecs that are told the
 * shape of a chunk are told the new one.
 * @throws KerchunkError `not-expressible` for codecs of which that is not known.
 */
export function withLeadingAxis(source: ManifestArray, dimension: string, advice: Advice = EDITS): ManifestArray {
  const { array, document } = source;
  const names = array.dimensionNames ?? (array.shape.length === 0 ? [] : undefined);
  if (names === undefined) {
    throw new KerchunkError(
      'not-expressible',
      `"${array.path}" has no names of dimensions, so none can be added. Give it _ARRAY_DIMENSIONS, or ${advice.drop(array.path)}.`,
    );
  }
  const { path } = array;
  const members: JsonObject =
    array.zarrFormat === 3
      ? { codecs: codecsWithFirstAxis(listOf(document.codecs), path, advice) }
      : {
          ...(Array.isArray(document.filters) ? { filters: codecsWithFirstAxis(document.filters, path, advice) } : {}),
          ...(isJsonObject(document.compressor) ? { compressor: changeCodec(document.compressor, path, advice) } : {}),
        };
  return changeArray(source, {
    shape: [1, ...array.shape],
    chunkShape: [1, ...array.chunkShape],
    dimensionNames: [dimension, ...names],
    members,
  });
}

/** Codecs that are told the shape of a chunk, or an axis counted from the front, told of a new first axis; what is no list stays. */
export function codecsWithFirstAxis(codecs: JsonValue, path: string, advice: Advice = EDITS): JsonValue {
  return Array.isArray(codecs) ? codecs.map((codec) => changeCodec(codec, path, advice)) : codecs;
}

function changeCodec(codec: JsonValue, path: string, advice: Advice): JsonValue {
  if (!isJsonObject(codec)) return codec;
  if (codec.name === 'sharding_indexed') {
    throw new KerchunkError(
      'not-expressible',
      `"${path}" has shards, along which no dimension is added here: ${advice.drop(path)}.`,
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
