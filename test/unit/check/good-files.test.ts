import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/bytes/memory';
import { checkSource } from '../../../src/check/check-source';
import { KerchunkError } from '../../../src/errors';
import { generateReferences } from '../../../src/generate/generate';
import { parseReferences } from '../../../src/references/parse';
import { describeTiff } from '../../../src/tiff/describe';
import { corpus, hasCorpus, inShort } from './harness';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');

/** The rows of each tile below the image are left out, which no header tells; and what is said to be JPEG 2000 is none. */
const damaged = /(contig_tiled|unsupported_codec_jp2000)\.tif$/u;

/** Files that the generator takes for the first time or not at all count as neither. */
async function checkAll(folder: string, names: readonly string[]) {
  const found: [string, unknown][] = [];
  const counts = { files: 0, compared: 0, decoded: 0 };
  for (const name of names) {
    const url = `https://data.example.org/${encodeURIComponent(name)}`;
    const source = new MemorySource(url, new Uint8Array(readFileSync(path.join(folder, name))));
    const opener = { open: () => source };
    try {
      const options = { preset: 'portable', targetUrl: url, overviews: true, coordinates: true } as const;
      const { text } = await generateReferences(await describeTiff(source), options);
      const bytes = new TextEncoder().encode(text);
      const result = await checkSource(parseReferences(bytes), bytes, { opener });
      counts.files += 1;
      counts.compared += result.compared;
      counts.decoded += result.decoded;
      if (result.groups.length > 0) found.push([name, inShort(result.groups)]);
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
    }
  }
  return { found, counts };
}

function tiffsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.g?tiff?$/iu.test(name));
}

describe('references that the generator writes', () => {
  it.each(['tiffs', 'tiff'])('agree with every fixture of %s', { timeout: 120_000 }, async (folder) => {
    const { found, counts } = await checkAll(path.join(fixtures, folder), tiffsBelow(path.join(fixtures, folder)));
    expect(found).toEqual([]);
    expect(counts.files).toBeGreaterThan(40);
    expect(counts.decoded).toBeGreaterThan(counts.files);
  });

  it.runIf(hasCorpus)("agree with other people's TIFFs", { timeout: 120_000 }, async () => {
    const { found, counts } = await checkAll(corpus, tiffsBelow(corpus));
    expect(found.filter(([name]) => !damaged.test(name))).toEqual([]);
    for (const [, findings] of found) expect(findings).toMatchObject([{ code: 'source/damaged' }]);
    expect(counts.files).toBeGreaterThan(60);
  });
});
