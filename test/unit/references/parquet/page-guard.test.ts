import { describe, expect, it } from 'vitest';
import { PageGuard } from '../../../../src/references/parquet/page-guard';

/** An unsigned number in groups of 7 bits, the lowest first (Thrift, compact protocol; Parquet, runs). */
function varint(value: number): number[] {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** A field of a struct: a 32-bit integer, in zigzag, `step` behind the field before. */
const integer = (value: number, step = 1): number[] => [step * 16 + 5, ...varint(2 * value)];
const struct = (step: number, fields: number[]): number[] => [step * 16 + 12, ...fields, 0];

/** A data page of version 1 (parquet.thrift, PageHeader): PLAIN is encoding 0, RLE_DICTIONARY 8. */
function dataPage(values: number, body: number[], { encoding = 0, whole = body.length } = {}): Uint8Array {
  const header = struct(2, [...integer(values), ...integer(encoding), ...integer(3), ...integer(3)]);
  return new Uint8Array([...integer(0), ...integer(whole), ...integer(body.length), ...header, 0, ...body]);
}

/** A page of a dictionary. */
function dictionaryPage(values: number, body: number[]): Uint8Array {
  const header = struct(4, [...integer(values), ...integer(0)]);
  return new Uint8Array([...integer(2), ...integer(body.length), ...integer(body.length), ...header, 0, ...body]);
}

/** Definition levels: a length of four bytes, and a run of `values` ones. */
const levels = (values: number): number[] => {
  const run = [...varint(2 * values), 1];
  return [run.length, 0, 0, 0, ...run];
};

const guard = (bytes: Uint8Array, rows: number, nullable = true): PageGuard =>
  new PageGuard(bytes, { codec: 'UNCOMPRESSED' }, rows, nullable);

describe('PageGuard', () => {
  it('lets pages pass that are as they should be', () => {
    expect(() => guard(dataPage(3, [...levels(3), 1, 2, 3]), 3)).not.toThrow();
    expect(() => guard(dataPage(3, [0, 0, 0], { encoding: 8 }), 3, false)).not.toThrow();
    expect(() => guard(dataPage(8, [1, ...varint(3), 0b1010_1010], { encoding: 8 }), 8, false)).not.toThrow();
  });

  it('stops runs of more values than the page has', () => {
    expect(() => guard(dataPage(3, levels(2 ** 30)), 3)).toThrow('a run has more values than its page');
    const indices = [1, ...varint(2 * 2 ** 30), 0];
    expect(() => guard(dataPage(3, indices, { encoding: 8 }), 3, false)).toThrow('a run has more values than its page');
    expect(() => guard(dataPage(3, [40, 6, 0], { encoding: 8 }), 3, false)).toThrow('more than 32 bits');
  });

  it('stops them in pages that come decompressed', () => {
    const bytes = dataPage(3, [9, 9, 9]);
    const compressed = new PageGuard(bytes, { codec: 'ZSTD' }, 3, true);
    expect(() => {
      compressed.checkDecompressed(bytes.subarray(bytes.length - 3), new Uint8Array(levels(2 ** 30)));
    }).toThrow('a run has more values than its page');
  });

  it('stops pages with other numbers of values than the row group', () => {
    expect(() => guard(dataPage(4, levels(4)), 3)).toThrow('another number of values');
    expect(() => guard(dataPage(0, []), 3)).toThrow('another number of values');
    expect(() => guard(dataPage(2, levels(2)), 3)).toThrow('thrift');
    expect(() => guard(dictionaryPage(2 ** 30, [1, 2]), 3)).toThrow('an impossible number of values');
  });

  it('stops pages that are too large, or larger than their column', () => {
    expect(() => guard(dataPage(3, levels(3), { whole: 2 ** 29 }), 3)).toThrow('at most 268435456 are read here');
    expect(() => guard(dataPage(3, levels(3)).slice(0, -1), 3)).toThrow('past the end of its column');
    expect(() => guard(dataPage(1000, levels(1000), { encoding: 7, whole: 2 ** 20 }), 1000)).toThrow(
      'DELTA_BYTE_ARRAY',
    );
  });
});
