import type { JsonObject, JsonValue } from '../json';
import { decodeBase64 } from '../zarr/base64';
import type { DataType } from '../zarr/types';
import { shown, type Zarr3Node } from './zarr3-node';

/** Bytes of a double, which xarray writes for floats of any size. */
const DOUBLE = 8;

/**
 * Rule of the attribute `_FillValue` of zarr v3, as xarray reads it (xarray, backends/zarr.py, FillValueCoder): of floats the base64 of a
 * little-endian double, of complex numbers a list of two, of integers a number.
 */
export function checkAttributeFillValue(node: Zarr3Node, attributes: JsonObject, { kind, v3Name }: DataType): void {
  const value = attributes._FillValue;
  if (value === undefined) return;
  const expected = expectation(kind, value);
  if (expected === undefined) return;
  const message = `The attribute "_FillValue" is ${shown(value)}; for data type "${v3Name ?? ''}" xarray needs ${expected}${exampleOf(kind, value)}.`;
  node.report('zarr3/attribute-fill-value', ['attributes', '_FillValue'], message);
}

/** What the attribute should be, where it is not. */
function expectation(kind: DataType['kind'], value: JsonValue): string | undefined {
  if (kind === 'f') return isDouble(value) ? undefined : 'the base64 of a little-endian double';
  if (kind === 'c') {
    const isPair = Array.isArray(value) && value.length === 2 && value.every(isDouble);
    return isPair ? undefined : 'a list of two, each the base64 of a little-endian double';
  }
  if (kind !== 'i' && kind !== 'u') return undefined;
  return typeof value === 'number' || typeof value === 'bigint' ? undefined : 'a number';
}

function isDouble(value: JsonValue): boolean {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  return bytes instanceof Uint8Array && bytes.length === DOUBLE;
}

function exampleOf(kind: DataType['kind'], value: JsonValue): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN')) return '';
  if (kind !== 'f') return kind === 'c' ? '' : `: ${number}`;
  const bytes = new Uint8Array(DOUBLE);
  new DataView(bytes.buffer).setFloat64(0, number, true);
  return `: "${btoa(String.fromCharCode(...bytes))}"`;
}
