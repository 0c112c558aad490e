import type { JsonValue } from '../json';
import { isJsonObject } from '../json';
import type { CodecStep } from './types';

/**
 * The numcodecs or imagecodecs name of a codec id: `numcodecs.zlib` (as zarr v3 and VirtualiZarr write it) is `zlib`,
 * `imagecodecs.lzw` and `numcodecs.imagecodecs_lzw` are `imagecodecs_lzw`. Ids that are no alias are returned unchanged.
 */
export function normaliseCodecId(id: string): string {
  if (id.startsWith('numcodecs.')) return normaliseCodecId(id.slice('numcodecs.'.length));
  if (id.startsWith('imagecodecs.')) return `imagecodecs_${id.slice('imagecodecs.'.length)}`;
  return id;
}

/** The step that a zarr v2 codec object `{id, ...configuration}` states; undefined where it is no object with a string `id`. */
export function codecStepV2(json: JsonValue, place: 'filter' | 'compressor'): CodecStep | undefined {
  if (!isJsonObject(json)) return undefined;
  const { id, ...config } = json;
  return typeof id === 'string' && id !== '' ? { id: normaliseCodecId(id), place, config } : undefined;
}
