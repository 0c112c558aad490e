import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideAssets } from '../../src/assets';
import { MemorySource } from '../../src/bytes/memory';
import type { SourceOpener } from '../../src/bytes/source';
import { decodeChunk } from '../../src/codecs/decode';
import { KerchunkError } from '../../src/errors';
import { generateReferences } from '../../src/generate/generate';
import { readChunk } from '../../src/read/chunk';
import type { JsonObject } from '../../src/json';
import { parseJson, parseReferences } from '../../src/references/parse';
import { describeTiff } from '../../src/tiff/describe';
import { validateText } from '../../src/validate/validate';
import { parseChunkKey } from '../../src/zarr/grid';
import { parseZarrayV2 } from '../../src/zarr/v2';
import { mutate, Random } from './random';

const address = 'memory:fuzz.tif';
const folder = process.env.KERCHUNK_FIXTURES ?? join(process.cwd(), 'test/fixtures');
provideAssets((name) => Promise.resolve(readFileSync(join(folder, '../../dist/assets', name))));

const tiffs = readdirSync(join(folder, 'tiffs'))
  .filter((name) => name.endsWith('.tif'))
  .sort()
  .map((name) => readFileSync(join(folder, 'tiffs', name)));
const options = { preset: 'portable', targetUrl: address, overviews: true, coordinates: true } as const;

/** Runs one case; what it throws beyond KerchunkError is a fault. */
export type Target = (random: Random) => Promise<void>;

/** A damaged TIFF is described and turned into references, and the first chunk of each array is read. */
const tiff: Target = async (random) => {
  const source = new MemorySource(address, mutate(random.pick(tiffs), random));
  const opener: SourceOpener = { open: () => source };
  await expectKnownFailure(async () => {
    const { text } = await generateReferences(await describeTiff(source), options);
    const set = parseReferences(new TextEncoder().encode(text));
    for (const path of set.arrayPaths()) {
      const array = set.array(path);
      for (const key of set.chunkKeys(path)) {
        const indices = parseChunkKey(array, key.slice(path.length + 1));
        if (indices !== undefined) await expectKnownFailure(() => readChunk(set, array, indices, opener, {}));
        break;
      }
    }
  });
};

/** Damaged reference JSON is read and validated. */
const references: Target = async (random) => {
  const source = new MemorySource(address, random.pick(tiffs));
  let text: Uint8Array | undefined;
  await expectKnownFailure(async () => {
    text = new TextEncoder().encode((await generateReferences(await describeTiff(source), options)).text);
  });
  if (text === undefined) return;
  const damaged = mutate(text.length > 20_000 ? text.slice(0, 20_000) : text, random);
  await expectKnownFailure(() => validateText(damaged));
};

/** Bytes without any structure. */
const noise: Target = async (random) => {
  const bytes = Uint8Array.from({ length: random.below(4096) }, () => random.below(256));
  if (random.below(2) === 0) bytes.set([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0].slice(0, bytes.length));
  await expectKnownFailure(() => describeTiff(new MemorySource(address, bytes)));
  await expectKnownFailure(() => validateText(bytes));
};

/** A chunk as the fixtures of the codecs hold it. */
interface StoredChunk {
  chunks: number[];
  dtype?: string;
  order?: string;
  compressor?: JsonObject;
  filters?: JsonObject[];
  stored: string;
}

const chunks = ['cases.json', 'numcodecs.json', 'objects.json'].flatMap((name) => {
  const file = parseJson(readFileSync(join(folder, 'codecs', name))) as unknown as
    StoredChunk[] | { cases: StoredChunk[] };
  return Array.isArray(file) ? file : file.cases;
});

/** A damaged chunk of some codec is decoded. */
const codecs: Target = async (random) => {
  const { chunks: shape, dtype = '|O', order = 'C', compressor = null, filters = null, stored } = random.pick(chunks);
  const document = { zarr_format: 2, shape, chunks: shape, dtype, order, compressor, filters, fill_value: null };
  const array = parseZarrayV2('a', document, undefined);
  await expectKnownFailure(() => decodeChunk(mutate(Buffer.from(stored, 'base64'), random), array));
};

export const targets: Readonly<Record<string, Target>> = { tiff, references, noise, codecs };

async function expectKnownFailure(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
  }
}

/** Runs the case of a seed. */
export async function runCase(name: string, seed: number): Promise<void> {
  const target = targets[name];
  if (target === undefined)
    throw new Error(`There is no target "${name}"; there are: ${Object.keys(targets).join(', ')}.`);
  await target(new Random(seed));
}
