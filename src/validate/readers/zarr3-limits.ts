import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { type LimitName, readerFacts } from '../../references/reader-facts';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import { extensionOf } from '../../zarr/v3-extension';
import { codecHome, isOfVirtualTiff } from '../zarr3-known';
import type { Place } from '../zarr3-node';
import type { FieldPlace } from './metadata-limits';
import type { Obstacles } from './obstacles';

/** The readers of zarr v3 beside zarr-python, whose limits do not follow from errors of the metadata. */
const lacking = [
  ['gdal', 'codec-gdal', 'type-gdal'],
  ['zarrita', 'codec-zarrita', 'type-zarrita'],
] as const satisfies [keyof typeof readerFacts, LimitName, LimitName][];

/** What stops readers from the metadata of the zarr v3 array at `path`, beyond what its errors say of zarr-python 3. */
export function zarr3Limits(set: ReferenceSet, path: string, obstacles: Obstacles): void {
  const key = keyBelow(path, 'zarr.json');
  const document = set.document(key)?.value;
  if (!isJsonObject(document)) return;
  const place = { key, path, obstacles };
  fieldLimits(document, place);
  typeLimits(document, place);
  gridLimits(document, place);
  if (Array.isArray(document.codecs)) codecLimits(document.codecs, ['codecs'], place);
}

function fieldLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const isMissing = (field: string): boolean => document[field] === undefined;
  if (['shape', 'data_type', 'chunk_grid', 'chunk_key_encoding'].some(isMissing))
    obstacles.inside(key, [], 'v3-no-essential', path);
  if (['node_type', 'codecs'].some(isMissing)) obstacles.inside(key, [], 'v3-no-codecs', path);
  const { shape, dimension_names: names, storage_transformers: transformers } = document;
  if (Array.isArray(names) && Array.isArray(shape) && names.length !== shape.length)
    obstacles.inside(key, ['dimension_names'], 'v3-names', path);
  if (Array.isArray(transformers) && transformers.length > 0)
    obstacles.inside(key, ['storage_transformers'], 'v3-transformers', path);
}

function typeLimits({ data_type: type, fill_value: fill }: JsonObject, { key, path, obstacles }: FieldPlace): void {
  if (type === undefined) return;
  const name = extensionOf(type)?.name ?? '';
  for (const [reader, , limit] of lacking) {
    const isThere = typeof type === 'string' && readerFacts[reader].zarr3?.types.has(type) === true;
    if (!isThere) obstacles.inside(key, ['data_type'], limit, path, name);
  }
  if (typeof fill === 'string' && /^u?int/u.test(name)) obstacles.inside(key, ['fill_value'], 'fill-spelling', path);
}

function gridLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const { shape, chunk_grid: grid, chunk_key_encoding: encoding } = document;
  const { name, configuration: { chunk_shape: sizes } = {} } = extensionOf(grid) ?? {};
  if (name !== undefined && name !== 'regular') obstacles.inside(key, ['chunk_grid'], 'v3-chunk-grid', path);
  const isFilled = Array.isArray(sizes) && sizes.every((size) => typeof size === 'number' && size > 0);
  if (sizes !== undefined && (!isFilled || (Array.isArray(shape) && shape.length !== sizes.length)))
    obstacles.inside(key, ['chunk_grid'], 'v3-chunk-sizes', path);
  const separator = extensionOf(encoding)?.configuration.separator;
  if (separator !== undefined && separator !== '/' && separator !== '.')
    obstacles.inside(key, ['chunk_key_encoding'], 'v3-separator', path);
}

/** Also of the codecs inside shards. `inner` is the place of the list. */
function codecLimits(codecs: readonly JsonValue[], inner: Place, place: FieldPlace): void {
  const { key, path, obstacles } = place;
  let hasBytes = false;
  codecs.forEach((codec, index) => {
    const at = [...inner, index];
    const extension = extensionOf(codec);
    if (extension === undefined) return;
    const { name, configuration } = extension;
    const nameAt = typeof codec === 'string' ? at : [...at, 'name'];
    if (typeof codec === 'string') obstacles.inside(key, at, 'v3-codec-text', path);
    const { home, kind } = codecHome(name) ?? {};
    if (home === 'package') {
      const isVirtualTiffs = isOfVirtualTiff(name, configuration) && (kind !== 'image' || hasBytes);
      obstacles.inside(key, nameAt, isVirtualTiffs ? 'codec-virtual-tiff' : 'codec-imagecodecs-zarr', path, name);
    }
    for (const [reader, limit] of lacking) {
      if (readerFacts[reader].zarr3?.codecs.has(name) !== true) obstacles.inside(key, nameAt, limit, path, name);
    }
    // GDAL has one codec that makes bytes, and takes it in its place alone.
    const isMisplaced = kind !== undefined && (kind === 'bytes-bytes' ? !hasBytes : hasBytes && kind !== 'image');
    if (isMisplaced) obstacles.inside(key, at, 'v3-codec-order', path);
    hasBytes ||= kind === 'array-bytes';
    const { level } = configuration;
    if (name === 'gzip' && typeof level === 'number' && (level < 0 || level > 9))
      obstacles.inside(key, [...at, 'configuration', 'level'], 'v3-gzip-level', path);
    if (name !== 'sharding_indexed') return;
    for (const member of ['codecs', 'index_codecs']) {
      const list = configuration[member];
      if (Array.isArray(list)) codecLimits(list, [...at, 'configuration', member], place);
    }
  });
}
