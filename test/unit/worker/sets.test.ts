import { describe, expect, it } from 'vitest';
import type { MakeSet } from '../../../src/worker/set-messages';
import { openerOf } from '../read/harness';
import { variable } from '../combine/sets';
import { clientHere, textBuffer } from './harness';

/** A client whose worker holds sets, each `v` of `times` images in one file, by the addresses that they have themselves. */
async function holding(sets: Record<string, { url: string | null; times: number; target: string }>) {
  const client = clientHere(openerOf({}, []), [], []);
  for (const [document, { url, times, target }] of Object.entries(sets)) {
    const refs = {
      '.zgroup': '{"zarr_format":2}',
      ...variable('v', [times, 4], [1, 4], ['time', 'x']),
      ...variable('w/v', [3], [3], ['x']),
      ...Object.fromEntries(Array.from({ length: times }, (_, index) => [`v/${index}.0`, [target, 4 * index, 4]])),
    };
    await client.request('open', { document, text: textBuffer({ version: 1, refs }), url });
  }
  return client;
}

const making: Omit<MakeSet, 'inputs'> = {
  operation: { kind: 'keep' },
  addresses: [],
  zarr: null,
  form: { form: 'json1', gzip: false },
  nested: false,
  recordSize: null,
};

function refsOf(bytes: ArrayBuffer | undefined): Record<string, unknown> {
  const { refs } = JSON.parse(new TextDecoder().decode(bytes)) as { refs: Record<string, unknown> };
  return refs;
}

describe('The worker, of reference sets that a command opened,', () => {
  it('tells dimensions, the form, and what all addresses begin with', async () => {
    const client = await holding({ a: { url: null, times: 2, target: 's3://bucket/scenes/a.bin' } });
    expect(await client.request('factsOfSet', { document: 'a' })).toMatchObject({
      arrays: 2,
      // v and w/v have x in different lengths.
      dimensions: [
        ['time', 2],
        ['x', null],
      ],
      zarr: 2,
      form: { form: 'json1', gzip: false },
      leftOut: null,
      addressStart: 's3://bucket/scenes/',
    });
  });

  it('keeps relative addresses beside the input, and makes them absolute elsewhere', async () => {
    const client = await holding({ a: { url: 'file:///data/a.json', times: 1, target: 'a.bin' } });
    const beside = { document: 'a', name: 'a.json', beside: true };
    const stays = await client.request('makeSet', { ...making, inputs: [beside] });
    expect(refsOf(stays.files[0]?.bytes)['v/0.0']).toEqual(['a.bin', 0, 4]);
    const moves = await client.request('makeSet', { ...making, inputs: [{ ...beside, beside: false }] });
    expect(refsOf(moves.files[0]?.bytes)['v/0.0']).toEqual(['file:///data/a.bin', 0, 4]);
    expect(moves).toMatchObject({ arrays: 2, chunks: 1, bytes: moves.files[0]?.bytes.byteLength, notes: [] });
  });

  it('writes no address of a virtual workspace, which no reader opens', async () => {
    const client = await holding({ a: { url: 'vscode-vfs://github/o/r/a.json', times: 1, target: 'a.bin' } });
    const inputs = [{ document: 'a', name: 'a.json', beside: false }];
    await expect(client.request('makeSet', { ...making, inputs })).rejects.toMatchObject({
      code: 'not-expressible',
      message: expect.stringContaining('a.json points at the relative address "a.bin"') as string,
    });
  });

  it('counts what a change of addresses would do, and does it once', async () => {
    const client = await holding({ a: { url: null, times: 3, target: 'https://old.org/a.bin' } });
    const change = { from: 'https://old.org/', to: 'https://new.org/' };
    expect(await client.request('countAddresses', { document: 'a', changes: [change] })).toEqual({
      changed: 1,
      addresses: 1,
      chunks: 3,
      first: [['https://old.org/a.bin', 'https://new.org/a.bin']],
    });
    const inputs = [{ document: 'a', name: 'a.json', beside: true }];
    const made = await client.request('makeSet', { ...making, inputs, addresses: [change] });
    expect(refsOf(made.files[0]?.bytes)['v/2.0']).toEqual(['https://new.org/a.bin', 8, 4]);
    const others = { from: 'https://new.org/', to: 'https://new.org/' };
    expect(await client.request('countAddresses', { document: 'a', changes: [others] })).toMatchObject({ changed: 0 });
  });

  it('names 20 chunks of each kind that differ, with their indices and places, and counts all', async () => {
    const client = await holding({
      a: { url: null, times: 30, target: 'a.bin' },
      b: { url: null, times: 25, target: 'b.bin' },
    });
    const [before, after] = ['a', 'b'].map((document) => ({ document, name: document, beside: true }));
    if (before === undefined || after === undefined) throw new Error('There are two.');
    const { changed, same } = await client.request('diffOfSets', { before, after });
    expect(same).toBe(1);
    expect(changed.map(({ path, metadata }) => [path, metadata])).toEqual([
      ['v', [{ property: 'shape', values: ['[30, 4]', '[25, 4]'] }]],
    ]);
    expect([changed[0]?.moved.count, changed[0]?.moved.first.length, changed[0]?.lost.count]).toEqual([25, 20, 5]);
    expect(changed[0]?.moved.first[1]).toEqual({
      key: 'v/1.0',
      indices: [1, 0],
      before: { kind: 'range', url: 'a.bin', start: 4, end: 8 },
      after: { kind: 'range', url: 'b.bin', start: 4, end: 8 },
    });
  });

  it('stops where the command is cancelled', async () => {
    const client = await holding({ a: { url: null, times: 3, target: 'a.bin' } });
    const inputs = [{ document: 'a', name: 'a.json', beside: true }];
    const signal = AbortSignal.abort();
    await expect(client.request('makeSet', { ...making, inputs }, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
