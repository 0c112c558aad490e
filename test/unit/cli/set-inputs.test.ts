import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOnDisk } from '../../../src/cli/files';
import { setInputs } from '../../../src/cli/set-inputs';

/** What a list comes to, in a folder that holds `lists`: names and their lines. */
function read(lists: Record<string, string>, input: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kerchunk-lists-'));
  for (const [name, text] of Object.entries(lists)) writeFileSync(join(folder, name), text);
  const terminal = {
    print: () => undefined,
    tell: () => undefined,
    ...filesOnDisk(folder, new AbortController().signal),
  };
  return setInputs(terminal, [input], undefined);
}

describe('lists that name lists', () => {
  it('are followed, the same one twice too', async () => {
    const { files } = await read({ 'a.txt': 'b.json\nred.tif\nb.json\n', 'b.json': 'blue.tif\n' }, 'a.txt');
    expect(files.map(({ label }) => label)).toEqual(['blue.tif', 'red.tif', 'blue.tif']);
  });

  it('are refused where one names itself', async () => {
    await expect(read({ 'l.json': 'l.json\n' }, 'l.json')).rejects.toThrow(/l\.json names itself/u);
  });

  it('are refused where one names itself by way of another, under another spelling', async () => {
    const lists = { 'a.json': './b.json\n', 'b.json': './a.json\n' };
    await expect(read(lists, 'a.json')).rejects.toThrow(/a\.json names \S*b\.json, which names \S*a\.json\./u);
  });

  it('are followed eight deep and no further', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, at) => [`${at}.json`, at === length - 1 ? 'red.tif\n' : `${at + 1}.json\n`]),
      );
    expect((await read(chain(9), '0.json')).files).toHaveLength(1);
    await expect(read(chain(10), '0.json')).rejects.toThrow(/9\.json is named by a list .* 8 deep/u);
  });
});
