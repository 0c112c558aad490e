import type { JsonObject } from '../json';
import type { DataType } from '../zarr/types';
import { dtypeOf } from './config';

/** The types of the elements of a step: `decoded` what encoding takes and undoing gives, `encoded` what encoding makes and undoing takes. */
export interface ElementTypes {
  decoded: DataType;
  encoded: DataType;
}

const ONE_BYTE: DataType = { kind: 'u', itemSize: 1, byteOrder: 'none' };

/**
 * The types of numcodecs' delta, fixedscaleoffset and quantize: `dtype`, and `astype`, which is `dtype` where it is not given.
 * @throws KerchunkError `malformed-metadata` where there is no `dtype`, or one of the two is none.
 */
export function dtypeAndAstype(config: JsonObject): ElementTypes {
  const decoded = dtypeOf(config, 'dtype');
  return { decoded, encoded: dtypeOf(config, 'astype', decoded) };
}

/** As `dtypeAndAstype`, of numcodecs' categorize, whose `astype` is u1 where it is not given. */
export function categoryTypes(config: JsonObject): ElementTypes {
  return { decoded: dtypeOf(config, 'dtype'), encoded: dtypeOf(config, 'astype', ONE_BYTE) };
}

/** As `dtypeAndAstype`, of numcodecs' astype: `decode_dtype` and `encode_dtype`. */
export function castTypes(config: JsonObject): ElementTypes {
  return { decoded: dtypeOf(config, 'decode_dtype'), encoded: dtypeOf(config, 'encode_dtype') };
}

/** As `dtypeAndAstype`, of imagecodecs' delta and floatpred, which keep the type: `dtype`. */
export function sameType(config: JsonObject): ElementTypes {
  const decoded = dtypeOf(config, 'dtype');
  return { decoded, encoded: decoded };
}
