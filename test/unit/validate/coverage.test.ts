import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { coverageInWords, coverageOf } from '../../../src/validate/coverage';
import { bytes, zarray } from '../references/helpers';

describe('coverage of all grids', () => {
  // a: 3 x 2 chunks; b: one chunk; c: its metadata cannot be read.
  const text = `{
    ".zgroup": "{\\"zarr_format\\":2}",
    "a/.zarray": ${JSON.stringify(zarray([6, 4], [2, 2]))},
    "a/0.0": ["f", 0, 4], "a/0.1": ["f", 4, 4], "a/2.1": "abcd", "a/1.0": ["f", "x", 4], "a/1.1": null,
    "a/3.0": ["f", 8, 4], "a/0.2": ["f"], "a/0": ["f"], "a/note": "x",
    "b/.zarray": ${JSON.stringify(zarray([], []))},
    "b/0": ["g"],
    "c/.zarray": "{}",
    "c/0": ["g"]
  }`;

  it('counts by hand', async () => {
    expect(await coverageOf(parseReferences(bytes(text)))).toEqual({
      arrays: 2,
      chunks: 7,
      ranges: 3,
      inline: 1,
      absent: 2,
      broken: 1,
      beyond: 2,
    });
  });

  it('says so in words', async () => {
    expect(coverageInWords(await coverageOf(parseReferences(bytes(text))))).toBe(
      '7 chunks in the grids of 2 arrays: 3 ranges, 1 inline, 2 absent, 1 malformed, 2 beyond',
    );
    const empty = { arrays: 1, chunks: 1234, ranges: 1, inline: 0, absent: 1233, broken: 0, beyond: 0 };
    expect(coverageInWords(empty)).toBe(
      '1,234 chunks in the grid of 1 array: 1 range, 0 inline, 1,233 absent, 0 beyond',
    );
  });

  it('is cancelled', async () => {
    const cancel = new AbortController();
    cancel.abort();
    await expect(coverageOf(parseReferences(bytes(text)), cancel.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
