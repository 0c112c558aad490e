import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { isKnownCodec } from '../../../src/codecs/registry';
import type { JsonObject } from '../../../src/json';
import type { CodecStep } from '../../../src/zarr/types';
import { parseDataType } from '../../../src/zarr/data-type';
import { provideAssetsFromPackages, repoRoot } from './fixtures';

const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(repoRoot, '../shared/corpus');
const archive = path.join(corpus, 'numcodecs-fixtures.tar.gz');
const present = existsSync(archive);
if (!present) console.log(`numcodecs' own fixtures are left out: there is no ${archive}`);

/** What storing numbers near 1000 as float16 and float32 rounds off. */
const HALF_ROUNDING = 0.5;
const FLOAT_ROUNDING = 1e-4;

/**
 * How far decoded values may be from the source array where the codec loses something when writing; undefined where it loses
 * nothing. The exact values of lossy codecs are in the fixtures of this repository.
 */
function lossOf(id: string, config: JsonObject): number | undefined {
  if (id === 'quantize')
    return 10 ** -Number(config.digits) + (config.astype === '<f2' ? HALF_ROUNDING : FLOAT_ROUNDING);
  if (id === 'fixedscaleoffset') return 1 / Number(config.scale);
  return id === 'astype' && config.encode_dtype === '<f4' ? FLOAT_ROUNDING : undefined;
}

/** The ids that have no decoder here; chunks that use them are refused by name. */
const REFUSED = [
  'adler32',
  'base64',
  'bz2',
  'categorize',
  'crc32',
  'crc32c',
  'json',
  'json2',

  'msgpack2',
  'packbits',
  'pcodec',
  'vlen-array',
  'vlen-bytes',
  'vlen-utf8',
  'zfpy',
];

interface Npy {
  descr: string;
  fortran: boolean;
  shape: number[];
  data: Uint8Array;
}

/** Reads a .npy file of version 1 (numpy.lib.format). */
function readNpy(bytes: Buffer): Npy {
  const length = bytes.readUInt16LE(8);
  const header = bytes.subarray(10, 10 + length).toString('latin1');
  const [, descr = ''] = /'descr': '([^']+)'/u.exec(header) ?? [];
  const [, shape = ''] = /'shape': \(([^)]*)\)/u.exec(header) ?? [];
  return {
    descr,
    fortran: header.includes("'fortran_order': True"),
    shape: [...shape.matchAll(/\d+/gu)].map(([digits]) => Number(digits)),
    data: bytes.subarray(10 + length),
  };
}

describe.runIf(present)("numcodecs' own fixtures", () => {
  provideAssetsFromPackages();
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'numcodecs-'));
    execFileSync('tar', ['xzf', archive, '-C', folder]);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** The folders with a config.json, and the ids in them. */
  async function codecFolders(): Promise<{ at: string; id: string; config: JsonObject }[]> {
    const files = await readdir(folder, { recursive: true });
    const configs = files.filter((file) => path.basename(file) === 'config.json').sort();
    return Promise.all(
      configs.map(async (file) => {
        const { id, ...config } = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as {
          id: string;
        } & JsonObject;
        return { at: path.dirname(path.join(folder, file)), id, config };
      }),
    );
  }

  it('decode to their arrays', async () => {
    const counts = new Map<string, number>();
    for (const { at, id, config } of await codecFolders()) {
      if (!isKnownCodec(id)) continue;
      for (const file of (await readdir(at)).filter((name) => name.startsWith('encoded.'))) {
        const npy = readNpy(
          await readFile(path.join(at, '..', file.replace('encoded', 'array').replace('.dat', '.npy'))),
        );
        if (npy.descr === '|O') continue;
        const step: CodecStep = { id, place: 'compressor', config };
        const dataType = parseDataType(npy.descr);
        const chunk = { chunkShape: npy.shape, dataType, order: 'C', codecs: [step] } as const;
        const stored = await readFile(path.join(at, file));
        const { stages, array } = await decodeChunk(new Uint8Array(stored), chunk);
        counts.set(id, (counts.get(id) ?? 0) + 1);
        const where = `${path.relative(folder, at)}/${file}`;
        const tolerance = lossOf(id, config);
        if (tolerance === undefined) {
          expect(stages.at(-2)?.bytes.length, where).toBe(npy.data.length);
          expect(Buffer.from(stages.at(-2)?.bytes ?? []).equals(npy.data), where).toBe(true);
        } else {
          const values = new Float64Array(array.data.slice().buffer);
          const source = new Float64Array(
            npy.data.buffer.slice(npy.data.byteOffset, npy.data.byteOffset + npy.data.length),
          );
          const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (source[i] ?? NaN))), 0);
          expect(worst, where).toBeLessThanOrEqual(tolerance + 1e-12);
        }
      }
    }
    expect(Object.fromEntries(counts)).toEqual({
      astype: 4,
      blosc: 169,
      delta: 5,
      fixedscaleoffset: 25,
      gzip: 78,
      lz4: 91,
      lzma: 65,
      quantize: 25,
      shuffle: 52,
      zlib: 78,
      zstd: 130,
    });
  });

  it('of codecs without a decoder are refused by name', async () => {
    const refused = new Set<string>();
    for (const { id, config } of await codecFolders()) {
      if (isKnownCodec(id)) continue;
      refused.add(id);
      const step: CodecStep = { id, place: 'compressor', config };
      const chunk = { chunkShape: [4], dataType: parseDataType('<i4'), order: 'C', codecs: [step] } as const;
      const failure: unknown = await decodeChunk(new Uint8Array(16), chunk).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'unsupported-codec' });
      expect((failure as Error).message).toContain(`"${id}"`);
    }
    expect([...refused].sort()).toEqual(REFUSED);
  });
});
