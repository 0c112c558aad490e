import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalInWords } from '../../../src/cli/refusal-text';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

/** References to the sample, in a folder of their own. */
async function references(): Promise<{ sandbox: Sandbox; refs: string }> {
  const sandbox = new Sandbox();
  const refs = sandbox.path('red.json');
  expect(await sandbox.run('generate', sample, '-o', refs)).toMatchObject({ exitCode: 0 });
  return { sandbox, refs };
}

describe('a refusal', () => {
  it.each([
    ['bit1.tif: its samples have 1 bit.', 'scenes/bit1.tif: not generated. Its samples have 1 bit.'],
    ['https://a.org/bit1.tif: There is none (404).', 'scenes/bit1.tif: not generated. There is none (404).'],
    ["Can't read /data/scenes/bit1.tif: no.", "Not generated: Can't read /data/scenes/bit1.tif: no."],
    ['It has no image.', 'scenes/bit1.tif: not generated. It has no image.'],
    ['bit1.tif, overview of 5 x 5: no.', 'scenes/bit1.tif: not generated. bit1.tif, overview of 5 x 5: no.'],
  ])('names its file once: %s', (message, line) => {
    expect(refusalInWords(['scenes/bit1.tif', 'https://a.org/bit1.tif', '/data/scenes/bit1.tif'], message)).toBe(line);
  });

  it('of an address that nothing reads leaves the other inputs to be generated', async () => {
    const sandbox = new Sandbox();
    const { exitCode, told } = await sandbox.run('generate', 'ftp://a.org/b.tif', sample, '-o', `${sandbox.folder}/`);
    expect(exitCode).toBe(2);
    expect(told).toContain("Not generated: Can't read ftp://a.org/b.tif. Nothing here reads ftp:");
    expect(told).toContain(`${sample} -> ${sandbox.path('red.kerchunk.json')}`);
  });

  it('of a file that is not there names it once', async () => {
    const sandbox = new Sandbox();
    const { told } = await sandbox.run('generate', sandbox.path('none.tif'));
    expect(told.match(/none\.tif/gu), told).toHaveLength(1);
    const validated = await sandbox.run('validate', 'none.json');
    expect(validated.told).toBe('none.json cannot be read: there is no such file or folder.');
  });
});

describe('a TIFF where validate expects references', () => {
  it.each([
    ['II*\0', 'little-endian'],
    ['MM\0*', 'big-endian'],
    ['II+\0', 'BigTIFF'],
    ['MM\0+', 'big-endian BigTIFF'],
  ])('is said to be one, with what to do: %j', async (text) => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('red.tif'), text);
    const words = 'This is a TIFF, not a reference file. Run kerchunk generate on it first';
    const validated = await sandbox.run('validate', 'red.tif');
    expect(validated.exitCode).toBe(1);
    expect(validated.out).toContain(`red.tif:1:1: error: ${words}`);
  });

  it('and any other text is refused by info in the words of validate', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('text.json'), 'hello');
    const [, message = ''] = /error: (.*) \[/u.exec((await sandbox.run('validate', 'text.json')).out) ?? [];
    expect(message).toBe('This is not JSON: "hello" stands where a value should.');
    expect((await sandbox.run('info', 'text.json')).told).toBe(
      `text.json: ${message.replace('JSON:', 'JSON: line 1, column 1:')}`,
    );
  });
});

describe('kerchunk chunk and read', () => {
  it('say of an array that it is one, and which keys its chunks have', async () => {
    const { sandbox, refs } = await references();
    const array = await sandbox.run('chunk', refs, 'red');
    expect(array).toMatchObject({ exitCode: 2 });
    expect(array.told).toBe('"red" is an array; name one of its chunks. Its chunks are red/0.0 to red/5.5.');
    expect((await sandbox.run('chunk', refs, '/x/')).told).toContain('It has one, x/0.');
    expect((await sandbox.run('chunk', refs, 'red/1')).told).toContain('has 2 dimensions. Its chunks are red/0.0 to');
    const none = await sandbox.run('chunk', refs, 'green/0.0');
    expect(none.told).toContain('belongs to no array');
    expect(none.told).toMatch(/The file holds: (?=.*\bred\b).*\bspatial_ref\b/u);
  });

  it('say what a picture is stretched to, which is what it shows', async () => {
    const { sandbox, refs } = await references();
    const { told } = await sandbox.run('chunk', refs, 'red/2.3', '-o', sandbox.path('chunk.png'));
    const [, low = '', high = ''] = /: ([\d.]+) and less are drawn darkest, ([\d.]+) and more/u.exec(told) ?? [];
    const account = JSON.parse((await sandbox.run('chunk', refs, 'red/2.3', '--json')).out) as {
      statistics: { minimum: number; maximum: number };
    };
    expect(Number(low)).toBeGreaterThan(account.statistics.minimum);
    expect(Number(high)).toBeLessThan(account.statistics.maximum);
    expect(Number(low)).toBeLessThan(Number(high));
  });

  it('say that a slice is cut where its axis ends', async () => {
    const { sandbox, refs } = await references();
    const cut = await sandbox.run('read', refs, 'red', '--slice', '1500:99999,0:10', '--json');
    expect(cut.told).toBe('The slice "1500:99999" of axis 0 is cut to 1500:1536, where the axis ends.');
    expect(JSON.parse(cut.out)).toMatchObject({ shape: [36, 10] });
    expect((await sandbox.run('read', refs, 'red', '--slice', '1500:1536', '--json')).told).toBe('');
  });
});

describe('usage', () => {
  it.each([
    [['generate'], 'kerchunk generate --help'],
    [['generate', 'a.tif', '--nope'], 'kerchunk generate --help'],
    [['info'], 'kerchunk info --help'],
    [['validate'], 'kerchunk validate --help'],
    [['chunk', 'a.json'], 'kerchunk chunk --help'],
    [['read', 'a.json'], 'kerchunk read --help'],
    [['nope'], 'kerchunk --help'],
  ])('that is wrong points to the help of the command: %j', async (args, help) => {
    const { exitCode, told } = await new Sandbox().run(...args);
    expect(exitCode).toBe(2);
    expect(told).toMatch(/^error: /u);
    expect(told).toContain(`(see: ${help})`);
  });

  it('says what options default to, what is replaced and what a slice may be', async () => {
    const help = async (command: string): Promise<string> =>
      (await new Sandbox().run(command, '--help')).out.replace(/\s+/gu, ' ');
    const generate = await help('generate');
    expect(generate).toContain('an existing reference file is replaced');
    expect(generate).toContain('by default 1, and 0 for the preset notebook');
    expect(generate).toContain('else band_data');
    expect(await help('read')).toContain('-100: is the last 100, 5 one index; axes not named are whole');
    expect(await help('chunk')).toContain('percentile 2 to 98');
  });
});

describe('kerchunk validate', () => {
  it('names a target that could not be looked at once', async () => {
    const sandbox = new Sandbox();
    const copy = sandbox.path('gone.tif');
    copyFileSync(sample, copy);
    const target = `file://${sandbox.path('lost.tif')}`;
    await sandbox.run('generate', copy, '-o', 'refs.json', '--preset', 'notebook', '--url', target);
    const { out } = await sandbox.run('validate', 'refs.json');
    const [, reason = ''] = /could not be looked at \((.*?)\)\. /u.exec(out) ?? [];
    expect(reason).toBe(
      `Can't read ${sandbox.path('lost.tif')}: there is no such file. Check the path, and whether the file was moved`,
    );
  });
});
