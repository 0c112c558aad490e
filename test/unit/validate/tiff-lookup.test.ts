import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/bytes/memory';
import type { SourceOpener } from '../../../src/bytes/source';
import { ChangedFileError, KerchunkError } from '../../../src/errors';
import { parseReferences } from '../../../src/references/parse';
import { type KnownTiffs, TiffLookup } from '../../../src/validate/tiff-lookup';
import { byteArray } from '../../support/zarray';

const zarray = byteArray([4], [2]);
const sample = readFileSync(new URL('../../fixtures/sample/red.tif', import.meta.url));

function lookup(target: string, open: (url: string) => Uint8Array, known: KnownTiffs = new Map()) {
  const text = JSON.stringify({ '.zgroup': '{}', 'a/.zarray': zarray, 'a/0': [target, 649398, 32690] });
  const set = parseReferences(new TextEncoder().encode(text), { url: 'https://x.org/files/references.json' });
  const opened: string[] = [];
  const opener: SourceOpener = {
    open: (url) => {
      opened.push(url);
      return new MemorySource(url, open(url));
    },
  };
  const behind = () => new TiffLookup(set, opener, undefined, known).behind(set.array('a'));
  return { behind, opened, known };
}

describe('TiffLookup', () => {
  it('resolves a relative target against the folder of the reference file, and finds the image that holds the chunk', async () => {
    const { behind, opened } = lookup('red.tif', () => sample);
    expect(await behind()).toMatchObject({ kind: 'tiff', url: 'red.tif', image: { predictor: 2 } });
    expect(opened).toEqual(['https://x.org/files/red.tif']);
  });

  it('reads no file again that is known', async () => {
    const { behind, opened } = lookup('red.tif', () => sample);
    await behind();
    expect(await behind()).toMatchObject({ kind: 'tiff' });
    const other = lookup('notes.txt', () => new Uint8Array(100));
    expect([await other.behind(), await other.behind()]).toMatchObject([{ kind: 'other' }, { kind: 'other' }]);
    expect([opened.length, other.opened.length]).toEqual([1, 1]);
  });

  it('tries again what failed, in another lookup', async () => {
    let fails = true;
    const { behind } = lookup('red.tif', (url) => {
      if (fails) throw new KerchunkError('fetch-failed', `${url} gave 503.`);
      return sample;
    });
    expect(await behind()).toMatchObject({ kind: 'unknown', reason: 'https://x.org/files/red.tif gave 503' });
    fails = false;
    expect(await behind()).toMatchObject({ kind: 'tiff' });
  });

  it('looks once more at a file that is another than the one its opener knew', async () => {
    const failures = [new ChangedFileError('red.tif changed since it was first read.')];
    const { behind, opened } = lookup('red.tif', () => {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return sample;
    });
    expect(await behind()).toMatchObject({ kind: 'tiff', image: { predictor: 2 } });
    expect(opened).toHaveLength(2);
  });

  it('gives up on a file that changes again and again', async () => {
    const { behind, opened } = lookup('red.tif', () => {
      throw new ChangedFileError('https://x.org/files/red.tif changed since it was first read.');
    });
    expect(await behind()).toMatchObject({ kind: 'unknown', code: 'fetch-failed' });
    expect(opened).toHaveLength(2);
  });
});
