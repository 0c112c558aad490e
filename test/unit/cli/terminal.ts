import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { provideAssets } from '../../../src/assets';
import { fileTarget } from '../../../src/bytes/file-url';
import { run } from '../../../src/cli/program';
import type { Terminal } from '../../../src/cli/terminal';
import { KerchunkError } from '../../../src/errors';
import { readTestAsset } from '../assets';

/** What a run of the command line left behind. */
export interface Run {
  exitCode: number;
  out: string;
  told: string;
}

/** A folder of its own for a test, and the command line run in it. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'kerchunk-cli-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  async run(...args: string[]): Promise<Run> {
    provideAssets(readTestAsset);
    const out: string[] = [];
    const told: string[] = [];
    const terminal: Terminal = {
      print: (text) => void out.push(typeof text === 'string' ? text : new TextDecoder().decode(text)),
      tell: (text) => void told.push(text),
      readFile: async (path) => {
        try {
          return await readFile(path);
        } catch (error) {
          throw new KerchunkError('fetch-failed', `${path} cannot be read.`, { cause: error });
        }
      },
      writeFile: async (path, content) => {
        await writeFile(`${path}.tmp`, content);
        await rename(`${path}.tmp`, path);
      },
      isFolder: async (path) => (await stat(path).catch(() => undefined))?.isDirectory() === true,
      makeFolder: async (path) => {
        await mkdir(path, { recursive: true });
      },
      absolute: (path) => resolve(this.folder, path),
      join,
      folderOf: dirname,
      fileUrl: (path) => fileTarget(resolve(this.folder, path)),
      signal: new AbortController().signal,
    };
    const exitCode = await run(args, terminal, '0.0.0');
    return { exitCode, out: out.join(''), told: told.join('\n') };
  }
}
