import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemorySink } from '../../../src/bytes/sink';
import { folderOnDisk } from '../../../src/cli/folder.node';
import { diffManifests, isEmptyDiff } from '../../../src/combine/diff';
import { absoluteUrls, mapUrls } from '../../../src/combine/urls';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import type { Manifest } from '../../../src/manifest/types';
import { writeJson } from '../../../src/manifest/write-json';
import { writeParquet } from '../../../src/manifest/write-parquet';
import { ParquetReferences } from '../../../src/references/parquet/parquet-references';
import { parseReferences } from '../../../src/references/parse';
import { memoryFolder, writtenFolder } from '../../support/folder';
import { byteArray } from '../../support/zarray';

/** Reference files that others wrote, which are not shipped with the project. */
const corpus = process.env.KERCHUNK_CORPUS ?? join(import.meta.dirname, '../../../../shared/corpus');
const isThere = existsSync(join(corpus, 'refs'));
if (!isThere) console.log(`Other people's reference files are not at ${corpus}: their tests do not run.`);

/** Files that are no reference sets, and why. */
const NO_SETS: Record<string, string> = {
  'array-of-documents.json': 'a JSON list',
  'gdal-v1-min.json': 'a comma with nothing after it',
};

async function open(path: string): Promise<Manifest> {
  const url = `file://${path}`;
  if (path.endsWith('.json')) {
    return manifestOfReferences(parseReferences(new Uint8Array(readFileSync(path)), { url }));
  }
  const references = await ParquetReferences.open(folderOnDisk(path), `${url}/.zmetadata`);
  return manifestOfReferences(await references.load());
}

async function throughJson(manifest: Manifest, version: 0 | 1): Promise<Manifest> {
  const sink = new MemorySink();
  await writeJson(manifest, sink, { version });
  return manifestOfReferences(parseReferences(sink.take()));
}

async function throughParquet(manifest: Manifest): Promise<Manifest> {
  const folder = writtenFolder();
  await writeParquet(manifest, folder, { recordSize: 1000 });
  const references = await ParquetReferences.open(memoryFolder(folder.files));
  return manifestOfReferences(await references.load());
}

const paths = (folder: string, ending: string): string[] =>
  isThere
    ? readdirSync(join(corpus, folder))
        .filter((name) => name.endsWith(ending))
        .map((name) => join(corpus, folder, name))
    : [];

describe.skipIf(!isThere).each([...paths('refs', '.json'), ...paths('parquet', '')])('%s', (path) => {
  const reason = NO_SETS[basename(path)];

  it.skipIf(reason !== undefined)(
    'is the same set in every form',
    async () => {
      const manifest = await open(path);
      for (const version of [0, 1] as const) {
        const diff = await diffManifests(manifest, await throughJson(manifest, version));
        expect(diff).toMatchObject({ lost: [], added: [], changed: [] });
        expect(isEmptyDiff(diff)).toBe(true);
      }
      // Relative addresses are not written in parquet.
      const absolute = mapUrls(manifest, absoluteUrls(`file://${path}`));
      expect(isEmptyDiff(await diffManifests(absolute, await throughParquet(absolute)))).toBe(true);
    },
    120_000,
  );

  it.runIf(reason !== undefined)('is none, which is told', async () => {
    await expect(open(path)).rejects.toThrow(reason);
  });
});

describe('a gen that would explode', () => {
  const item = (dimensions: object) => ({
    version: 1,
    gen: [{ key: 'a/{{i}}', url: 'file:///a', offset: '{{i}}', length: '1', dimensions }],
    refs: {
      'a/.zarray': JSON.stringify(byteArray([1e12], [1])),
    },
  });

  it.each([
    ['10^12 keys', { i: { stop: 1e12 } }],
    ['a step of 0', { i: { start: 0, stop: 5, step: 0 } }],
  ])('of %s is refused at once', (_what, dimensions) => {
    const set = parseReferences(new TextEncoder().encode(JSON.stringify(item(dimensions))));
    expect(() => manifestOfReferences(set)).toThrow(/an item of "gen" was not evaluated/u);
  });
});
