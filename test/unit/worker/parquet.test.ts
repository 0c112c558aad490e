import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createOpener } from '../../../src/bytes/open';
import type { SourceOpener } from '../../../src/bytes/source';
import { clientHere, jsonLosses, nodesOf } from './harness';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/parquet');
const set = path.join(fixtures, 'sets/kerchunk');

/** Opens files of the set as the host does, each anew; `replaced` has others in their place. Tells which were read. */
function openerOf(read: Set<string>, replaced: Record<string, string> = {}): SourceOpener {
  return {
    open: (url) => {
      read.add(url.slice(url.indexOf('kerchunk/') + 'kerchunk/'.length));
      const other = Object.entries(replaced).find(([name]) => url.endsWith(name))?.[1];
      return createOpener({}).open(other === undefined ? url : pathToFileURL(other).href);
    },
  };
}

async function opened(replaced: Record<string, string> = {}) {
  const read = new Set<string>();
  const client = clientHere(openerOf(read, replaced));
  const text = new Uint8Array(readFileSync(path.join(set, '.zmetadata'))).buffer;
  const url = pathToFileURL(path.join(set, '.zmetadata')).href;
  const outline = await client.request('openParquet', { document: 'd', text, url });
  return { client, outline, read };
}

describe('a reference set in parquet in the worker', () => {
  it('has an outline before a record file is read, and its chunks once one is asked for', async () => {
    const { client, outline, read } = await opened();
    expect(nodesOf(outline).map(({ path: at }) => at)).toEqual(['', 'crs', 'deep', 'deep/name', 'red', 'time']);
    expect([...read]).toEqual([]);
    // 20 chunks of 2 x 3 in 10 x 12; make_parquet.py writes 18 of them as places in files, one of them a whole file.
    const details = await client.request('describeArray', { document: 'd', path: 'red' });
    expect(details).toMatchObject({ grid: [5, 4], coverage: { total: 20, ranges: 18, inline: 1, absent: 1 } });
    expect([...read]).toContain('red/refs.1.parq');
    const chunk = await client.request('chunk', { document: 'd', path: 'red', indices: [3, 3] });
    expect(chunk.reference).toBe('inline');
    expect(details.code.xarray).toContain(JSON.stringify(set));
  });

  it('reads for a chunk the record files of it and of its coordinates alone', async () => {
    const { client, read } = await opened();
    const chunk = await client.request('chunk', { document: 'd', path: 'red', indices: [3, 3] });
    expect(chunk.reference).toBe('inline');
    expect([...read].filter((file) => file.endsWith('.parq'))).toEqual(['red/refs.1.parq']);
    await client.request('chunk', { document: 'd', path: 'red', indices: [3, 2] });
    await client.request('encoding', { document: 'd', path: 'red', indices: [4, 0] });
    expect([...read].filter((file) => file.endsWith('.parq'))).toEqual(['red/refs.1.parq']);
    await client.request('describeArray', { document: 'd', path: 'red' });
    expect([...read].filter((file) => file.endsWith('.parq'))).toEqual(['red/refs.1.parq', 'red/refs.0.parq']);
    await client.request('glance', { document: 'd', path: '' });
    expect([...read].filter((file) => file.endsWith('.parq'))).toContain('time/refs.0.parq');
  });

  it('has findings in the rows of its record files, and nothing said of readers', async () => {
    const { client } = await opened({ 'red/refs.1.parq': path.join(fixtures, 'records/negative-size.parq') });
    const checked = await client.request('validate', { document: 'd', text: null, fetch: false });
    expect(jsonLosses(checked)).toEqual([]);
    expect(checked.readers).toEqual([]);
    const samples = checked.findings.flatMap((group) => group.samples);
    expect(samples).toContainEqual(expect.objectContaining({ record: { file: 'red/refs.1.parq', row: 1 } }));
  });

  it('says what is wrong with a .zmetadata of zarr itself', async () => {
    const client = clientHere(openerOf(new Set()));
    const text = new TextEncoder().encode('{"metadata":{},"zarr_consolidated_format":1}').buffer;
    const request = client.request('openParquet', { document: 'd', text, url: 'file:///a/.zmetadata' });
    await expect(request).rejects.toMatchObject({ code: 'malformed-reference' });
  });
});
