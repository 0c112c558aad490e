import { KerchunkError } from '../../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { parseDataType } from '../../zarr/data-type';
import { isCodecOfRecordsWithObjects, isObjectCodec, isReadByZarr3 } from '../../zarr/object-codecs';
import type { DataType } from '../../zarr/types';
import { hasObjects } from '../../zarr/v2-object-codec';
import type { FieldPlace } from './metadata-limits';

/** What stops readers from the `dtype` of a zarr v2 array. */
export function typeLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const { dtype } = document;
  if (dtype === undefined) return;
  const spelling = typeof dtype === 'string' ? spellingLimit(dtype) : undefined;
  if (spelling !== undefined) {
    obstacles.inside(key, ['dtype'], spelling, path);
    return;
  }
  const type = dataTypeOf(dtype);
  if (type === undefined || (type.kind === 'S' && type.itemSize === 0)) {
    obstacles.inside(key, ['dtype'], 'dtype-unknown', path);
    return;
  }
  const { kind, itemSize, fields } = type;
  if (kind === 'f' && itemSize === 2) obstacles.inside(key, ['dtype'], 'dtype-half', path);
  if (kind === 'c') obstacles.inside(key, ['dtype'], 'dtype-complex', path);
  if (kind === 'm' || kind === 'M') obstacles.inside(key, ['dtype'], 'dtype-time', path);
  if (kind === 'V') obstacles.inside(key, ['dtype'], fields === undefined ? 'dtype-void' : 'dtype-records', path);
  if (kind === 'V' && hasObjects(type)) recordLimits(document, { key, path, obstacles });
  if (kind === 'O') objectLimits(document, { key, path, obstacles });
}

/** The data type of `dtype`; undefined where it is none. */
export function dataTypeOf(dtype: JsonValue): DataType | undefined {
  try {
    return parseDataType(dtype);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

/** Spellings that numpy takes and zarr-python 3 does not. */
function spellingLimit(dtype: string): 'dtype-unordered' | 'dtype-native' | 'dtype-mark' | undefined {
  const number = /^([<>|=]?)([biufc])(\d+)$/u.exec(dtype);
  if (number === null) {
    return /^(bool|u?int(8|16|32|64)|float(16|32|64)|complex(64|128))$/u.test(dtype) ? 'dtype-unordered' : undefined;
  }
  const [, mark = '', kind = '', size = ''] = number;
  if (dataTypeOf(`${size === '1' ? '|' : '<'}${kind}${size}`) === undefined) return undefined;
  if (mark === '') return 'dtype-unordered';
  if (mark === '=') return 'dtype-native';
  return (mark === '|') === (size === '1') ? undefined : 'dtype-mark';
}

function objectLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  obstacles.inside(key, ['dtype'], 'dtype-object', path);
  const ofObjects = (codecs: JsonValue | undefined): string | undefined => codecsOf(codecs).find(isObjectCodec)?.id;
  const filter = ofObjects(document.filters);
  const found = filter ?? ofObjects(document.compressor);
  if (found === undefined) obstacles.inside(key, ['filters'], 'object-bare', path);
  else if (!isReadByZarr3(found)) obstacles.inside(key, ['filters'], 'object-codec', path);
  if (found !== undefined && filter === undefined) obstacles.inside(key, ['compressor'], 'object-compressor', path);
}

function recordLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const [first] = codecsOf(document.filters);
  const isRead = first !== undefined && isCodecOfRecordsWithObjects(first.id);
  obstacles.inside(key, ['dtype'], isRead ? 'object-codec' : 'object-bare', path);
}

function codecsOf(codecs: JsonValue | undefined): { id: string; config: JsonObject }[] {
  return (Array.isArray(codecs) ? codecs : [codecs]).flatMap((codec) =>
    isJsonObject(codec) && typeof codec.id === 'string' ? [{ id: codec.id, config: codec }] : [],
  );
}
