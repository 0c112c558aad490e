import { describe, expect, it } from 'vitest';
import { findingGroups } from '../../../src/preview/findings';
import { parseReferences } from '../../../src/references/parse';
import { TextPositions } from '../../../src/references/position';
import { groupFindings } from '../../../src/validate/group';
import { validateReferences } from '../../../src/validate/validate';

const zarray = (more: object = {}): object => ({
  zarr_format: 2,
  shape: [10],
  chunks: [5],
  dtype: '|u1',
  compressor: null,
  filters: null,
  fill_value: 0,
  order: 'C',
  ...more,
});

/** Thirteen codecs; the ids differ where they are of no package. */
const ids = (id: string, config: object = {}): object[] =>
  Array.from({ length: 13 }, (_unused, i) => ({ id: id.includes('.') ? id : `${id}${i}`, ...config }));

const members = Object.fromEntries(Array.from({ length: 13 }, (_unused, i) => [`extra${i}`, 1]));

describe('groupFindings', () => {
  const refs: Record<string, unknown> = { '.zgroup': { zarr_format: 2 } };
  refs['g/.zgroup'] = { zarr_format: 2 };
  refs['g/a/.zarray'] = zarray();
  refs['b/.zarray'] = zarray({ compressor: { id: 'mystery' } });
  for (let i = 0; i < 30; i++) refs[`g/a/${i + 2}`] = ['https://x.org/f', i, 1];
  refs['b/7'] = ['https://x.org/f', 0, 1];
  refs.loose = ['https://x.org/f', -1, 1];
  const text = new TextEncoder().encode(JSON.stringify(refs, undefined, 1));
  const set = parseReferences(text);

  it('makes one of all findings of a code about an array, with the first twenty', async () => {
    const groups = groupFindings(await validateReferences(set, text), set);
    expect(groups.map(({ code, path, count, samples }) => [code, path, count, samples.length])).toEqual([
      ['zarr2/codec-unknown', 'b', 1, 1],
      ['zarr2/chunk-key-grid', 'g/a', 30, 20],
      ['zarr2/chunk-key-grid', 'b', 1, 1],
      ['kerchunk/stray-key', '', 1, 1],
      ['kerchunk/offset', '', 1, 1],
    ]);
    expect(groups[1]?.samples[19]?.key).toBe('g/a/21');
  });

  it('counts what is not listed in the array that it is about', async () => {
    const refs: Record<string, unknown> = { '.zgroup': { zarr_format: 2 } };
    for (const path of ['a', 'b']) {
      refs[`${path}/.zarray`] = zarray();
      for (let i = 0; i < (path === 'a' ? 10_050 : 3); i++) refs[`${path}/${i + 2}`] = ['https://x.org/f', i, 1];
    }
    const long = new TextEncoder().encode(JSON.stringify(refs));
    const read = parseReferences(long);
    const groups = groupFindings(await validateReferences(read, long), read);
    expect(groups.map(({ code, path, count }) => [code, path, count])).toEqual([
      ['zarr2/chunk-key-grid', 'a', 10_050],
      ['zarr2/chunk-key-grid', 'b', 3],
    ]);
  });

  it.each([
    ['codecs without a package', 'zarr2/codec-unknown', 13, { filters: ids('zlub') }],
    ['codecs under names of zarr v3', 'zarr2/codec-unknown', 13, { filters: ids('numcodecs.delta', { dtype: '<u1' }) }],
    ['members that a codec does not have', 'zarr2/codec-config', 13, { compressor: { id: 'zlib', ...members } }],
  ] as const)('counts all %s', async (_what, code, count, changes) => {
    const few = new TextEncoder().encode(
      JSON.stringify({ '.zgroup': { zarr_format: 2 }, 'a/.zarray': zarray(changes) }),
    );
    const read = parseReferences(few);
    const groups = groupFindings(await validateReferences(read, few), read);
    expect(groups.filter((group) => group.code === code).map((group) => group.count)).toEqual([count]);
  });

  it('cuts long keys and messages', async () => {
    const long = {
      '.zgroup': { zarr_format: 2 },
      'a/.zarray': zarray(),
      [`a/${'k'.repeat(100_000)}`]: ['https://x.org/f', 'x'.repeat(100_000), 1],
    };
    const bytes = new TextEncoder().encode(JSON.stringify(long));
    const found = parseReferences(bytes);
    const groups = findingGroups(
      groupFindings(await validateReferences(found, bytes), found),
      new TextPositions(bytes),
      found,
    );
    expect(groups.length).toBeGreaterThan(0);
    expect(JSON.stringify(groups).length).toBeLessThan(10_000);
    expect(groups[0]?.samples[0]?.key).toBe(`a/${'k'.repeat(197)}…`);
    expect(groups[0]?.message.length).toBeLessThanOrEqual(2000);
  });

  it('gives each its place as editors count it', async () => {
    const groups = groupFindings(await validateReferences(set, text), set);
    const [unknown, beyond] = findingGroups(groups, new TextPositions(text), set);
    const lines = new TextDecoder().decode(text).split('\n');
    const line = lines.findIndex((candidate) => candidate.includes('"g/a/2"')) + 1;
    expect(beyond).toMatchObject({ severity: 'warning', range: { line, column: 2, endLine: line, endColumn: 9 } });
    expect(beyond?.samples[1]).toMatchObject({ key: 'g/a/3', message: expect.stringContaining('"3"') as string });
    expect(beyond?.message).toBe(beyond?.samples[0]?.message);
    expect(beyond?.samples[0]?.indices).toBeNull();
    // The id inside the codec: "id": "mystery".
    const id = lines.findIndex((candidate) => candidate.includes('"mystery"')) + 1;
    expect(unknown?.range).toMatchObject({ line: id, column: (lines[id - 1]?.indexOf('"mystery"') ?? 0) + 1 });
  });
});
