import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import { describeTiff } from '../../../src/tiff/describe';
import { failureOf } from '../bytes/fail';
import { buildTiff, type Container, imageTags, strip, type TagSpec, tiles } from '../tiff/build-tiff';

const short = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'short', values });
const bits = (...values: number[]): TagSpec => short(258, ...values);
const format = (...values: number[]): TagSpec => short(339, ...values);
const compression = (value: number): TagSpec => short(259, value);
const DEFLATE = 8;

const options = { preset: 'portable', targetUrl: 'file:///a.tif', overviews: false, coordinates: true } as const;

function described(width: number, height: number, ...tags: TagSpec[]): ReturnType<typeof describeTiff> {
  return describeTiff(buildTiff([{ at: 8, tags: imageTags(width, height, ...tags) }], { end: 5000 }));
}

/** What is said of an image of 16 by 16 pixels in one tile with these tags. */
function refusalOf(...tags: TagSpec[]): Promise<string> {
  return refusalIn({}, ...tags);
}

async function refusalIn(container: Container, ...tags: TagSpec[]): Promise<string> {
  const layout = tags.some(({ tag }) => tag === 273 || tag === 324) ? [] : tiles([1000], [100]);
  const tiff = await describeTiff(
    buildTiff([{ at: 8, tags: imageTags(16, 16, ...layout, ...tags) }], { end: 5000, ...container }),
  );
  const { code, message } = await failureOf(generateReferences(tiff, options));
  expect(code).toBe('not-expressible');
  return message;
}

// test/peers/test_remedies.py runs such commands on the fixtures and compares the pixels.
const WHOLE_BYTES = 'gdal_translate -of COG -co COMPRESS=DEFLATE -co PREDICTOR=YES in.tif out.tif';
const widened = (to: number): string => `gdal_translate -of COG -co COMPRESS=DEFLATE -co NBITS=${to} in.tif out.tif`;

describe('a refusal', () => {
  it('counts bits, bytes and rows in good grammar', async () => {
    expect(await refusalOf(bits(1), format(3), compression(DEFLATE))).toContain('floating-point numbers of 1 bit, for');
    expect(await refusalOf(bits(40), compression(DEFLATE))).toContain('integers of 40 bits, for');
  });

  it.each<[string, TagSpec[], string]>([
    ['CCITT, of 1 bit too', [bits(1), compression(4)], widened(8)],
    ['24 bits', [bits(24), compression(DEFLATE)], widened(32)],
    ['JBIG of 16 bits', [bits(16), compression(34661)], WHOLE_BYTES],
    ['JBIG of complex floats', [bits(64), format(6), compression(34661)], '-of COG -co COMPRESS=DEFLATE in.tif'],
    ['complex floats of 32 bits', [bits(32), format(6), compression(DEFLATE)], '-ot CFloat32 -of COG'],
    ['JBIG of complex integers of 16 bits', [bits(32), format(5), compression(34661)], '-ot CFloat32 -of COG'],
    ['JBIG of complex integers of 32 bits', [bits(64), format(5), compression(34661)], '-ot CFloat64 -of COG'],
  ])('gives the command that makes %s expressible', async (_name, tags, command) => {
    expect(await refusalOf(...tags)).toContain(command);
  });

  it.each([32, 64])('keeps LERC of floats of %i bits out, whose masks imagecodecs would lose', async (depth) => {
    expect(await refusalOf(bits(depth), format(3), compression(34887))).toMatch(
      /may keep NaN in masks that imagecodecs drops, so that missing pixels would read as 0.*-co PREDICTOR=YES in\.tif/u,
    );
  });

  it('names the number of chunks before it makes any: rows of a prime height have no divisor', async () => {
    const strips = strip(200, 0xfffffff0);
    const error = await failureOf(
      generateReferences(await described(1, 2 ** 31 - 1, compression(1), ...strips), options),
    );
    expect(error.code).toBe('limit-exceeded');
    expect(error.message).toMatch(
      /would have 2,147,483,647 chunks.* lists up to 4,000,000\. Rewrite it: gdal_translate/u,
    );
  });

  it('counts the chunks of all levels that are written', async () => {
    const small = await described(16, 16, compression(DEFLATE), ...tiles([1000], [100]));
    const table = new Float64Array(1500 ** 2).fill(100);
    const grid = {
      width: 24_000,
      height: 24_000,
      chunksAcross: 1500,
      chunksDown: 1500,
      offsets: table,
      lengths: table,
    };
    const tiff = { ...small, levels: [0, 1].flatMap(() => small.levels.map((image) => ({ ...image, ...grid }))) };
    const error = await failureOf(generateReferences(tiff, { ...options, overviews: true }));
    expect(error.code).toBe('limit-exceeded');
    expect(error.message).toMatch(/with its overviews: it would have 4,500,000 chunks;/u);
  });

  it('keeps tiles out that no reader decodes', async () => {
    const sides = [322, 323].map((tag): TagSpec => ({ tag, type: 'long', values: [2 ** 31 - 16] }));
    const [, , ...tables] = tiles([300, 300, 300, 300], [10, 10, 10, 10]);
    const tiff = await described(2 ** 31 - 1, 2 ** 31 - 1, compression(DEFLATE), ...sides, ...tables);
    const error = await failureOf(generateReferences(tiff, options));
    expect(error.code).toBe('not-expressible');
    expect(error.message).toMatch(/each of its tiles has 4096 PiB when.* up to 2\.0 GiB\. Rewrite/u);
  });

  it('keeps subsampled colours out, which only our own reader has a codec for', async () => {
    const three = [short(277, 3), bits(8, 8, 8), short(262, 6), short(530, 4, 2)];
    expect(await refusalOf(...three, compression(DEFLATE))).toMatch(
      /subsampled 4 by 2 without JPEG.*Rewrite it as RGB/u,
    );
  });

  it.each<[string, TagSpec[]]>([
    ['bands of different depths', [short(277, 2), bits(8, 16), compression(DEFLATE)]],
    ['bands of different formats', [short(277, 2), bits(8, 8), format(1, 2), compression(DEFLATE)]],
    ['40 bits', [bits(40), compression(DEFLATE)]],
    ['differences of 12 bits', [bits(12), compression(DEFLATE), short(317, 2)]],
    ['complex integers of 8 bits', [bits(16), format(5), compression(DEFLATE)]],
    ['subsampled colours of 12 bits', [short(277, 3), bits(12, 12, 12), short(262, 6), compression(DEFLATE)]],
    ['an unknown predictor', [compression(DEFLATE), short(317, 7)]],
  ])('gives none for %s, which GDAL does not read either', async (_name, tags) => {
    const refusal = await refusalOf(...tags);
    expect(refusal).toContain('GDAL does not read it either');
    expect(refusal).not.toContain('gdal_translate');
  });
});
