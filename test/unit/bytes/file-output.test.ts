import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileInPieces, writeFolderInPieces } from '../../../src/bytes/file-output.node';
import type { ByteSink } from '../../../src/bytes/sink';

const bytes = (text: string) => new TextEncoder().encode(text);
const live = () => new AbortController().signal;

function place(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kerchunk-output-'));
  return { folder, path: join(folder, name), shown: name };
}

describe('writeFileInPieces', () => {
  it('has the file under its name when all is written, and nothing else', async () => {
    const output = place('a.json');
    await writeFileInPieces(output, live(), async (sink) => {
      await sink.write(bytes('one '));
      expect(readdirSync(output.folder)).not.toContain('a.json');
      await sink.write(bytes('two'));
    });
    expect(readdirSync(output.folder)).toEqual(['a.json']);
    expect(readFileSync(output.path, 'utf8')).toBe('one two');
  });

  it('leaves what was there where it fails or is cancelled', async () => {
    const output = place('a.json');
    writeFileSync(output.path, 'before');
    const cancel = new AbortController();
    const failing = async (sink: ByteSink) => {
      await sink.write(bytes('half'));
      throw new Error('no more');
    };
    await expect(writeFileInPieces(output, cancel.signal, failing)).rejects.toThrow('no more');
    const stopped = async (sink: ByteSink) => {
      await sink.write(bytes('half'));
      cancel.abort();
    };
    await expect(writeFileInPieces(output, cancel.signal, stopped)).rejects.toThrow('Cancelled; nothing was written.');
    expect(readdirSync(output.folder)).toEqual(['a.json']);
    expect(readFileSync(output.path, 'utf8')).toBe('before');
  });

  it('says which file cannot be written, and why', async () => {
    const output = place('none/a.json');
    await expect(writeFileInPieces(output, live(), () => Promise.resolve())).rejects.toThrow(
      'none/a.json cannot be written: the folder that is to hold it does not exist. Create it first.',
    );
  });
});

describe('writeFolderInPieces', () => {
  it('replaces a folder as a whole', async () => {
    const output = place('set.parq');
    await mkdir(join(output.path, 'old'), { recursive: true });
    await writeFolderInPieces(output, live(), async (folder) => {
      await folder.file('.zmetadata', (sink) => sink.write(bytes('{}')));
      await folder.file('a/b/refs.0.parq', (sink) => sink.write(bytes('PAR1')));
    });
    expect(readdirSync(output.folder)).toEqual(['set.parq']);
    expect(readdirSync(output.path, { recursive: true }).sort()).toEqual([
      '.zmetadata',
      'a',
      join('a', 'b'),
      join('a', 'b', 'refs.0.parq'),
    ]);
    expect(readFileSync(join(output.path, 'a/b/refs.0.parq'), 'utf8')).toBe('PAR1');
  });

  it('leaves the folder that was there where it fails', async () => {
    const output = place('set.parq');
    await mkdir(join(output.path, 'old'), { recursive: true });
    const failing = async () => {
      await Promise.resolve();
      throw new Error('no more');
    };
    await expect(writeFolderInPieces(output, live(), failing)).rejects.toThrow('no more');
    expect(readdirSync(output.folder)).toEqual(['set.parq']);
    expect(readdirSync(output.path)).toEqual(['old']);
  });
});

describe.skipIf(process.platform === 'win32')('what stands at the place', () => {
  const write = (path: string, text: string) =>
    writeFileInPieces({ path, shown: path }, live(), (sink) => sink.write(bytes(text)));

  it('stays a link, and keeps its permissions', async () => {
    const { folder } = place('');
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/real.json'), 'old');
    chmodSync(join(folder, 'elsewhere/real.json'), 0o600);
    symlinkSync('elsewhere/real.json', join(folder, 'second.json'));
    symlinkSync(join(folder, 'second.json'), join(folder, 'link.json'));
    await write(join(folder, 'link.json'), 'new');
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(folder, 'second.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'elsewhere/real.json'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'elsewhere/real.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['real.json']);
  });

  it('is made where a link points at nothing, and refused where links go round', async () => {
    const { folder } = place('');
    symlinkSync('new.json', join(folder, 'link.json'));
    await write(join(folder, 'link.json'), 'new');
    expect(readFileSync(join(folder, 'new.json'), 'utf8')).toBe('new');
    symlinkSync('b.json', join(folder, 'a.json'));
    symlinkSync('a.json', join(folder, 'b.json'));
    await expect(write(join(folder, 'a.json'), 'new')).rejects.toMatchObject({ code: 'write-failed' });
    expect(lstatSync(join(folder, 'a.json')).isSymbolicLink()).toBe(true);
  });

  it('stays a link to a folder too', async () => {
    const { folder } = place('');
    mkdirSync(join(folder, 'real.parq'), { mode: 0o750 });
    symlinkSync('real.parq', join(folder, 'link.parq'));
    await writeFolderInPieces({ path: join(folder, 'link.parq'), shown: 'link.parq' }, live(), (output) =>
      output.file('a', (sink) => sink.write(bytes('x'))),
    );
    expect(lstatSync(join(folder, 'link.parq')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, 'real.parq'))).toEqual(['a']);
    expect(statSync(join(folder, 'real.parq')).mode & 0o777).toBe(0o750);
  });
});
