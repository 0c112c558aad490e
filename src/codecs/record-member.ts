import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { parseDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { badConfiguration, damaged } from './decode-error';
import type { ElementTypes } from './element-types';
import type { Decoder } from './types';

/** Where one member stands in each record. */
interface Member {
  record: DataType;
  type: DataType;
  offset: number;
}

/** kerchunk `record_member {member, dtype}`: of every record the bytes of one member (kerchunk, codecs.py, RecordArrayMember). */
export const decodeRecordMember: Decoder = (bytes, config) => {
  const { record, type, offset } = memberOf(config);
  const count = bytes.length / record.itemSize;
  if (!Number.isInteger(count)) {
    throw damaged(`its ${bytes.length} bytes are no whole number of records of ${record.itemSize}`);
  }
  const out = new Uint8Array(count * type.itemSize);
  for (let index = 0; index < count; index++) {
    const from = index * record.itemSize + offset;
    out.set(bytes.subarray(from, from + type.itemSize), index * type.itemSize);
  }
  return out;
};

/** The types of its elements: the member's, and the record's. @throws KerchunkError `malformed-metadata`. */
export function recordTypes(config: JsonObject): ElementTypes {
  const { record, type } = memberOf(config);
  return { decoded: type, encoded: record };
}

/** The dtype as a list of [name, type], which numpy also takes as an object of `names` and `formats`; other members of it are refused. */
function fieldsOf(dtype: JsonValue): JsonValue {
  if (!isJsonObject(dtype)) return dtype;
  const { names, formats, ...others } = dtype;
  const isPacked = Array.isArray(names) && Array.isArray(formats) && names.length === formats.length;
  if (!isPacked || Object.keys(others).length > 0) {
    throw badConfiguration('its "dtype" is no object of as many "names" as "formats", and nothing else');
  }
  return names.map((name, index) => [name, formats[index] ?? null]);
}

function memberOf({ member = null, dtype = null }: JsonObject): Member {
  const record = parseDataType(fieldsOf(dtype));
  let offset = 0;
  for (const { name, type, shape } of record.fields ?? []) {
    const size = shape.reduce((product, side) => product * side, type.itemSize);
    if (name === member) return { record, type: { ...type, itemSize: size }, offset };
    offset += size;
  }
  throw badConfiguration(`its "dtype" has no member ${shortJson(member)}`);
}
