import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/errors';
import { generateFromSource, type GeneratedFromSource } from '../../../src/generate/from-source';
import { generateReferences } from '../../../src/generate/generate';
import { readLastStrips, rowsToCut } from '../../../src/generate/last-strip';
import { rewrittenInWords } from '../../../src/generate/rewritten-words';
import type { GenerateOptions } from '../../../src/generate/types';
import type { RequestTrace } from '../../../src/bytes/source';
import { readWindow } from '../../../src/read/window';
import { parseReferences } from '../../../src/references/parse';
import { describeTiff } from '../../../src/tiff/describe';
import { failureOf } from '../bytes/fail';
import { provideAssetsFromPackages } from '../codecs/fixtures';
import { buildTiff, type IfdSpec, imageTags, type TagSpec } from '../tiff/build-tiff';
import type { CountingSource } from '../tiff/counting-source';

provideAssetsFromPackages();

const DEFLATE = 8;
const LERC = 34887;
const WIDTH = 4;
const PRIVATE = 65000;

const anew: GenerateOptions = {
  preset: 'portable',
  targetUrl: 'file:///a.tif',
  overviews: false,
  coordinates: false,
};

interface Strips {
  height?: number;
  rows?: number;
  width?: number;
  compression?: number;
  /** The strips as they are stored; an empty one has no bytes in the file. */
  stored: Uint8Array[];
  /** Where the first of them stands. */
  at?: number;
  more?: TagSpec[];
}

/** An IFD of an image in strips, which stand one after the other in a private tag. */
function image(
  ifdAt: number,
  { height = 6, rows = 4, width = WIDTH, compression = DEFLATE, stored, at = 1000, more = [] }: Strips,
): IfdSpec {
  let next = at;
  const offsets = stored.map((bytes) => (next += bytes.length) - bytes.length);
  const tags = imageTags(
    width,
    height,
    { tag: 259, type: 'short', values: [compression] },
    { tag: 273, type: 'long', values: stored.map((bytes, i) => (bytes.length === 0 ? 0 : (offsets[i] ?? 0))) },
    { tag: 278, type: 'short', values: [rows] },
    { tag: 279, type: 'long', values: stored.map((bytes) => bytes.length) },
    ...more,
    { tag: PRIVATE, type: 'undefined', values: Buffer.concat([...stored, Buffer.alloc(8)]), at },
  );
  return { at: ifdAt, tags };
}

/** Rows of the numbers from `first` on, as Deflate. */
function packed(rows: number, first = 0, width = WIDTH): Uint8Array {
  return deflateSync(numbers(rows, first, width));
}

function numbers(rows: number, first = 0, width = WIDTH): Uint8Array {
  return Uint8Array.from({ length: rows * width }, (_, i) => first + i);
}

const twoStrips = (more: TagSpec[] = []): CountingSource =>
  buildTiff([image(8, { stored: [packed(4), packed(2, 16)], more })]);

function generate(
  source: CountingSource,
  options: Partial<GenerateOptions> = {},
  signal?: AbortSignal,
): Promise<GeneratedFromSource> {
  const all: GenerateOptions = {
    preset: 'portable',
    targetUrl: 'file:///a.tif',
    overviews: false,
    coordinates: true,
    ...options,
  };
  return generateFromSource(() => source, all, {
    generate: generateReferences,
    ...(signal === undefined ? {} : { signal }),
  });
}

function refsOf(text: string): Record<string, unknown> {
  return (JSON.parse(text) as { refs: Record<string, unknown> }).refs;
}

async function valuesOf(text: string, path: string, source: CountingSource): Promise<number[]> {
  const set = parseReferences(new TextEncoder().encode(text));
  const array = set.array(path);
  const all = array.shape.map((stop) => ({ start: 0, stop }));
  return [...(await readWindow(set, array, all, { open: () => source })).data];
}

describe('a compressed short last strip', () => {
  it('alone is read, and stands inline as a chunk of whole shape', async () => {
    const source = twoStrips();
    const { text, account } = await generate(source);
    const first = packed(4).length;
    const last = packed(2).length;
    expect(source.reads.slice(1)).toEqual([{ offset: 1000 + first, length: last }]);
    const refs = refsOf(text);
    expect(refs['band_data/0.0']).toEqual(['file:///a.tif', 1000, first]);
    const inline = String(refs['band_data/1.0']);
    expect(inline).toMatch(/^base64:/u);
    expect(await valuesOf(text, 'band_data', source)).toEqual([...numbers(6)]);
    const [level] = account.levels;
    expect(level).toMatchObject({
      shape: [6, 4],
      chunkShape: [4, 4],
      rewritten: { strips: 1, rows: 2, chunkRows: 4, storedBytes: last, inlineBytes: inline.length },
    });
    expect(level && rewrittenInWords(level)).toBe(
      `1 strip written anew: the last, of 2 rows, filled up to 4 as every chunk has, and inlined, ${last} bytes of the TIFF as ${inline.length} of text`,
    );
    expect(account.warnings).toEqual([]);
  });

  it('of each plane is read with the others in one request; one without bytes stays absent', async () => {
    const planes: TagSpec[] = [
      { tag: 277, type: 'short', values: [3] },
      { tag: 284, type: 'short', values: [2] },
      { tag: 258, type: 'short', values: [8, 8, 8] },
    ];
    const nothing = new Uint8Array(0);
    const stored = [packed(4), packed(2, 16), packed(4, 50), nothing, packed(4, 100), packed(2, 116)];
    const source = buildTiff([image(8, { stored, more: planes })]);
    const { text, account } = await generate(source);
    expect(source.reads).toHaveLength(2);
    const refs = refsOf(text);
    expect([0, 1, 2].map((band) => typeof refs[`band_data/${band}.1.0`])).toEqual(['string', 'undefined', 'string']);
    expect(account.levels).toMatchObject([{ sparse: 1, rewritten: { strips: 2 } }]);
    const expected = [...numbers(6), ...numbers(4, 50), ...new Array<number>(8).fill(0), ...numbers(6, 100)];
    expect(await valuesOf(text, 'band_data', source)).toEqual(expected);
  });

  it('of an overview is written anew too, where overviews are wanted', async () => {
    const reduced: TagSpec = { tag: 254, type: 'long', values: [1] };
    const full = { height: 12, width: 8, stored: [packed(4, 0, 8), packed(4, 32, 8), packed(4, 64, 8)] };
    const overview = { stored: [packed(4), packed(2, 16)], at: 2000, more: [reduced] };
    const source = buildTiff([image(8, full), image(500, overview)]);
    expect((await generate(source)).account.levels).toMatchObject([{ shape: [12, 8] }]);
    expect(source.reads).toHaveLength(1);
    const { text, account } = await generate(source, { overviews: true });
    expect(account.levels[0]?.rewritten).toBeUndefined();
    expect(account.levels[1]).toMatchObject({ path: '1/band_data', rewritten: { strips: 1 } });
    expect(await valuesOf(text, '1/band_data', source)).toEqual([...numbers(6)]);
  });

  it('that is stored with all rows of a chunk is left where it is', async () => {
    const source = buildTiff([image(8, { stored: [packed(4), packed(4, 16)] })]);
    const { text, account } = await generate(source);
    expect(refsOf(text)['band_data/1.0']).toEqual(['file:///a.tif', 1000 + packed(4).length, packed(4, 16).length]);
    expect(account.levels[0]?.rewritten).toBeUndefined();
    expect(await valuesOf(text, 'band_data', source)).toEqual([...numbers(6)]);
  });

  it('without bytes is sparse, counted as one chunk', async () => {
    const source = buildTiff([image(8, { stored: [packed(4), new Uint8Array(0)] })]);
    const { account } = await generate(source);
    expect(source.reads).toHaveLength(1);
    expect(account.levels).toMatchObject([{ chunks: 2, sparse: 1 }]);
  });
});

describe('a short last strip is refused, with both ways on,', () => {
  const refusal = async (source: CountingSource, code = 'short-last-strip'): Promise<string> => {
    const failure = await failureOf(generate(source));
    expect(failure.code).toBe(code);
    return failure.message;
  };
  const waysOn =
    /Rewrite it: gdal_translate .* in\.tif out\.tif\. Or leave the last 2 rows out: --last-strip cut .*"Write Without the Last 2 Rows"/u;

  it('in a compression that is not written here', async () => {
    const source = buildTiff([image(8, { compression: LERC, stored: [packed(4), packed(2, 16)] })]);
    const message = await refusal(source);
    expect(message).toMatch(waysOn);
    expect(message).toContain('so that the last strip, compressed with LERC (34887), has 2 rows');
    expect(message).toContain('LERC (34887) cannot be written anew here');
    expect(source.reads).toHaveLength(1);
  });

  it('in good grammar where it has one row', async () => {
    const message = await refusal(
      buildTiff([image(8, { height: 5, compression: LERC, stored: [packed(4), packed(1)] })]),
    );
    expect(message).toContain('has 1 row, and all chunks');
    expect(message).toContain('Or leave the last row out');
    expect(message).toContain('"Write Without the Last Row" in VS Code');
  });

  it('where its text would be longer than 1 MiB', async () => {
    const [width, rows] = [1024, 1000];
    // As hard to compress as noise: every byte follows from the one before by a linear congruence (Numerical Recipes).
    let state = 1;
    const noise = Uint8Array.from({ length: width * 800 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
    const stored = [packed(1), new Uint8Array(deflateSync(noise))];
    const message = await refusal(buildTiff([image(8, { width, height: 1800, rows, stored })]));
    expect(message).toContain('it takes 1.0 MiB or more, and a strip may take 1.0 MiB');
  });

  it('unread where it is stored in more than could become short enough', async () => {
    const source = buildTiff([image(8, { stored: [packed(4), new Uint8Array(2 ** 21 + 1)] })]);
    expect(await refusal(source)).toContain('and a strip may take');
    expect(source.reads).toHaveLength(1);
  });

  it('unread where a strip is too large to be decoded while one waits', async () => {
    const source = buildTiff([image(8, { width: 70_000, height: 1500, rows: 1000, stored: [packed(4), packed(2)] })]);
    expect(await refusal(source)).toContain('a strip of 67 MiB is not written anew, only up to 64 MiB in all');
    expect(source.reads).toHaveLength(1);
  });

  it('unread where the strips of all planes together are too large', async () => {
    const planes: TagSpec[] = [
      { tag: 277, type: 'short', values: [2] },
      { tag: 284, type: 'short', values: [2] },
      { tag: 258, type: 'short', values: [8, 8] },
    ];
    const stored = [packed(4), packed(2), packed(4), packed(2)];
    const source = buildTiff([image(8, { width: 40_000, height: 1500, rows: 1000, stored, more: planes })]);
    expect(await refusal(source)).toContain('2 strips of 38 MiB are not written anew, only up to 64 MiB in all');
    expect(source.reads).toHaveLength(1);
  });

  it('where its bytes do not decode', async () => {
    const message = await refusal(buildTiff([image(8, { stored: [packed(4), Uint8Array.of(1, 2, 3, 4)] })]));
    expect(message).toMatch(/the 4 bytes of that strip at byte \d+ do not decode: Codec "zlib"/u);
    expect(message).toMatch(waysOn);
  });

  it('where they decode to rows too few', async () => {
    expect(await refusal(buildTiff([image(8, { stored: [packed(4), packed(1)] })]))).toContain('do not decode');
  });
});

describe('reading the last strip', () => {
  it('fails as a read does where the file ends inside it', async () => {
    const whole = twoStrips();
    const bytes = await whole.read(0, 5000);
    const end = 1000 + packed(4).length + 3;
    const { CountingSource: Source } = await import('../tiff/counting-source');
    const { code, message } = await failureOf(generate(Source.of(bytes.subarray(0, end))));
    expect(code).toBe('short-read');
    expect(message).toContain(`ends at byte ${end.toLocaleString('en-US')}`);
  });

  it('is cancelled', async () => {
    const controller = new AbortController();
    const source = twoStrips();
    const read = source.read.bind(source);
    source.read = (offset, length) => {
      if (source.reads.length > 0) controller.abort();
      return read(offset, length);
    };
    const outcome = await generate(source, {}, controller.signal).catch((error: unknown) => error);
    expect(describeError(outcome, 'fetch-failed').code).toBe('cancelled');
    expect(source.reads).toHaveLength(2);
  });

  it('is cancelled between the strips that are written anew', async () => {
    const planes: TagSpec[] = [
      { tag: 277, type: 'short', values: [3] },
      { tag: 284, type: 'short', values: [2] },
      { tag: 258, type: 'short', values: [8, 8, 8] },
    ];
    const bad = Uint8Array.of(1, 2, 3, 4);
    const source = buildTiff([
      image(8, { stored: [packed(4), packed(2), packed(4), bad, packed(4), bad], more: planes }),
    ]);
    const tiff = await describeTiff(source);
    const strips = await readLastStrips(source, tiff, anew);
    const controller = new AbortController();
    // Cancelled before the second strip is looked at, which does not decode.
    const generating = generateReferences(tiff, anew, strips, controller.signal);
    controller.abort();
    expect(await failureOf(generating)).toMatchObject({ code: 'cancelled' });
  });

  it('counts as a request, with its bytes', async () => {
    const source = twoStrips();
    const traced = (onRequest: (trace: RequestTrace) => void): CountingSource => {
      const read = source.read.bind(source);
      source.read = async (offset, length) => {
        const bytes = await read(offset, length);
        onRequest({
          url: source.url,
          start: offset,
          end: offset + bytes.length - 1,
          bytes: bytes.length,
          milliseconds: 0,
          attempt: 1,
        });
        return bytes;
      };
      return source;
    };
    const options: GenerateOptions = {
      preset: 'portable',
      targetUrl: 'file:///a.tif',
      overviews: false,
      coordinates: true,
    };
    const { cost } = await generateFromSource(traced, options, { generate: generateReferences });
    expect(cost).toMatchObject({ requests: 2, bytes: source.bytesRead });
  });
});

describe('leaving the last rows out', () => {
  const place: TagSpec[] = [
    { tag: 33550, type: 'double', values: [10, 10, 0] },
    { tag: 33922, type: 'double', values: [0, 0, 0, 500_000, 5_200_000, 0] },
  ];

  it('cuts the array to whole strips, with its coordinates, and says how many rows are missing', async () => {
    const source = buildTiff([image(8, { stored: [packed(4), Uint8Array.of(1, 2, 3, 4)], more: place })]);
    const { text, account } = await generate(source, { lastStrip: 'cut' });
    expect(source.reads).toHaveLength(2);
    expect(account.levels).toMatchObject([{ shape: [4, 4], chunks: 1, sparse: 0 }]);
    expect(account.warnings).toContain(
      'The last 2 rows of memory:test.tif (rows 4 to 5) are left out, as was chosen: the array has 4 rows of 6.',
    );
    expect(await valuesOf(text, 'band_data', source)).toEqual([...numbers(4)]);
    const set = parseReferences(new TextEncoder().encode(text));
    expect(set.array('y').shape).toEqual([4]);
    const y = await readWindow(set, set.array('y'), [{ start: 0, stop: 4 }], { open: () => source });
    expect([...new Float64Array(y.data.slice().buffer)]).toEqual([5_199_995, 5_199_985, 5_199_975, 5_199_965]);
  });

  it('leaves the pixels of an overview the size that they have', async () => {
    const reduced: TagSpec = { tag: 254, type: 'long', values: [1] };
    const full = { height: 12, width: 8, stored: [packed(4, 0, 8), packed(4, 32, 8), packed(4, 64, 8)], more: place };
    const overview = { compression: LERC, stored: [packed(4), packed(2, 16)], at: 2000, more: [reduced] };
    const source = buildTiff([image(8, full), image(500, overview)]);
    const { text, account } = await generate(source, { overviews: true, lastStrip: 'cut' });
    expect(account.levels.map(({ shape }) => shape)).toEqual([
      [12, 8],
      [4, 4],
    ]);
    expect(account.warnings.join()).toContain('of memory:test.tif, overview of 4 x 6 (rows 4 to 5)');
    expect(refsOf(text)['1/spatial_ref/.zattrs']).toContain('500000 20 0 5200000 0 -20');
  });

  it('leaves out the last strip of every plane and no other', async () => {
    const planes: TagSpec[] = [
      { tag: 277, type: 'short', values: [2] },
      { tag: 284, type: 'short', values: [2] },
      { tag: 258, type: 'short', values: [8, 8] },
    ];
    const stored = [packed(4), packed(2, 16), packed(4, 50), Uint8Array.of(1, 2, 3, 4)];
    const source = buildTiff([image(8, { stored, more: planes })]);
    const { text } = await generate(source, { lastStrip: 'cut' });
    expect(await valuesOf(text, 'band_data', source)).toEqual([...numbers(4), ...numbers(4, 50)]);
  });

  it('is for levels alone that cannot be written anew, whose rows the refusal and the button name', async () => {
    const reduced: TagSpec = { tag: 254, type: 'long', values: [1] };
    const full = { height: 14, width: 8, stored: [0, 1, 2].map(() => packed(4, 0, 8)).concat(packed(2, 96, 8)) };
    const overview = { height: 7, compression: LERC, stored: [packed(4), packed(3)], at: 2000, more: [reduced] };
    const source = buildTiff([image(8, full), image(500, overview)]);
    const { message } = await failureOf(generate(source, { overviews: true }));
    expect(message).toContain('Or leave the last 3 rows out');
    expect(rowsToCut(await describeTiff(source), { ...anew, overviews: true }, message)).toBe(3);
    const { account } = await generate(source, { overviews: true, lastStrip: 'cut' });
    expect(account.levels).toMatchObject([{ shape: [14, 8], rewritten: { rows: 2 } }, { shape: [4, 4] }]);
  });

  it('changes nothing where all strips are whole', async () => {
    const source = (): CountingSource => buildTiff([image(8, { height: 8, stored: [packed(4), packed(4, 16)] })]);
    const { text } = await generate(source(), { lastStrip: 'cut' });
    expect(text).toBe((await generate(source())).text);
  });

  it.each([undefined, 'cut'] as const)('is nothing that the preset notebook does: %s', async (lastStrip) => {
    const source = twoStrips();
    const options = { preset: 'notebook', ...(lastStrip === undefined ? {} : { lastStrip }) } as const;
    const { code, message } = await failureOf(generate(source, options));
    expect(code).toBe('not-expressible');
    expect(message).toContain('has 2 rows, and all chunks of a zarr array have one shape');
    expect(source.reads).toHaveLength(1);
  });
});
