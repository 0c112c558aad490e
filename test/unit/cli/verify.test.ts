import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTiles } from '../../../src/tiff/check-tiles';
import { describeTiff } from '../../../src/tiff/describe';
import { CountingSource } from '../tiff/counting-source';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

/** The sample COG with some bytes changed, in a folder of its own, and the offset and length of a tile of it. */
async function changed(
  change: (bytes: Uint8Array, tile: { offset: number; length: number }) => void,
): Promise<{ sandbox: Sandbox; tile: { offset: number; length: number } }> {
  const bytes = Uint8Array.from(readFileSync(sample));
  const [full] = (await describeTiff(CountingSource.of(bytes))).images;
  const tile = { offset: full?.offsets[3] ?? 0, length: full?.lengths[3] ?? 0 };
  change(bytes, tile);
  const sandbox = new Sandbox();
  writeFileSync(sandbox.path('red.tif'), bytes);
  return { sandbox, tile };
}

function replaceText(bytes: Uint8Array, text: string, by: string): void {
  expect(by).toHaveLength(text.length);
  const at = Buffer.from(bytes.buffer).indexOf(text);
  expect(at).toBeGreaterThan(0);
  bytes.set(new TextEncoder().encode(by), at);
}

describe('kerchunk generate --verify', () => {
  it('compares the leader and trailer of tiles with the ghost area, and says how many', async () => {
    const { sandbox } = await changed(() => undefined);
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '--verify');
    expect(exitCode).toBe(0);
    expect(told).toContain("  verified: 48 of 48 tiles, which stand as the file's ghost area promises");
    const { told: without } = await sandbox.run('generate', 'red.tif');
    expect(without).not.toContain('verified');
  });

  it('writes nothing where a leader differs, and names the tile and both values', async () => {
    const { sandbox, tile } = await changed((bytes, { offset }) => {
      bytes.set([99, 0, 0, 0], offset - 4);
    });
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '--verify');
    expect(exitCode).toBe(2);
    expect(told).toContain(
      `1 difference in the 48 tiles that were checked against the file's ghost area: of tile 3 of IFD 0, its length is ` +
        `${tile.length.toLocaleString('en-US')} by the table of the file and 99 by the 4 bytes before it. Nothing was written.`,
    );
    expect(readdirSync(sandbox.folder)).toEqual(['red.tif']);
    expect((await sandbox.run('generate', 'red.tif')).exitCode).toBe(0);
  });

  it('writes nothing where a trailer differs', async () => {
    const { sandbox } = await changed((bytes, { offset, length }) => {
      bytes.set([1, 2, 3, 4], offset + length - 4);
      bytes.set([1, 2, 3, 0xff], offset + length);
    });
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '--verify');
    expect(exitCode).toBe(2);
    expect(told).toContain(
      'of tile 3 of IFD 0, its last 4 bytes are 01 02 03 04, and the 4 behind it, which should repeat them, 01 02 03 ff',
    );
  });

  it('says where the check is not possible, and writes', async () => {
    const { sandbox } = await changed((bytes) => {
      replaceText(bytes, 'GDAL_STRUCTURAL', 'GDAL_________AL');
    });
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '--verify');
    expect(exitCode).toBe(0);
    expect(told).toContain('  not verified: The file has no ghost area');
    expect(readdirSync(sandbox.folder)).toContain('red.kerchunk.json');
    const { out } = await sandbox.run('generate', 'red.tif', '--verify', '--json');
    expect(JSON.parse(out)).toMatchObject([{ ok: true, account: { verification: { possible: false } } }]);
  });

  it('takes a file that says it was edited for no COG: a warning in any case, and no check', async () => {
    const { sandbox } = await changed((bytes) => {
      replaceText(bytes, 'KNOWN_INCOMPATIBLE_EDITION=NO\n ', 'KNOWN_INCOMPATIBLE_EDITION=YES\n');
    });
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '--verify');
    expect(exitCode).toBe(0);
    expect(told).toContain(
      'warning: The file was made a COG by GDAL and edited since (KNOWN_INCOMPATIBLE_EDITION=YES)',
    );
    expect(told).toContain('  not verified: The file was edited after it was made');
    expect((await sandbox.run('generate', 'red.tif')).told).toContain('KNOWN_INCOMPATIBLE_EDITION=YES');
  });
});

describe('the tiles that are checked', () => {
  it('are a bounded number, spread over all images, of a file with many', async () => {
    const bytes = readFileSync(sample);
    const tiff = await describeTiff(CountingSource.of(bytes));
    const [full] = tiff.images;
    if (full === undefined) throw new Error('no image');
    const offsets = Float64Array.from({ length: 100_000 }, () => full.offsets[3] ?? 0);
    const lengths = Float64Array.from({ length: 100_000 }, () => full.lengths[3] ?? 0);
    const source = CountingSource.of(bytes);
    const check = await checkTiles({ ...tiff, images: [{ ...full, offsets, lengths }] }, source);
    expect(check).toEqual({ possible: true, checked: 48, tiles: 100_000, differences: [] });
    expect(source.reads.length).toBeLessThanOrEqual(2 * 48);
  });

  it('that the file ends before are differences', async () => {
    const bytes = readFileSync(sample);
    const tiff = await describeTiff(CountingSource.of(bytes));
    const last = Math.max(...tiff.images.flatMap(({ offsets }) => [...offsets]));
    const check = await checkTiles(tiff, CountingSource.of(bytes.subarray(0, last + 10)));
    expect(check.possible && check.differences.map(({ message }) => message)).toEqual([
      expect.stringContaining('and the file ends before that'),
    ]);
  });
});
