import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createOpener } from '../../../src/bytes/open';
import { describeError } from '../../../src/errors';
import { generateFromSource } from '../../../src/generate/from-source';
import { tightCopy } from '../../../src/tight';
import { filesOnDisk } from '../../../src/cli/files';
import { clientHere } from '../worker/harness';

const root = path.resolve(import.meta.dirname, '../../..');
const program = path.join(root, 'dist/cli.js');
const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(root, '../shared/corpus');
const folder = path.join(corpus, 'hostile');
const present = existsSync(folder) && existsSync(program);
if (!present)
  console.log(`malformed public TIFFs are not run through the command line: ${folder} or ${program} is absent`);

const MAX_SECONDS = 2;
const MAX_KIB = 512 * 1024;
/** Chunks of a file that are read in a process of their own; the editor's way reads all. */
const MAX_PROCESSES = 4;

/** Files of which rasterio reads every pixel that is referenced, and how many chunks have a reference. */
const WHOLE = new Map([
  ['cog_sparse_strile_arrays_zeroified_when_possible.tif', 3],
  ['one_strip_nobytecount.tif', 1],
  ['stripbytecounts_count_not_same_as_stripoffsets_count.tif', 1],
  // Its strips stand where they should; only their lengths are nonsense.
  ['fuzz_id=000019,sig=06,src=000001,op=havoc,rep=8', 1],
]);

/** Files with sound headers and damaged pixels, and how many of their chunks rasterio cannot read either. */
const DAMAGED = new Map([
  ['byte_buggy_packbits.tif', 1],
  ['byte_truncated.tif', 1],
  ['byte_zstd_corrupted2.tif', 1],
  ['fuzz_id=000043,sig=06,src=000181,op=havoc,rep=2', 2],
  ['fuzz_sample-get-lzw-stuck.tiff', 3],
  ['tiled_bad_offset.tif', 1],
]);

interface Outcome {
  exitCode: number | null;
  told: string;
  /** Of processor time. */
  seconds: number;
  kib: number;
}

const sandbox = mkdtempSync(path.join(tmpdir(), 'kerchunk-hostile-'));

/** Runs the built command line in a process of its own, killed after 20 seconds. */
function runProgram(...args: string[]): Promise<Outcome> {
  const usage = path.join(sandbox, 'usage');
  rmSync(usage, { force: true });
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(path.join(root, 'test/support/usage.mjs')).href, program, ...args],
    { env: { ...process.env, KERCHUNK_USAGE_FILE: usage }, stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000 },
  );
  let told = '';
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const { seconds, kib } = JSON.parse(readFileSync(usage, 'utf8')) as Pick<Outcome, 'seconds' | 'kib'>;
      resolve({ exitCode, told: told.trim(), seconds, kib });
    });
  });
}

function expectBounded({ seconds, kib }: Outcome): void {
  expect(seconds).toBeLessThan(MAX_SECONDS);
  expect(kib).toBeGreaterThan(0);
  expect(kib).toBeLessThan(MAX_KIB);
}

/** A failure must say one thing, in one line, in words. */
function expectOneMessage({ exitCode, told }: Outcome): void {
  expect(exitCode).toBe(2);
  expect(told).toMatch(/^[^\n]{20,600}$/u);
  expect(told).not.toMatch(/undefined|NaN|\[object|DataView|RangeError|\bat .*\.js|Infinity/u);
}

interface Written {
  refs: Record<string, unknown>;
}

function chunkKeys(file: string): string[] {
  const { refs } = JSON.parse(readFileSync(file, 'utf8')) as Written;
  return Object.keys(refs).filter((key) => /^band_data\/[\d.]+$/u.test(key));
}

interface Row {
  file: string;
  from: string;
  message: string;
  seconds: number;
  mib: number;
}
const rows: Row[] = [];

function addRow(file: string, from: string, message: string, ...outcomes: Outcome[]): void {
  rows.push({
    file,
    from,
    message,
    seconds: Math.max(...outcomes.map(({ seconds }) => seconds)),
    mib: Math.max(...outcomes.map(({ kib }) => kib)) / 1024,
  });
}

function writeTable(): void {
  const results = path.join(root, 'test-results');
  const cells = rows.map(({ file, from, message, seconds, mib }) =>
    [
      `\`${file}\``,
      from,
      message.replaceAll(folder, '').replaceAll('|', '\\|'),
      seconds.toFixed(2),
      mib.toFixed(0),
    ].join(' | '),
  );
  mkdirSync(results, { recursive: true });
  writeFileSync(
    path.join(results, 'hostile.md'),
    ['file | from | message | seconds | MiB', '--- | --- | --- | --- | ---', ...cells, ''].join('\n'),
  );
}

/** The same work as the editor does it: headers read here, references and chunks made in the worker. */
async function inEditor(file: string): Promise<{ refused: string } | { failed: string[]; chunks: number }> {
  const { fileUrl } = filesOnDisk(sandbox, new AbortController().signal);
  const opener = createOpener({});
  const client = clientHere(opener);
  try {
    const { text } = await generateFromSource(
      () => opener.open(fileUrl(file)),
      { preset: 'portable', targetUrl: fileUrl(file), overviews: false, coordinates: true },
      {
        generate: async (tiff, options, strips) => {
          const stored = strips.map(({ offset, bytes }) => ({ offset, bytes: tightCopy(bytes) }));
          const generated = await client.request('generate', { tiff, options, strips: stored, file: 'out.json' });
          return { text: generated.text, account: { ...generated.account, xarrayCode: () => generated.code } };
        },
      },
    );
    const encoded = new Uint8Array(new TextEncoder().encode(text)).buffer;
    await client.request('open', { document: 'd', text: encoded, url: null });
    const keys = Object.keys((JSON.parse(text) as Written).refs).filter((key) => /^band_data\/[\d.]+$/u.test(key));
    const failed: string[] = [];
    for (const key of keys) {
      const indices = key.slice('band_data/'.length).split('.').map(Number);
      const { outcome } = await client.request('chunk', { document: 'd', path: 'band_data', indices });
      if (outcome.kind === 'failed') failed.push(outcome.message);
      else expect(outcome.kind).toBe('values');
    }
    return { failed, chunks: keys.length };
  } catch (error) {
    return { refused: describeError(error, 'fetch-failed').message };
  }
}

describe.runIf(present)('malformed public TIFFs through the built command line, and as the editor reads them', () => {
  const names = present ? readdirSync(folder).sort() : [];
  afterAll(() => {
    writeTable();
    rmSync(sandbox, { recursive: true, force: true });
  });

  it('are all there', () => {
    expect(names).toHaveLength(77);
  });

  it.each(names)('%s', { timeout: 60_000 }, async (name) => {
    const file = path.join(folder, name);
    const output = path.join(sandbox, `${names.indexOf(name)}.json`);
    const generated = await runProgram('generate', file, '-o', output);
    expectBounded(generated);
    const editor = await inEditor(file);
    if (generated.exitCode !== 0) {
      expectOneMessage(generated);
      expect(existsSync(output)).toBe(false);
      expect(WHOLE.has(name) || DAMAGED.has(name)).toBe(false);
      // The command line names the file first, and begins what follows with a capital.
      expect(editor).toHaveProperty('refused');
      if ('refused' in editor)
        expect(generated.told.toLowerCase()).toContain(editor.refused.replace(/^[^:]*: /u, '').toLowerCase());
      addRow(name, 'generate', generated.told, generated);
      return;
    }
    const keys = chunkKeys(output);
    const chunks: Outcome[] = [];
    for (const key of keys.slice(0, MAX_PROCESSES)) {
      const chunk = await runProgram('chunk', output, key);
      expectBounded(chunk);
      if (chunk.exitCode !== 0) expectOneMessage(chunk);
      chunks.push(chunk);
    }
    const failures = chunks.filter(({ exitCode }) => exitCode !== 0);
    expect(editor).toEqual({ chunks: keys.length, failed: failures.map(({ told }) => told) });
    expect(failures).toHaveLength(DAMAGED.get(name) ?? 0);
    if (WHOLE.has(name)) expect(keys).toHaveLength(WHOLE.get(name) ?? 0);
    const words = failures[0]?.told ?? 'none: all chunks are read';
    addRow(
      name,
      failures.length > 0 ? `chunk (${failures.length} of ${keys.length})` : 'chunk',
      words,
      generated,
      ...chunks,
    );
  });
});
