import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOnDisk } from '../../../src/cli/files';
import { type InputOptions, setInputs } from '../../../src/cli/set-inputs';

/** What inputs come to, in a folder that holds `lists`, names and their lines, and `red.tif` and `blue.tif`. */
function read(lists: Record<string, string>, inputs: string | string[], options: InputOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kerchunk-lists-'));
  const files = { 'red.tif': 'II*\0', 'blue.tif': 'II*\0', ...lists };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const terminal = {
    print: () => undefined,
    tell: () => undefined,
    ...filesOnDisk(folder, new AbortController().signal),
  };
  return setInputs(terminal, [inputs].flat(), options);
}

describe('lists that name lists', () => {
  it('are followed, the same one twice too', async () => {
    const lists = { 'a.txt': 'b.json\nred.tif\nb.json\n', 'b.json': 'blue.tif\n' };
    const { files } = await read(lists, 'a.txt');
    expect(files.map(({ label }) => label)).toEqual(['blue.tif', 'red.tif']);
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

describe('files', () => {
  it('are those of a folder that is given, without what is no TIFF', async () => {
    const { files } = await read({ 'notes.txt': 'mine', '.hidden.tif': 'II*\0' }, '.');
    expect(files.map(({ label }) => label)).toEqual(['blue.tif', 'red.tif']);
  });

  it('are taken once where they are given twice, which is told', async () => {
    const { files, warnings } = await read({}, ['red.tif', '*.tif', './red.tif', 'blue.tif']);
    expect(files.map(({ label }) => label)).toEqual(['red.tif', 'blue.tif']);
    expect(warnings).toEqual(['red.tif and 1 other file: given more than once, and taken once.']);
  });

  it('that an item names too count as the item says, once', async () => {
    const assets = { red: { href: './red.tif', type: 'image/tiff' } };
    const properties = { datetime: '2022-01-05T10:30:24Z' };
    const item = JSON.stringify({ type: 'Feature', id: 'i', properties, assets });
    const { files, warnings } = await read({ 'i.json': item }, ['red.tif', 'i.json', 'blue.tif']);
    expect(files).toMatchObject([{ label: 'i red', asset: 'red' }, { label: 'blue.tif' }]);
    expect(warnings).toEqual(['red.tif: given more than once, and taken once.']);
  });

  it('of a table are read where it has one column, and are not guessed where it has more', async () => {
    expect((await read({ 'a.csv': 'red.tif\r\nblue.tif\r\n' }, 'a.csv')).files).toHaveLength(2);
    const comment = '# two bands, red and nir\r\nred.tif\r\n';
    expect((await read({ 'a.csv': comment }, 'a.csv')).files).toHaveLength(1);
    expect((await read({ 'a.csv': 'https://example.org/a.tif?se=1;sp=r\n' }, 'a.csv')).files).toHaveLength(1);
    // A name may have a comma, in what is no table.
    expect((await read({ 'a.txt': 'a,b.tif\n', 'a,b.tif': 'II*\0' }, 'a.txt')).files).toHaveLength(1);
    for (const text of ['date,file\n2022-01-05,red.tif\n', 'red.tif\nblue.tif;1\n']) {
      await expect(read({ 'a.csv': text }, 'a.csv')).rejects.toThrow(
        /a\.csv is a table of several columns \(line [12]\)/u,
      );
    }
  });

  it('that do not exist are named before anything is read', async () => {
    await expect(read({}, ['red.tif', 'rde.tif', 'bleu.tif'])).rejects.toThrow('There is no file rde.tif, bleu.tif;');
    await expect(read({ 'a.txt': 'green.tif' }, 'a.txt')).rejects.toThrow(
      'Line 1 of a.txt names green.tif, and there is no such file.',
    );
    await expect(read({}, 'gone/*.tif')).rejects.toThrow('No file fits gone/*.tif');
  });

  it.each([
    ['public', 'https://bucket.s3.amazonaws.com/a/x.tif'],
    ['given', 's3://bucket/a/x.tif'],
  ] as const)('in a store are read by https, and named %s', async (targets, target) => {
    const { files } = await read({ 'list.txt': 's3://bucket/a/x.tif' }, 'list.txt', { targets });
    expect(files).toMatchObject([{ url: 'https://bucket.s3.amazonaws.com/a/x.tif', target }]);
  });

  it('of a STAC item in a store are named as it names them', async () => {
    const assets = { red: { href: 's3://bucket/x.tif', type: 'image/tiff' } };
    const item = JSON.stringify({ type: 'Feature', id: 'i', properties: {}, assets });
    const { files } = await read({ 'item.json': item }, 'item.json', { targets: 'given' });
    expect(files).toMatchObject([{ url: 'https://bucket.s3.amazonaws.com/x.tif', target: 's3://bucket/x.tif' }]);
  });
});
