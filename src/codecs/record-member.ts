import type { JsonObject } from '../json';
import { shortJson } from '../json';
import { parseDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { badConfiguration } from './decode-error';
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
  const count = Math.floor(bytes.length / record.itemSize);
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

function memberOf({ member = null, dtype = null }: JsonObject): Member {
  const record = parseDataType(dtype);
  let offset = 0;
  for (const { name, type, shape } of record.fields ?? []) {
    const size = shape.reduce((product, side) => product * side, type.itemSize);
    if (name === member) return { record, type: { ...type, itemSize: size }, offset };
    offset += size;
  }
  throw badConfiguration(`its "dtype" has no member ${shortJson(member)}`);
}
