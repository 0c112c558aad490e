import { isJsonObject, type JsonValue } from '../json';
import { countInWords } from '../words';
import { normaliseCodecId } from '../zarr/codec-id';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';

/** Codecs of one array that are told one by one. */
const MOST_TOLD = 10;

/** Reports codecs of a zarr v2 array that stand under their names of zarr v3, which no registry of v2 has. */
export function checkCodecNames(array: ZarrArray, { set, reporter }: CheckContext): void {
  const key = keyBelow(array.path, '.zarray');
  const document = set.document(key)?.value;
  if (array.zarrFormat !== 2 || !isJsonObject(document)) return;
  const filters = Array.isArray(document.filters) ? document.filters : [];
  const codecs: [JsonValue | undefined, (string | number)[]][] = [
    ...filters.map((codec, index): [JsonValue, (string | number)[]] => [codec, ['filters', index, 'id']]),
    [document.compressor, ['compressor', 'id']],
  ];
  let count = 0;
  for (const [codec, place] of codecs) {
    if (!isJsonObject(codec) || typeof codec.id !== 'string') continue;
    const id = normaliseCodecId(codec.id);
    if (id === codec.id || ++count > MOST_TOLD) continue;
    const message = `"${codec.id}" is the name of the codec in zarr v3; in zarr v2 it is "${id}", and readers find nothing under this one.`;
    reporter.inside(key, place, 'zarr2/codec-unknown', message);
  }
  if (count <= MOST_TOLD) return;
  const message = `${countInWords(count - MOST_TOLD)} more codecs of this array stand under their names of zarr v3.`;
  reporter.rest(key, ['filters'], 'zarr2/codec-unknown', count - MOST_TOLD, message);
}
