import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Sandbox } from './terminal';

const sample = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif'));
const asked = new Set<string>();

/** Answers every request for a range with that of the sample, whatever the address. */
const answer: typeof fetch = (input, init) => {
  asked.add(input instanceof Request ? input.url : String(input));
  const [, first = 0, last = 0] = /^bytes=(\d+)-(\d+)$/u.exec(new Headers(init?.headers).get('range') ?? '') ?? [];
  const end = Math.min(Number(last) + 1, sample.length);
  const headers = { 'content-range': `bytes ${first}-${end - 1}/${sample.length}` };
  return Promise.resolve(new Response(sample.subarray(Number(first), end), { status: 206, headers }));
};

afterEach(() => {
  vi.unstubAllGlobals();
  asked.clear();
});

/** Every address that the references to an input carry. */
async function targetsOf(...args: string[]): Promise<Set<unknown>> {
  vi.stubGlobal('fetch', answer);
  const { out, told, exitCode } = await new Sandbox().run('generate', ...args, '-o', '-');
  expect(exitCode, told).toBe(0);
  const { refs } = JSON.parse(out) as { refs: Record<string, unknown> };
  const { kerchunk_source } = JSON.parse(String(refs['.zattrs'])) as { kerchunk_source: { url: string }[] };
  const targets = Object.values(refs).flatMap((value) => (Array.isArray(value) ? [value[0] as unknown] : []));
  expect(targets).toHaveLength(34);
  return new Set([...targets, ...kerchunk_source.map(({ url }) => url)]);
}

describe('the address in references', () => {
  it.each([
    ['s3://bucket/a b/red.tif', 'https://bucket.s3.amazonaws.com/a%20b/red.tif'],
    ['gs://bucket/red.tif', 'https://storage.googleapis.com/bucket/red.tif'],
    ['az://account/container/red.tif', 'https://account.blob.core.windows.net/container/red.tif'],
    ['https://example.org/red.tif?v=1', 'https://example.org/red.tif?v=1'],
  ])('of %s is its public https form', async (input, target) => {
    expect(await targetsOf(input)).toEqual(new Set([target]));
    expect(asked).toEqual(new Set([target]));
  });

  it('is what --url says, as it is written', async () => {
    const url = 's3://bucket/a b/red.tif';
    expect(await targetsOf('https://example.org/red.tif', '--url', url)).toEqual(new Set([url]));
    expect(asked).toEqual(new Set(['https://example.org/red.tif']));
  });
});
