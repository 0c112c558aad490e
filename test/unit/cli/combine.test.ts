import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';
import { byteArray } from '../../support/zarray';

/** A set of one day: the data of it, and its number as an inline character. */
function day(name: string, letter: string): object {
  return {
    '.zgroup': { zarr_format: 2 },
    'day/.zarray': byteArray([1], [1]),
    'day/.zattrs': { _ARRAY_DIMENSIONS: ['day'] },
    'day/0': letter,
    'red/.zarray': byteArray([1, 4], [1, 2]),
    'red/.zattrs': { _ARRAY_DIMENSIONS: ['day', 'x'] },
    'red/0.0': [`data/${name}.bin`, 0, 2],
    'red/0.1': [`s3://bucket/${name}.bin`, 2, 2],
  };
}

function sandbox(): Sandbox {
  const made = new Sandbox();
  for (const [name, letter] of ['a', 'b', 'c'].entries()) {
    writeFileSync(made.path(`${letter}.json`), JSON.stringify(day(letter, 'ABC'.charAt(name))));
  }
  return made;
}

/** What was told but for the code that opens what was written. */
const withoutCode = (told: string): string => told.replace(/\nopen it with:[^]*$/u, '');

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('kerchunk convert', () => {
  it.each([
    ['convert', 'red.tif', '-o', 'x.json'],
    ['combine', 'a.json', 'red.tif', '-o', 'x.json', '--merge'],
    ['append', 'a.json', 'red.tif', '--concat', 'day'],
  ])('takes no TIFF, nor does %s', async (...args) => {
    const made = sandbox();
    copyFileSync(path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif'), made.path('red.tif'));
    const { exitCode, told } = await made.run(...args);
    expect(exitCode).toBe(2);
    expect(told).toBe(
      'red.tif is a TIFF, and no reference set; kerchunk generate writes references to it, and kerchunk stack along a dimension.',
    );
    expect(existsSync(made.path('x.json'))).toBe(false);
  });

  it('takes not the place of a set of which it would leave something out', async () => {
    const made = sandbox();
    const before = readFileSync(made.path('a.json'), 'utf8');
    const text = before.replace('"day/0"', '"notes/readme":"hello","day/0"');
    expect(text).not.toBe(before);
    writeFileSync(made.path('a.json'), text);
    const { exitCode, told } = await made.run('convert', 'a.json', '-o', 'a.json');
    expect(exitCode).toBe(2);
    expect(told).toContain('a.json would lose what no array holds');
    expect(readFileSync(made.path('a.json'), 'utf8')).toBe(text);
  });

  it('writes every form, and all of them are the same set', async () => {
    const made = sandbox();
    for (const output of ['one.json', 'one.json.gz', 'one.parq', 'zero.json']) {
      const form = output.startsWith('zero') ? ['--form', 'json0'] : [];
      const { exitCode, told } = await made.run('convert', 'a.json', '-o', output, ...form);
      expect(told).toMatch(/2 arrays, 3 chunks/u);
      expect(exitCode).toBe(0);
    }
    expect(read(made.path('one.json'))).toMatchObject({ version: 1 });
    expect(gunzipSync(readFileSync(made.path('one.json.gz')))).toEqual(readFileSync(made.path('one.json')));
    expect(readdirSync(made.path('one.parq')).sort()).toEqual(['.zmetadata', 'day', 'red']);
    for (const output of ['one.json', 'one.json.gz', 'zero.json']) {
      expect(await made.run('diff', 'a.json', output)).toMatchObject({
        exitCode: 0,
        out: 'No difference; 2 arrays are the same.\n',
      });
    }
    // Of the set in parquet the relative address is absolute.
    const { exitCode, out } = await made.run('diff', 'a.json', 'one.parq');
    expect(exitCode).toBe(1);
    expect(out).toContain(`moved red/0.0: data/a.bin bytes 0 to 2 -> file://${made.path('data/a.bin')} bytes 0 to 2`);
    expect(out).toContain('chunks: 1 moved, 0 added, 0 lost, 1 the same');
  });

  it('keeps the record size of a set in parquet, and asks for another', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'one.parq', '--record-size', '7');
    await made.run('convert', 'one.parq', '-o', 'two.parq');
    expect(read(made.path('two.parq/.zmetadata'))).toMatchObject({ record_size: 7 });
    expect(await made.run('diff', 'one.parq', 'two.parq')).toMatchObject({ exitCode: 0 });
  });

  it('makes relative addresses absolute where the output lies elsewhere, edits, and prints', async () => {
    const made = sandbox();
    mkdirSync(made.path('elsewhere'));
    await made.run('convert', 'a.json', '-o', 'elsewhere/a.json', '--url-prefix', 's3://bucket=https://example.org');
    const refs = (read(made.path('elsewhere/a.json')) as { refs: Record<string, unknown> }).refs;
    expect(refs['red/0.0']).toEqual([`file://${made.path('data/a.bin')}`, 0, 2]);
    expect(refs['red/0.1']).toEqual(['https://example.org/a.bin', 2, 2]);
    const { out } = await made.run('convert', 'a.json', '-o', '-', '--drop', 'day', '--rename', 'red=b04', '--nested');
    expect(JSON.parse(out)).toMatchObject({ refs: { 'b04/.zattrs': { _ARRAY_DIMENSIONS: ['day', 'x'] } } });
    expect(out).not.toContain('"day/');
  });

  it('names local files as fsspec takes them, whatever characters they have', async () => {
    const made = sandbox();
    mkdirSync(made.path('my 50% data'));
    const entries = { ...day('a', 'A'), 'red/0.0': ['c d%20e.bin', 0, 2] };
    writeFileSync(made.path('my 50% data/a.json'), JSON.stringify(entries));
    await made.run('convert', 'my 50% data/a.json', '-o', 'a2.json');
    const { refs } = read(made.path('a2.json')) as { refs: Record<string, unknown> };
    // fsspec.core.url_to_fs("file:///my 50% data/c d%20e.bin") has the path as it is written.
    expect(refs['red/0.0']).toEqual([`file://${made.path('my 50% data/c d%20e.bin')}`, 0, 2]);
  });

  it('replaces references and nothing else', async () => {
    const made = sandbox();
    writeFileSync(made.path('note.json'), '{"note": 1}');
    writeFileSync(made.path('mails.json'), '{"name": "x", "templates": {"a": 1}}');
    mkdirSync(made.path('photos.parq'));
    writeFileSync(made.path('photos.parq/one.png'), '');
    for (const [output, message] of [
      ['note.json', 'note.json exists and is no reference file'],
      ['mails.json', 'mails.json exists and is no reference file'],
      ['photos.parq', 'photos.parq is a folder that holds no reference set in parquet'],
      ['plain', 'plain does not say what form to write'],
      ['one.json.zst', 'ZSTD is not written'],
    ] as const) {
      const { exitCode, told } = await made.run('convert', 'a.json', '-o', output);
      expect(exitCode).toBe(2);
      expect(told).toContain(message);
    }
    expect(readFileSync(made.path('note.json'), 'utf8')).toBe('{"note": 1}');
    for (let time = 0; time < 2; time++) {
      expect((await made.run('convert', 'a.json', '-o', 'z.json.gz')).exitCode).toBe(0);
      expect(withoutCode((await made.run('convert', 'a.json', '-o', 'a.parq')).told)).toMatch(
        time === 1 ? /\(replaced\)/u : /KiB$/u,
      );
    }
  });
});

describe('kerchunk combine and append', () => {
  it('concatenates, and appends to the same', async () => {
    const made = sandbox();
    await made.run('combine', 'a.json', 'b.json', 'c.json', '-o', 'all.json', '--concat', 'day');
    await made.run('combine', 'a.json', 'b.json', '-o', 'two.json', '--concat', 'day');
    const { exitCode, told } = await made.run('append', 'two.json', 'c.json', '--concat', 'day');
    expect(told).toContain('two.json: 2 arrays, 7 chunks');
    expect(exitCode).toBe(0);
    expect(readFileSync(made.path('two.json'))).toEqual(readFileSync(made.path('all.json')));
    const { refs } = read(made.path('all.json')) as { refs: Record<string, unknown> };
    expect(refs['day/0']).toBe('ABC');
    expect(refs['red/2.0']).toEqual(['data/c.bin', 0, 2]);
    const again = await made.run('append', 'two.json', 'c.json', '--concat', 'day');
    expect(again.exitCode).toBe(2);
    expect(again.told).toContain('Coordinate "day" would hold 67 twice, at index 2 and 3');
    expect(readFileSync(made.path('two.json'))).toEqual(readFileSync(made.path('all.json')));
  });

  it('merges, asks which of both, and writes nothing where sets do not fit', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'blue.json', '--rename', 'red=blue');
    const { out } = await made.run('combine', 'a.json', 'blue.json', '-o', 'both.json', '--merge', '--json');
    expect(JSON.parse(out)).toMatchObject({ inputs: ['a.json', 'blue.json'], arrays: 3, chunks: 5, notes: [] });
    const merged = await made.run('combine', 'a.json', 'blue.json', '-o', 'both2.json', '--merge');
    expect(merged.told).toMatch(/^both2.json: 3 arrays, 5 chunks/u);
    const neither = await made.run('combine', 'a.json', 'b.json', '-o', 'x.json');
    expect(neither.told).toContain('--concat <dimension>');
    const unequal = await made.run('combine', 'a.json', 'b.json', '-o', 'x.json', '--merge');
    expect(unequal.told).toContain('"day" is not the same in a.json and b.json: its values');
    expect(existsSync(made.path('x.json'))).toBe(false);
  });
});

describe('append in the place of a set', () => {
  const asStrings = (refs: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(refs).map(([key, value]: [string, unknown]) => [
        key,
        /\/?\.z[a-z]+$/u.test(key) ? JSON.stringify(value) : value,
      ]),
    );

  it.each<[string, string, string | Uint8Array]>([
    ['version 0', 'set.json', JSON.stringify(asStrings(day('a', 'A')))],
    ['version 0 without an ending', 'refs', JSON.stringify(asStrings(day('a', 'A')))],
    ['version 1', 'set.json', JSON.stringify({ version: 1, refs: asStrings(day('a', 'A')) })],
    ['metadata as objects', 'set.json', JSON.stringify({ version: 1, refs: day('a', 'A') })],
    ['gzip by its content', 'refs', gzipSync(JSON.stringify({ version: 1, refs: asStrings(day('a', 'A')) }))],
  ])('keeps %s', async (_what, name, content) => {
    const made = sandbox();
    writeFileSync(made.path(name), content);
    expect((await made.run('append', name, 'b.json', '--concat', 'day')).told).toContain('2 arrays, 5 chunks');
    const written = readFileSync(made.path(name));
    const before = JSON.parse(typeof content === 'string' ? content : gunzipSync(content).toString()) as object;
    const after = JSON.parse(
      typeof content === 'string' ? written.toString() : gunzipSync(written).toString(),
    ) as object;
    const refsIn = (set: object) => ('refs' in set ? set.refs : set) as Record<string, unknown>;
    expect('refs' in after).toBe('refs' in before);
    expect(typeof refsIn(after)['red/.zarray']).toBe(typeof refsIn(before)['red/.zarray']);
    expect(refsIn(after)['red/1.0']).toEqual(['data/b.bin', 0, 2]);
  });

  it('keeps parquet, named by its folder or by the .zmetadata in it', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'refs', '--form', 'parquet', '--record-size', '7');
    for (const [name, other] of [
      ['refs', 'b.json'],
      ['refs/.zmetadata', 'c.json'],
    ] as const) {
      expect(await made.run('append', name, other, '--concat', 'day')).toMatchObject({ exitCode: 0 });
    }
    expect(read(made.path('refs/.zmetadata'))).toMatchObject({
      record_size: 7,
      metadata: { 'red/.zarray': { shape: [3, 4] } },
    });
  });

  it('is not done at an address', async () => {
    const { exitCode, told } = await sandbox().run('append', 'https://example.org/a.json', 'b.json', '--concat', 'day');
    expect(exitCode).toBe(2);
    expect(told).toContain('Give a name with -o');
  });
});

describe('keys that lie in no grid', () => {
  const strays = { ...day('a', 'A'), 'red/0.2': ['data/a.bin', 4, 2], 'notes/0': 'hello', 'lost/.zattrs': {} };

  it('are told by convert and combine', async () => {
    const made = sandbox();
    writeFileSync(made.path('a.json'), JSON.stringify(strays));
    const note =
      'Not written: of a.json 3 keys are neither metadata nor a chunk of an array\'s grid: "red/0.2", "notes/0" and "lost/.zattrs".';
    expect((await made.run('convert', 'a.json', '-o', 'one.json')).told).toContain(`2 arrays, 3 chunks, `);
    const { told } = await made.run('combine', 'a.json', 'b.json', '--concat', 'day', '-o', 'two.json');
    expect(withoutCode(told).split('\n')).toEqual([expect.stringMatching(/^two\.json: 2 arrays, 5 chunks/u), note]);
    const { out } = await made.run('convert', 'a.json', '-o', 'one.json', '--json');
    expect(JSON.parse(out)).toMatchObject({ notes: [note] });
  });

  it('are not lost by append', async () => {
    const made = sandbox();
    const text = JSON.stringify(strays);
    writeFileSync(made.path('a.json'), text);
    const { exitCode, told } = await made.run('append', 'a.json', 'b.json', '--concat', 'day');
    expect(exitCode).toBe(2);
    expect(told).toContain('a.json would lose what no array holds: 3 keys are');
    expect(readFileSync(made.path('a.json'), 'utf8')).toBe(text);
    expect((await made.run('append', 'a.json', 'b.json', '--concat', 'day', '-o', 'ab.json')).exitCode).toBe(0);
    expect((await made.run('append', 'b.json', 'a.json', '--concat', 'day')).told).toContain('Not written: of a.json');
  });
});

describe('kerchunk diff', () => {
  it('prints what differs, for people and machines', async () => {
    const made = sandbox();
    const { exitCode, out } = await made.run('diff', 'a.json', 'b.json');
    expect(exitCode).toBe(1);
    expect(out.split('\n')).toEqual([
      '~ day',
      '    values: 1 changed, 0 added, 0 lost',
      '      changed [0]: 65 -> 66',
      '~ red',
      '    chunks: 2 moved, 0 added, 0 lost, 0 the same',
      '      moved red/0.0: data/a.bin bytes 0 to 2 -> data/b.bin bytes 0 to 2',
      '      moved red/0.1: s3://bucket/a.bin bytes 2 to 4 -> s3://bucket/b.bin bytes 2 to 4',
      '0 arrays lost, 0 added, 2 changed.',
      '',
    ]);
    const machine = await made.run('diff', 'a.json', 'b.json', '--json');
    expect(JSON.parse(machine.out)).toMatchObject({ before: 'a.json', changed: [{ path: 'day' }, { path: 'red' }] });
    expect((await made.run('diff', 'a.json', 'none.json')).exitCode).toBe(2);
  });
});

describe('what goes wrong in silence else', () => {
  it('renames in one input, and drops before combining', async () => {
    const made = sandbox();
    const refused = await made.run('combine', 'a.json', 'b.json', '-o', 'x.json', '--merge', '--drop', 'day');
    expect(refused.told).toContain('rename it in one of them (--rename b.json:red=<name>)');
    const { exitCode, told } = await made.run(
      ...['combine', 'a.json', 'b.json', '-o', 'x.json', '--merge'],
      ...['--drop', 'day', '--rename', 'b.json:red=nir', '--rename', 'red=b04'],
    );
    expect(told).toMatch(/^x\.json: 2 arrays, 4 chunks/u);
    expect(exitCode).toBe(0);
    const { refs } = read(made.path('x.json')) as { refs: Record<string, unknown> };
    expect(refs['nir/0.0']).toEqual(['data/b.bin', 0, 2]);
    expect(refs['b04/0.0']).toEqual(['data/a.bin', 0, 2]);
    const absent = await made.run('combine', 'a.json', 'b.json', '-o', 'y.json', '--merge', '--drop', 'blue');
    expect(absent.told).toContain('There is no "blue"');
  });

  it('never replaces an input of combine', async () => {
    const made = sandbox();
    const before = readFileSync(made.path('a.json'));
    for (const output of ['a.json', './a.json', made.path('a.json')]) {
      const { exitCode, told } = await made.run('combine', 'a.json', 'b.json', '-o', output, '--concat', 'day');
      expect(exitCode).toBe(2);
      expect(told).toContain('a.json is one of the sets that are combined, and would be replaced');
    }
    expect(readFileSync(made.path('a.json'))).toEqual(before);
  });

  describe('an output that is an input by another name', () => {
    const links = [
      [
        'a symbolic link',
        (made: Sandbox) => {
          symlinkSync('a.json', made.path('link.json'));
        },
      ],
      [
        'a hard link',
        (made: Sandbox) => {
          linkSync(made.path('a.json'), made.path('link.json'));
        },
      ],
    ] as const;

    it.each(links)('is never replaced by combine, nor another than the first by append: %s', async (_, link) => {
      const made = sandbox();
      link(made);
      const before = readFileSync(made.path('a.json'));
      for (const args of [
        ['combine', 'a.json', 'b.json'],
        ['append', 'b.json', 'a.json'],
      ]) {
        const { exitCode, told } = await made.run(...args, '-o', 'link.json', '--concat', 'day');
        expect(exitCode).toBe(2);
        expect(told).toContain('a.json is one of the sets that are combined, and would be replaced by link.json');
      }
      expect(readFileSync(made.path('a.json'))).toEqual(before);
    });

    it.each(links)('is kept by convert and append where keys would be lost: %s', async (_, link) => {
      const made = sandbox();
      const text = readFileSync(made.path('a.json'), 'utf8').replace('"day/0"', '"notes/readme":"hello","day/0"');
      writeFileSync(made.path('a.json'), text);
      link(made);
      for (const args of [
        ['convert', 'a.json'],
        ['append', 'a.json', 'b.json', '--concat', 'day'],
      ]) {
        const { exitCode, told } = await made.run(...args, '-o', 'link.json');
        expect(exitCode).toBe(2);
        expect(told).toContain('a.json would lose what no array holds');
      }
      expect(readFileSync(made.path('link.json'), 'utf8')).toBe(text);
    });

    it.each(links)('holds what append writes: %s', async (_, link) => {
      const made = sandbox();
      link(made);
      const isLink = lstatSync(made.path('link.json')).isSymbolicLink();
      const { exitCode, told } = await made.run('append', 'a.json', 'b.json', '-o', 'link.json', '--concat', 'day');
      expect([exitCode, told]).toEqual([0, expect.stringContaining('link.json: ')]);
      expect(read(made.path('link.json'))).toMatchObject({ 'red/1.0': ['data/b.bin', 0, 2] });
      expect(lstatSync(made.path('link.json')).isSymbolicLink()).toBe(isLink);
    });

    it('is a folder too, of a set in parquet', async () => {
      const made = sandbox();
      await made.run('convert', 'a.json', '-o', 'a.parq');
      symlinkSync('a.parq', made.path('link.parq'));
      for (const input of ['a.parq', 'a.parq/.zmetadata']) {
        const { exitCode, told } = await made.run('combine', input, 'b.json', '-o', 'link.parq', '--concat', 'day');
        expect(exitCode).toBe(2);
        expect(told).toContain(`${input} is one of the sets that are combined`);
      }
    });
  });

  it('tells of a prefix that no address begins with', async () => {
    const made = sandbox();
    const prefix = ['--url-prefix', 's3://bucket/=https://h/x?sig=a', '--url-prefix', '/nope/=https://example.org/'];
    const { exitCode, told } = await made.run('convert', 'a.json', '-o', 'x.json', ...prefix);
    expect(exitCode).toBe(0);
    expect(withoutCode(told).split('\n').slice(1)).toEqual([
      '--url-prefix changes nothing: no address begins with "/nope/"; the first is data/a.bin.',
    ]);
    const back = await made.run('convert', 'x.json', '-o', 'y.json', '--url-prefix', 'https://h/x?sig=a=s3://bucket/');
    expect(back.told).not.toContain('--url-prefix');
    expect(await made.run('diff', 'a.json', 'y.json')).toMatchObject({ exitCode: 0 });
    // What was changed before is no misspelling.
    const again = await made.run('convert', 'x.json', '-o', 'z.json', ...prefix.slice(0, 2));
    expect(again.told).not.toContain('--url-prefix');
  });

  it('says that a new dimension has no coordinate, and gives it one', async () => {
    const made = sandbox();
    for (const name of ['a', 'b']) await made.run('convert', `${name}.json`, '-o', `${name}1.json`, '--drop', 'day');
    const sets = ['combine', 'a1.json', 'b1.json', '-o', 'x.json', '--concat', 'time'];
    expect((await made.run(...sets)).told).toContain('"time" has no coordinate, as none of the sets has one.');
    const { told } = await made.run(...sets, '--coordinates', '2022-01-05,2022-01-10T12:00:00Z');
    expect(withoutCode(told)).toMatch(/^x\.json: 2 arrays, 5 chunks, \S+ (?:bytes|KiB) \(replaced\)$/u);
    const values = await made.run('read', 'x.json', 'time', '--json');
    // 2022-01-05 is 18,997 days of 86,400,000,000 microseconds after 1970, the other 5.5 days later.
    expect(JSON.parse(values.out)).toMatchObject({
      statistics: { minimum: 1641340800000000, maximum: 1641816000000000 },
    });
    for (const [list, message] of [
      ['2022-01-05', '--coordinates has 1 value, and "time" has 2 steps'],
      ['1,01', '--coordinates has 1 twice'],
      ['2022-01-05,2022-13-10', '--coordinates: 2022-13-10 is no date that exists'],
      ['2022-02-30,2022-13-10', '--coordinates: 2022-02-30 is no date that exists'],
      ['2022-01-05,20220110', '--coordinates: 20220110 is no date, and 2022-01-05 is a date'],
      ['1.5,2.O', '--coordinates: 2.O is no number, and 1.5 is a number'],
      ['1,', 'It is a value, or several with commas.'],
    ] as const) {
      const refused = await made.run(...sets, '--coordinates', list);
      expect(refused.exitCode).toBe(2);
      expect(refused.told).toContain(message);
    }
    const there = await made.run(
      'combine',
      'a.json',
      'b.json',
      '-o',
      'y.json',
      '--concat',
      'day',
      '--coordinates',
      '1,2',
    );
    expect(there.told).toContain('"day" has a coordinate in the sets already');
  });

  it('takes wildcards that the shell left in place', async () => {
    const made = sandbox();
    expect((await made.run('combine', '?.json', '-o', 'all.json', '--concat', 'day')).told).toContain('7 chunks');
    await made.run('convert', 'a.json', '-o', 'set.json');
    expect((await made.run('append', 'set.json', 'b.jso?', '--concat', 'day')).told).toContain('5 chunks');
    expect((await made.run('convert', 'al*.json', '-o', 'x.json')).told).toContain('7 chunks');
    expect((await made.run('convert', '?.json', '-o', 'y.json')).told).toContain(
      '4 sets fit ?.json, and one is taken at a time: a.json, b.json, ',
    );
    const { out } = await made.run('validate', 'al*', '--json', '--offline');
    expect(out).toContain('"file": "all.json"');
    expect((await made.run('validate', 'no*.json')).told).toBe('No file fits no*.json. Check the path.');
  });

  it('says of a set in parquet and zarr v3 what is wrong', async () => {
    const { exitCode, told } = await sandbox().run('convert', 'a.json', '-o', 'x.parq', '--zarr', '3');
    expect(exitCode).toBe(2);
    expect(told).toContain('--zarr 3 cannot be had in x.parq');
  });

  it('tells of append what it can do', async () => {
    const made = sandbox();
    await made.run('convert', 'b.json', '-o', 'b1.json', '--rename', 'red=blue');
    const { exitCode, told } = await made.run('append', 'a.json', 'b1.json', '--concat', 'day');
    expect(exitCode).toBe(2);
    expect(told).toContain('"red" is missing in b1.json');
    expect(told).toContain('kerchunk convert <set> -o <new set> --drop red');
  });
});

describe('templates and gen', () => {
  it('are written when asked for, and told', async () => {
    const made = sandbox();
    const url = 'https://data.example.org/a/long/way/to/the/file.nc';
    const refs = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`v/${at}`, [url, 100 + 2 * at, 2]]));
    writeFileSync(
      made.path('v.json'),
      JSON.stringify({
        version: 1,
        refs: { '.zgroup': { zarr_format: 2 }, 'v/.zarray': byteArray([80], [2]), ...refs },
      }),
    );
    const { told } = await made.run(
      'convert',
      'v.json',
      '-o',
      't.json',
      '--templates',
      '--template',
      'u=https://data.example.org/',
    );
    expect(withoutCode(told).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^1 template: \S+ bytes \(\d+ %\) less than the \S+ KiB of plain references\.$/u),
      'Lost: VirtualiZarr: it does not substitute templates.',
      'Lost: GDAL: it refuses templates.',
    ]);
    expect(read(made.path('t.json'))).toMatchObject({ templates: { u: 'https://data.example.org/' } });
    const gen = await made.run('convert', 't.json', '-o', 'g.json', '--gen', '--json');
    expect(JSON.parse(gen.out)).toMatchObject({ chunks: 40, shortened: { templates: 0, items: 1, generated: 40 } });
    expect(await made.run('diff', 'v.json', 'g.json')).toMatchObject({ exitCode: 0 });
    for (const output of [['x.parq'], ['x.json', '--form', 'json0']]) {
      const refused = await made.run('convert', 'v.json', '--gen', '-o', ...output);
      expect(refused.exitCode).toBe(2);
      expect(refused.told).toContain('Templates and gen stand in JSON of version 1 only');
    }
    expect((await made.run('convert', 'v.json', '-o', 'x.json', '--template', '1=x')).told).toContain(
      'is no name of a template',
    );
  });
});

describe('a folder as output', () => {
  it.each([
    [['convert', 'a.json', '-o', 'made/'], 'made/a.kerchunk.json'],
    [['convert', 'a.json', '-o', 'made/', '--form', 'json0'], 'made/a.kerchunk.json'],
    [['convert', 'a.json', '-o', 'there'], 'there/a.kerchunk.json'],
    [['combine', 'a.json', 'b.json', '--concat', 'day', '-o', 'made/'], 'made/combined.kerchunk.json'],
  ])('takes a file of JSON: %s', async (args, file) => {
    const made = sandbox();
    mkdirSync(made.path('there'));
    const { exitCode, told } = await made.run(...args);
    expect(exitCode, told).toBe(0);
    expect(told).toContain(file);
    expect(existsSync(made.path(file))).toBe(true);
    // Relative addresses are seen from the folder of the file.
    expect((await made.run('info', file)).out).toContain(made.path('data/a.bin'));
  });

  it('is named by the folder that a dot stands for', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'n.parq');
    mkdirSync(made.path('out'));
    const { told } = await made.run('convert', 'n.parq/.', '-o', 'out');
    expect(told).toContain('n.kerchunk.json');
  });

  it('is a set in parquet by its name, or where that form is asked for', async () => {
    const made = sandbox();
    for (const args of [['made.parq/'], ['made/', '--form', 'parquet']]) {
      expect(await made.run('convert', 'a.json', '-o', ...args)).toMatchObject({ exitCode: 0 });
    }
    expect(existsSync(made.path('made.parq/.zmetadata')) && existsSync(made.path('made/.zmetadata'))).toBe(true);
  });

  it('does not take the place of the set that is appended to, nor does this stand behind itself', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'in/');
    const before = readFileSync(made.path('in/a.kerchunk.json'), 'utf8');
    const append = ['append', 'in/a.kerchunk.json'];
    const inPlace = await made.run(...append, 'b.json', '--concat', 'day', '-o', 'in');
    expect(inPlace.told).toContain('In in the set would take the place of in/a.kerchunk.json itself.');
    const itself = await made.run(...append, 'in', '--concat', 'day');
    expect(itself.told).toContain('stands among these too');
    expect([inPlace.exitCode, itself.exitCode]).toEqual([2, 2]);
    expect(readFileSync(made.path('in/a.kerchunk.json'), 'utf8')).toBe(before);
  });

  it('does not take the place of the input', async () => {
    const made = sandbox();
    await made.run('convert', 'a.json', '-o', 'in/');
    const { exitCode, told } = await made.run('convert', 'in/a.kerchunk.json', '-o', 'in', '--nested');
    expect(exitCode).toBe(2);
    expect(told).toContain('In in the set would take the place of in/a.kerchunk.json itself.');
  });
});
