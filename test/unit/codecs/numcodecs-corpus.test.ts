import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { isKnownCodec } from '../../../src/codecs/registry';
import type { JsonObject } from '../../../src/json';
import { parseJson } from '../../../src/references/parse';
import { parseDataType } from '../../../src/zarr/data-type';
import { objectsOfPickle } from '../../support/unpickle';
import { filesOfTar } from '../../support/tar';
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

interface Npy {
  descr: string;
  fortran: boolean;
  shape: number[];
  data: Buffer;
}

/** Reads a .npy file of version 1 (numpy.lib.format), the elements in the order in which they stand there. */
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

/** Dictionaries as objects, bytes as lists, integers as numbers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  return value;
}

interface Buffers {
  id: string;
  config: JsonObject;
  /** Stored bytes, with the array that they are of. */
  pairs: { name: string; stored: Uint8Array; npy: Npy }[];
}

async function readArchive(): Promise<Buffers[]> {
  const files = filesOfTar(gunzipSync(await readFile(archive)));
  return [...files.keys()]
    .filter((name) => path.basename(name) === 'config.json')
    .sort()
    .map((name) => {
      const folder = path.dirname(name);
      const { id, ...config } = parseJson(new Uint8Array(files.get(name) ?? Buffer.alloc(0))) as {
        id: string;
      } & JsonObject;
      const stored = [...files].filter(([file]) => path.dirname(file) === folder && file.endsWith('.dat'));
      const pairs = stored.sort().map(([file, bytes]) => {
        const array = path.basename(file).replace('encoded', 'array').replace('.dat', '.npy');
        const npy = files.get(path.posix.join(folder, '..', array));
        if (npy === undefined) throw new Error(`${file} has no array.`);
        return { name: file, stored: new Uint8Array(bytes), npy: readNpy(npy) };
      });
      return { id, config, pairs };
    });
}

/** Compares one buffer's values. Numbers stand in a .npy file in the order in which they are stored, and objects in C order. */
async function compare({ id, config, pairs }: Buffers, index: number): Promise<void> {
  const pair = pairs[index];
  if (pair === undefined) return;
  const { name, stored, npy } = pair;
  const count = npy.shape.reduce((product, side) => product * side, 1);
  const chunk = {
    chunkShape: npy.descr === '|O' ? npy.shape : [count],
    dataType: parseDataType(npy.descr),
    order: npy.descr === '|O' && npy.fortran ? 'F' : 'C',
    codecs: [{ id, place: 'compressor', config }],
  } as const;
  const { array } = await decodeChunk(stored, chunk);
  const tolerance = lossOf(id, config);
  if (npy.descr === '|O') {
    expect(array.objects?.map(plain), name).toEqual(objectsOfPickle(npy.data).map(plain));
  } else if (tolerance === undefined) {
    expect(Buffer.from(array.data).equals(npy.data), name).toBe(true);
  } else {
    const values = new Float64Array(array.data.slice().buffer);
    const source = new Float64Array(new Uint8Array(npy.data).buffer);
    expect(values.length, name).toBe(source.length);
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (source[i] ?? NaN))), 0);
    expect(worst, name).toBeLessThanOrEqual(tolerance + 1e-12);
  }
}

describe.runIf(present)("numcodecs' own fixtures", () => {
  provideAssetsFromPackages();

  it('decode to their arrays', async () => {
    const counts = new Map<string, number>();
    for (const buffers of await readArchive()) {
      expect(isKnownCodec(buffers.id), buffers.id).toBe(true);
      for (const index of buffers.pairs.keys()) await compare(buffers, index);
      counts.set(buffers.id, (counts.get(buffers.id) ?? 0) + buffers.pairs.length);
    }
    console.log([...counts].map(([id, count]) => `${id} ${count}`).join(', '));
    expect(Object.fromEntries(counts)).toEqual({
      adler32: 13,
      astype: 4,
      base64: 13,
      blosc: 169,
      bz2: 52,
      categorize: 8,
      crc32: 13,
      crc32c: 13,
      delta: 5,
      fixedscaleoffset: 25,
      gzip: 78,
      json: 16,
      json2: 18,
      lz4: 91,
      lzma: 65,
      msgpack2: 11,
      packbits: 4,
      pcodec: 110,
      quantize: 25,
      shuffle: 52,
      'vlen-array': 16,
      'vlen-bytes': 4,
      'vlen-utf8': 4,
      zfpy: 32,
      zlib: 78,
      zstd: 130,
    });
  }, 60_000);

  it('pickle is refused, and the reason told', async () => {
    const codecs = [{ id: 'pickle', place: 'filter', config: { protocol: 5 } }] as const;
    const chunk = { chunkShape: [1], dataType: parseDataType('|O'), order: 'C', codecs } as const;
    await expect(decodeChunk(Uint8Array.of(0x80, 5, 0x4e, 0x2e), chunk)).rejects.toMatchObject({
      code: 'unsupported-codec',
      message: expect.stringMatching(/"pickle" is not decoded, because undoing it runs whatever code/u) as string,
    });
  });
});
