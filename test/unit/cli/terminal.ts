import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideAssets } from '../../../src/assets';
import { filesOnDisk } from '../../../src/cli/files';
import { run } from '../../../src/cli/program';
import type { Terminal } from '../../../src/cli/terminal';
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
      ...filesOnDisk(this.folder, new AbortController().signal),
    };
    const exitCode = await run(args, terminal, '0.0.0');
    return { exitCode, out: out.join(''), told: told.join('\n') };
  }
}

/** Lines of what `validate` prints, but for those on what readers make of a file, and on how much of the grids is there. */
export function findingLines(out: string): string[] {
  return out
    .trimEnd()
    .split('\n')
    .filter((line) => !/^[^:]*: (?:fsspec|xarray|VirtualiZarr|GDAL|zarrita|[\d,]+ chunks? in the grids?)/u.test(line));
}
