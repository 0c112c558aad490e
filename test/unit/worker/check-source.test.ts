import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import { MemorySource } from '../../../src/bytes/memory';
import type { ByteSource, SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { generateReferences } from '../../../src/generate/generate';
import { describeTiff } from '../../../src/tiff/describe';
import type { FromWorker } from '../../../src/worker/messages';
import { readTestAsset } from '../assets';
import { clientHere, jsonLosses, textBuffer } from './harness';

const sample = new Uint8Array(readFileSync(path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif')));
provideAssets(readTestAsset);

const url = 'https://data.example.org/red.tif';

async function moved(): Promise<string> {
  const tiff = await describeTiff(new MemorySource(url, sample));
  const options = { preset: 'portable', targetUrl: url, overviews: false, coordinates: false } as const;
  const { text } = await generateReferences(tiff, options);
  return text.replace(/("red\/1\.1": ?\["[^"]*", ?)(\d+)/u, (_, start: string, offset: string) => {
    return `${start}${Number(offset) + 1}`;
  });
}

/** Opens the sample; the first `failures` reads fail with `code`. */
function openerOf(failures = 0, code: KerchunkError['code'] = 'fetch-failed'): SourceOpener {
  let left = failures;
  return {
    open: (address) => {
      const source = new MemorySource(address, sample);
      const read: ByteSource['read'] = async (offset, length) => {
        left -= 1;
        if (left >= 0) throw new KerchunkError(code, 'red.tif changed since it was first read.');
        return source.read(offset, length);
      };
      return {
        url: address,
        read,
        size: () => source.size(),
        validator: () => {
          source.validator();
        },
      };
    },
  };
}

async function check(opener: SourceOpener) {
  const received: FromWorker[] = [];
  const client = clientHere(opener, [], received);
  const progress: string[] = [];
  await client.request('open', { document: 'd', text: textBuffer(await moved()), url: null });
  const result = await client.request(
    'checkSource',
    { document: 'd' },
    { onProgress: (message) => void progress.push(message) },
  );
  const asked = received.flatMap((message) => (message.type === 'wantBytes' ? [message.afresh] : []));
  return { result, progress, asked };
}

describe('a check against the source in the worker', () => {
  it('gives grouped findings with their places, and what it cost, and tells how far it is', async () => {
    const { result, progress } = await check(openerOf());
    expect(result).toMatchObject({
      arrays: 1,
      compared: 36,
      decoded: 4,
      needPermission: [],
      groups: [{ code: 'source/moved', severity: 'error', path: 'red', count: 1, samples: [{ key: 'red/1.1' }] }],
    });
    expect(result.groups[0]?.range.line).toBeGreaterThan(1);
    expect(result.reads).toBeGreaterThan(1);
    expect(result.bytes).toBeGreaterThan(65_536);
    expect(jsonLosses(result)).toEqual([]);
    expect(progress[0]).toBe(`red: reading the headers of ${url}`);
  });

  it('reads the TIFF as it is now, by its first request alone', async () => {
    const { asked } = await check(openerOf());
    expect(asked.length).toBeGreaterThan(1);
    expect(asked).toEqual(asked.map((_, at) => at === 0));
  });

  it('reads once more what failed, since the host lets go of a file that has changed', async () => {
    expect((await check(openerOf(1))).result.groups.map(({ code }) => code)).toEqual(['source/moved']);
    expect((await check(openerOf(2))).result.groups.map(({ code }) => code)).toEqual(['source/not-fetched']);
  });

  it('names the files that the user has not allowed to be read', async () => {
    const { result } = await check(openerOf(1, 'needs-permission'));
    expect(result.needPermission).toEqual([url]);
    expect(result.groups.map(({ code }) => code)).toEqual(['source/not-fetched']);
  });

  it('stops where nobody waits any more', async () => {
    const client = clientHere(openerOf());
    await client.request('open', { document: 'd', text: textBuffer(await moved()), url: null });
    const cancel = new AbortController();
    const checking = client.request('checkSource', { document: 'd' }, { signal: cancel.signal });
    cancel.abort();
    await expect(checking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
