import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { fillTextOf } from '../../../src/preview/meaning';
import { parseDataType, readDataType } from '../../../src/zarr/data-type';
import { parseFillValue } from '../../../src/zarr/fill-value';
import { readFillValueV2 } from '../../../src/zarr/v2-fill-value';
import { parseDataTypeV3 } from '../../../src/zarr/v3-data-type';
import { parseFillValueV3 } from '../../../src/zarr/v3-fill-value';

/** Records of a field with as many floats. */
const record = (count: number): JsonValue => [['a', '<f4', [count]]];
const sized = (name: string, bytes: number): JsonValue => ({ name, configuration: { length_bytes: bytes } });

describe('an element larger than numpy takes', () => {
  // numpy 2.4: 'S2147483647' is a dtype of 2,147,483,647 bytes, 'S2147483648' and (('a', '<f4', (536870912,)),) raise.
  it.each(['|S2147483648', '|V99999999999', '<U536870912', record(536_870_912), record(1e11)])('%j', (dtype) => {
    const { type, faults } = readDataType(dtype);
    expect(type).toBeUndefined();
    expect(faults.map(({ message }) => message).join()).toContain('larger than numpy takes');
  });

  it.each(['r99999999999992', sized('raw_bytes', 1e11), sized('null_terminated_bytes', 2 ** 31)])(
    'in zarr v3: %j',
    (json) => {
      expect(() => parseDataTypeV3(json)).toThrow('larger than numpy takes');
    },
  );
});

describe('the fill value of the largest element that numpy takes', () => {
  it.each<[JsonValue, JsonValue, number[] | undefined]>([
    ['|S2147483647', '', []],
    ['|S2147483647', 'AQ==', [1]],
    ['|V2147483647', 0, []],
    ['|V2147483647', 'AA==', undefined],
    [record(536_870_911), 0, []],
  ])('of %j as %j takes no memory for zeros', (dtype, json, bytes) => {
    const type = parseDataType(dtype);
    const before = process.memoryUsage().arrayBuffers;
    const { value } = readFillValueV2(json, type);
    if (bytes !== undefined) {
      expect(parseFillValue(json, type)).toEqual(Uint8Array.from(bytes));
      expect(value).toEqual(Uint8Array.from(bytes));
      expect(fillTextOf({ fillValue: parseFillValue(json, type), dataType: type }).length).toBeLessThan(10);
    } else {
      expect(() => parseFillValue(json, type)).toThrow('base64 of exactly its size');
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
  });

  it('of zarr v3, in a record too', () => {
    const raw = parseDataTypeV3('r16777216000');
    expect(parseFillValueV3(0, raw)).toEqual(new Uint8Array());
    const fields = [['a', sized('null_terminated_bytes', 2e9)]];
    const type = parseDataTypeV3({ name: 'struct', configuration: { fields } });
    expect(() => parseFillValueV3({ a: '' }, type)).toThrow('is not read');
  });
});
