import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { type LimitName, readerFacts } from '../../references/reader-facts';
import { registeringPackage } from '../known-codecs';
import type { FieldPlace } from './metadata-limits';
import { dataTypeOf } from './type-limits';

/** What stops readers from the compressor and the filters of a zarr v2 array. */
export function codecLimits(document: JsonObject, place: FieldPlace): void {
  const { compressor = null, filters = null } = document;
  compressorLimits(compressor, place);
  const { key, path, obstacles } = place;
  if (filters === null) return;
  if (!Array.isArray(filters) || !filters.every(isCodec)) {
    obstacles.inside(key, ['filters'], 'filters', path);
    return;
  }
  filters.forEach((filter, index) => {
    idLimits(filter, ['filters', index], 'filters', place);
    configLimits(filter, ['filters', index], place);
  });
  const [first] = filters;
  if (first?.id === 'delta' && isOtherSize(first.dtype, document.dtype))
    obstacles.inside(key, ['filters', 0], 'delta-type', path);
}

/** Whether two data types, both known, have elements of different sizes. */
function isOtherSize(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const [a, b] = [one, other].map((dtype) => (dtype === undefined ? undefined : dataTypeOf(dtype)?.itemSize));
  return a !== undefined && b !== undefined && a !== b;
}

function compressorLimits(compressor: JsonValue, place: FieldPlace): void {
  const { key, path, obstacles } = place;
  if (compressor === null) return;
  if (isCodec(compressor)) {
    obstacles.inside(key, ['compressor'], 'compressor-any', path);
    idLimits(compressor, ['compressor'], 'compressors', place);
    configLimits(compressor, ['compressor'], place);
    return;
  }
  const isEmpty = isJsonObject(compressor) && Object.keys(compressor).length === 0;
  obstacles.inside(key, ['compressor'], isEmpty ? 'compressor-empty' : 'compressor', path);
}

function isCodec(value: JsonValue): value is JsonObject & { id: string } {
  return isJsonObject(value) && typeof value.id === 'string';
}

const lacking = [
  ['gdal', 'codec-gdal'],
  ['zarrita', 'codec-zarrita'],
  ['virtualizarr', 'codec-virtualizarr'],
] as const satisfies [keyof typeof readerFacts, LimitName][];

function idLimits(
  { id }: { id: string },
  inner: (string | number)[],
  as: 'compressors' | 'filters',
  { key, path, obstacles }: FieldPlace,
): void {
  const at = [...inner, 'id'];
  if (registeringPackage(id) === undefined) obstacles.inside(key, at, 'codec-unknown', path, id);
  for (const [reader, name] of lacking) {
    // What VirtualiZarr makes of a compressor does not hang on which one it is.
    if (reader === 'virtualizarr' && as === 'compressors') continue;
    const isThere = readerFacts[reader].codecs?.[as].has(reader === 'gdal' ? id.toLowerCase() : id) ?? true;
    if (!isThere) obstacles.inside(key, at, name, path, as === 'filters' ? `${id} as filter` : id);
  }
}

function configLimits(codec: JsonObject & { id: string }, inner: (string | number)[], place: FieldPlace): void {
  const { key, path, obstacles } = place;
  const { id, dtype, astype } = codec;
  const tell = (name: LimitName, member?: string): void => {
    obstacles.inside(key, member === undefined ? inner : [...inner, member], name, path);
  };
  if (id === 'record_member' && Array.isArray(dtype)) tell('record-list', 'dtype');
  if (id === 'delta' && dtype === undefined) tell('delta-no-dtype');
  if (id === 'delta' && dtype !== undefined && astype !== undefined && astype !== dtype) tell('delta-narrow', 'astype');
  if (id === 'shuffle' && typeof codec.elementsize === 'string') tell('shuffle-text', 'elementsize');
  if (id === 'imagecodecs_packints' && codec.bitspersample === 24 && typeof dtype === 'string')
    tell(dtype.startsWith('>') ? 'packed-24-big' : 'packed-24-little');
  if (id !== 'fixedscaleoffset') return;
  for (const member of ['scale', 'offset']) if (typeof codec[member] === 'string') tell('scale-text', member);
  if (codec.scale === 0) tell('scale-zero', 'scale');
}
