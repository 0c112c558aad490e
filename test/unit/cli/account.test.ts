import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../support/servers';
import { server } from '../bytes/serving';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

describe('the account of kerchunk generate', () => {
  it.each<Behaviour>(['status200', 'status200-chunked'])(
    'says of a server without ranges (%s) that no reader can fetch chunks from it',
    async (behaviour) => {
      const { url } = await server({ content: readFileSync(sample), behaviour });
      const { exitCode, told } = await new Sandbox().run('generate', `${url}/red.tif`);
      expect(exitCode).toBe(0);
      expect(told).toContain(`warning: The server of ${url}/red.tif does not support byte ranges: readers that fetch`);
      expect(told).not.toContain('    yes');
      expect(told).toContain(
        'no   xarray (engine kerchunk): it fetches chunks by range, and the server sends the whole',
      );
    },
  );

  it('says nothing of that where ranges are answered, or where the references carry another address', async () => {
    const ranges = await server({ content: readFileSync(sample) });
    const whole = await server({ content: readFileSync(sample), behaviour: 'status200' });
    const runs = [
      await new Sandbox().run('generate', `${ranges.url}/red.tif`),
      await new Sandbox().run('generate', `${whole.url}/red.tif`, '--url', 'https://example.org/red.tif'),
    ];
    for (const { told } of runs) {
      expect(told).toContain('yes  xarray');
      expect(told).not.toContain('byte ranges');
    }
  });

  it('says what opens several files once where it is the same', async () => {
    const sandbox = new Sandbox();
    const copy = sandbox.path('copy.tif');
    copyFileSync(sample, copy);
    const { told } = await sandbox.run('generate', sample, copy, '-o', `${sandbox.folder}/`);
    expect(told.match(/ {2}readers:\n/gu)).toHaveLength(1);
    expect(told.match(/import xarray/gu)).toHaveLength(1);
    expect(told.split('\n').slice(-2)).toEqual([
      '  readers: as above',
      `  open it as above, with ${JSON.stringify(sandbox.path('copy.kerchunk.json'))}`,
    ]);
    writeFileSync(copy, readFileSync(sample).subarray(0, 1_000_000));
    const differing = await sandbox.run('generate', sample, copy, '-o', `${sandbox.folder}/`);
    expect(differing.told.match(/ {2}readers:\n/gu)).toHaveLength(2);
  });

  it('names with -o - the file that its code opens as one still to be saved', async () => {
    const { told } = await new Sandbox().run('generate', sample, '-o', '-');
    expect(told).toContain('  once it is saved as red.kerchunk.json, open it with:\n');
    expect(told).toContain('    "red.kerchunk.json",\n');
  });

  it('counts in the verdicts the chunks that a file cut off has lost', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('cut.tif'), readFileSync(sample).subarray(0, 1_000_000));
    const { exitCode, told } = await sandbox.run('generate', sandbox.path('cut.tif'));
    expect(exitCode).toBe(0);
    const [, lost = ''] = /(\d+) chunks of 36 of IFD 0 /u.exec(told) ?? [];
    expect(Number(lost)).toBeGreaterThan(1);
    expect(told).toContain(`yes, but ${lost} chunks cannot be read  xarray (engine kerchunk): with`);
    expect(told).not.toContain('    yes  ');
  });

  it('says that the preset notebook has no overviews, and warns where they were asked for', async () => {
    const notebook = await new Sandbox().run('generate', sample, '-o', '-', '--preset', 'notebook');
    expect(notebook.told).toContain(
      '3 overviews left out (the preset notebook has none; --preset portable --overviews writes them)',
    );
    expect(notebook.told).not.toContain('were asked for');
    const asked = await new Sandbox().run('generate', sample, '-o', '-', '--preset', 'notebook', '--overviews');
    expect(asked.told).toContain('warning: The preset notebook writes no overviews, though they were asked for');
  });
});
