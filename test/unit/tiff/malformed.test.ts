import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors';
import { describeTiff } from '../../../src/tiff/describe';
import { parseHeader } from '../../../src/tiff/format';
import type { TiffDescription } from '../../../src/tiff/types';
import { failureOf } from '../bytes/fail';
import { buildTiff, type IfdSpec, imageTags, strip, type TagSpec, tiles } from './build-tiff';
import { CountingSource } from './counting-source';

function failureOfBytes(bytes: Uint8Array | string): ReturnType<typeof failureOf> {
  const encoded = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return failureOf(describeTiff(CountingSource.of(encoded)));
}

function oneIfd(tags: TagSpec[], big = false): CountingSource {
  return buildTiff([{ at: 16, tags }], { big, end: 100_000 });
}

const long = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'long', values });
const short = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'short', values });

describe('files that are no TIFF', () => {
  it.each([
    ['', 'the file is empty (0 bytes)'],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'a web page (HTML)'],
    ['\n  <HTML>', 'a web page (HTML)'],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'the error message of an object store'],
    ['{"version": 1, "refs": {}}', 'it looks like JSON.'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:0', 'a Git LFS pointer'],
    ['%PDF-1.7', 'a PDF document'],
    ['GRIB\0\0', 'a GRIB file'],
    ['CDF\x01', 'a netCDF-3 file'],
    ['II', 'it has only 2 bytes'],
    ['IIU\0\x18\0\0\0', 'bytes 3 and 4 (55 00) are not the number 42 or 43'],
    ['hello, world', 'its first bytes are 68 65 6c 6c'],
  ])('%j', async (text, expected) => {
    const failure = await failureOfBytes(text);
    expect(failure.message).toContain(expected);
    expect(failure.code).toBe('not-a-tiff');
  });

  it('an empty local file has a path to check, no address', () => {
    expect(() => parseHeader(new Uint8Array(0), 'file:///data/a.tif')).toThrow('(0 bytes). Check the path.');
    expect(() => parseHeader(new Uint8Array(0), 'https://example.org/a.tif')).toThrow('(0 bytes). Check the address.');
  });

  it.each([
    ['a JPEG picture', [0xff, 0xd8, 0xff, 0xe0]],
    ['a PNG picture', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]],
    ['an HDF5 (or netCDF-4) file', [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]],
    ['a gzip file', [...gzipSync('II*\0')]],
    ['a JPEG 2000 picture', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]],
  ])('%s', async (expected, bytes) => {
    expect((await failureOfBytes(Uint8Array.from(bytes))).message).toContain(expected);
  });

  it('says of a header without an IFD, or of a damaged BigTIFF header, what is wrong', async () => {
    expect((await failureOfBytes('II*\0\0\0\0\0')).message).toContain('its header points to no IFD');
    const big = await failureOfBytes('II+\0\x04\0\0\0\x10\0\0\0\0\0\0\0');
    expect([big.code, big.message]).toEqual(['malformed-tiff', expect.stringContaining('offsets of 4 bytes')]);
    const cut = await failureOfBytes('MM\0*\0\0');
    expect([cut.code, cut.message]).toEqual(['short-read', expect.stringContaining('ends after 6 bytes')]);
  });

  it('leaves secrets of a signed address out of messages', async () => {
    const source = Object.assign(CountingSource.of(new Uint8Array(9)), {
      url: 'https://example.com/a.tif?X-Amz-Signature=secret&sig=secret',
    });
    expect((await failureOf(describeTiff(source))).message).not.toContain('secret');
  });
});

describe('IFDs that cannot be', () => {
  it.each<[string, ErrorCode, string, TagSpec[]]>([
    ['no width', 'malformed-tiff', 'has no ImageWidth (tag 256)', [long(257, 4), ...strip()]],
    ['a width of 0', 'malformed-tiff', 'has 0 pixels as its ImageWidth', imageTags(0, 4, ...strip())],
    ['a height of 2^31', 'malformed-tiff', 'ImageLength', imageTags(4, 2 ** 31, ...strip())],
    ['two widths', 'malformed-tiff', 'states 2 values of ImageWidth', imageTags(4, 4, short(256, 4, 5), ...strip())],
    [
      'a width as text',
      'malformed-tiff',
      'ImageWidth (tag 256) with field type 2',
      imageTags(4, 4, { tag: 256, type: 'ascii', values: '' }, ...strip()),
    ],
    ['no tables', 'malformed-tiff', 'states no offsets of strips', imageTags(4, 4)],
    [
      'tiles without a table',
      'malformed-tiff',
      'states no offsets of tiles',
      imageTags(4, 4, short(322, 16), short(323, 16)),
    ],
    ['tiles without a height', 'malformed-tiff', 'has no TileLength', imageTags(4, 4, short(322, 16), ...strip())],
    [
      'a tile width of 0',
      'malformed-tiff',
      '0 pixels as its TileWidth',
      imageTags(4, 4, short(322, 0), short(323, 16), ...strip()),
    ],
    [
      'a table too short',
      'malformed-tiff',
      'has 4 tiles and a table of 3 offsets',
      imageTags(32, 32, ...tiles([8, 8, 8], [1, 1, 1])),
    ],
    [
      'lengths too few',
      'malformed-tiff',
      'has 4 tiles with Deflate (8) and states the lengths of 3',
      imageTags(32, 32, ...tiles([8, 8, 8, 8], [1, 1, 1])),
    ],
    ['no lengths', 'malformed-tiff', 'states no lengths', imageTags(4, 4, long(273, 8))],
    [
      'a table of doubles',
      'malformed-tiff',
      'with field type 12',
      imageTags(4, 4, { tag: 273, type: 'double', values: [8] }, long(279, 1)),
    ],
    ['no samples', 'malformed-tiff', '0 samples per pixel', imageTags(4, 4, short(277, 0), ...strip())],
    [
      'a third planar configuration',
      'malformed-tiff',
      'PlanarConfiguration (tag 284) 3',
      imageTags(4, 4, short(284, 3), ...strip()),
    ],
    ['samples of 0 bits', 'malformed-tiff', 'BitsPerSample (tag 258) 0', imageTags(4, 4, short(258, 0), ...strip())],
    [
      'bits of some samples',
      'malformed-tiff',
      'has 4 samples per pixel, and BitsPerSample (tag 258) states a value for 2',
      imageTags(4, 4, short(277, 4), short(258, 8, 8), ...strip()),
    ],
    [
      'an unknown sample format',
      'malformed-tiff',
      'SampleFormat (tag 339) 9',
      imageTags(4, 4, short(339, 9), ...strip()),
    ],
    [
      'more chunks than fit',
      'limit-exceeded',
      'has 100,000,000 tiles',
      imageTags(160_000, 160_000, ...tiles([8], [1])),
    ],
    [
      'a huge value',
      'limit-exceeded',
      'JPEGTables (tag 347) of IFD 0 (at byte 16) claims 4,000,000,000 bytes',
      imageTags(4, 4, ...strip(), { tag: 347, type: 'undefined', values: [1], count: 4e9 }),
    ],
    [
      'a value beyond the end',
      'short-read',
      'ModelPixelScale (tag 33550) of IFD 0 (at byte 16) should stand at bytes 99,990 to 100,014',
      imageTags(4, 4, ...strip(), { tag: 33550, type: 'double', values: [1, 1, 0], at: 99_990 }),
    ],
    [
      'a table beyond the end',
      'short-read',
      'The chunk table (tag 324) of IFD 0',
      imageTags(32, 32, ...tiles([8, 8, 8, 8], [1, 1, 1, 1], { offsetsAt: 99_990 })),
    ],
  ])('%s', async (_, code, message, tags) => {
    const source = oneIfd(tags);
    const failure = await failureOf(describeTiff(source));
    expect(failure.message).toContain(message);
    expect(failure.code).toBe(code);
    expect(failure.message).toContain('IFD 0 (at byte 16)');
    expect(source.bytesRead).toBeLessThanOrEqual(100_000);
  });

  it.each([
    ['from an IFD to itself', [{ at: 16, tags: imageTags(4, 4, ...strip()), next: 16 }]],
    [
      'over several IFDs',
      [16, 500, 1000].map((at): IfdSpec => ({
        at,
        tags: imageTags(4, 4, ...strip()),
        ...(at === 1000 ? { next: 500 } : {}),
      })),
    ],
  ])('a cycle %s', async (_, ifds) => {
    const failure = await failureOf(describeTiff(buildTiff(ifds)));
    expect(failure.code).toBe('malformed-tiff');
    expect(failure.message).toContain('The IFDs form a cycle');
  });

  it.each([
    ['no entries', 'II*\0\x08\0\0\0\0\0\0\0\0\0', 'claims 0 entries'],
    ['2^62 entries', 'II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x40', 'claims 4,611,686,018,427,388,000 entries'],
  ])('an IFD of %s', async (_, text, message) => {
    const failure = await failureOfBytes(text);
    expect([failure.code, failure.message]).toEqual(['malformed-tiff', expect.stringContaining(message)]);
  });

  it('refuses many IFDs that together claim too much', async () => {
    const colorMap: TagSpec = { tag: 320, type: 'short', values: new Uint16Array(1), at: 20_000_000, count: 7_000_000 };
    const ifds = Array.from({ length: 30 }, (_, index): IfdSpec => {
      return { at: 16 + index * 200, tags: imageTags(4, 4, ...strip(), { ...colorMap, values: new Uint16Array(3) }) };
    });
    const failure = await failureOf(describeTiff(buildTiff(ifds, { end: 40_000_000 })));
    expect([failure.code, failure.message]).toEqual(['limit-exceeded', expect.stringContaining('268,435,456 bytes')]);
    const tables = tiles([8, 8], [1, 1]);
    const grids = Array.from({ length: 3 }, (_, index): IfdSpec => {
      const lie = tables.map((tag) => (tag.tag >= 324 ? { ...tag, count: 25e6, at: 1000 } : tag));
      return { at: 16 + index * 200, tags: imageTags(80_000, 80_000, ...lie) };
    });
    const together = await failureOf(describeTiff(buildTiff(grids, { end: 400_000_000 })));
    expect([together.code, together.message]).toEqual(['limit-exceeded', expect.stringContaining('50,000,000 chunks')]);
  });
});

describe('what is mended or left out, with a warning', () => {
  const warningsOf = async (source: CountingSource): Promise<[string, TiffDescription]> => {
    const description = await describeTiff(source);
    return [(description.warnings ?? []).join('\n'), description];
  };

  it('lengths of uncompressed strips that are not stated', async () => {
    const planes = imageTags(
      10,
      5,
      short(259, 1),
      short(277, 2),
      short(258, 12, 12),
      short(278, 2),
      short(284, 2),
      long(273, 100, 130, 160, 200, 230, 260),
    );
    const [warnings, { images }] = await warningsOf(oneIfd(planes));
    // 10 samples of 12 bits are 15 bytes; strips of 2, 2 and 1 rows in each of 2 planes.
    expect([...(images[0]?.lengths ?? [])]).toEqual([30, 30, 15, 30, 30, 15]);
    expect(warnings).toContain('does not state the lengths of all its strips');
    const tiled = imageTags(20, 20, short(259, 1), ...tiles([100, 400, 700, 1000], [])).filter(
      ({ tag }) => tag !== 325,
    );
    expect([...((await warningsOf(oneIfd(tiled)))[1].images[0]?.lengths ?? [])]).toEqual([256, 256, 256, 256]);
  });

  it('not where pixels share samples, or where the strips would end beyond the file', async () => {
    const shared = imageTags(4, 4, short(259, 1), short(262, 6), long(273, 8));
    expect((await failureOf(describeTiff(oneIfd(shared)))).message).toContain('cannot be told from its size');
    const beyond = imageTags(4, 4, short(259, 1), long(273, 99_999));
    expect((await failureOf(describeTiff(oneIfd(beyond)))).code).toBe('malformed-tiff');
  });

  it('chunks beyond the end of a file that is cut off', async () => {
    const [warnings, { images }] = await warningsOf(
      oneIfd(imageTags(32, 32, ...tiles([1000, 99_000, 99_950, 200_000], [100, 500, 100, 100]))),
    );
    expect(warnings).toContain(
      '2 chunks of 4 of IFD 0 (at byte 16) stand beyond the end of the file (100,000 bytes), the first of them number 2',
    );
    expect(images[0]?.offsets[3]).toBe(200_000);
    const [none] = await warningsOf(oneIfd(imageTags(16, 16, ...tiles([500_000], [0]))));
    expect(none).not.toContain('beyond');
    expect(none).toContain('has 1 tile, of which 1 has an offset and a length of 0. GDAL reads these as sparse');
  });

  it('a tag of a field type that it cannot have, where no chunk hangs on it', async () => {
    const nodata = long(42113, 9999);
    const [warnings, description] = await warningsOf(oneIfd(imageTags(4, 4, ...strip(), nodata)));
    expect(warnings).toContain('GDALNoData (tag 42113) with field type 4, which it cannot have; the tag was left out');
    expect(description.nodata).toBeUndefined();
  });

  it('metadata that is no XML', async () => {
    const of = (xml: string): CountingSource =>
      oneIfd(imageTags(4, 4, ...strip(), { tag: 42112, type: 'ascii', values: xml }));
    const [warnings, description] = await warningsOf(
      of('<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.1</Item>'),
    );
    expect(warnings).toContain('GDAL_METADATA (tag 42112) of IFD 0 (at byte 16) is no well-formed XML');
    expect(description.gdalItems).toEqual([]);
    expect((await warningsOf(of('')))[0]).toBe('');
  });

  it('geo keys that point to nothing', async () => {
    const keys = short(34735, 1, 1, 1, 4, 1025, 0, 1, 2, 1026, 34737, 5, 100, 2057, 34736, 1, 3, 9999, 12345, 1, 0);
    const [warnings, { georeferencing }] = await warningsOf(oneIfd(imageTags(4, 4, ...strip(), keys)));
    for (const key of [1026, 2057, 9999]) expect(warnings).toContain(`Geo key ${key} of IFD 0`);
    expect([...georeferencing.geoKeys]).toEqual([[1025, 2]]);
    expect(georeferencing.rasterType).toBe('point');
    const [many] = await warningsOf(oneIfd(imageTags(4, 4, ...strip(), short(34735, 1, 1, 0, 9, 1025, 0, 1, 1))));
    expect(many).toContain('claims 9 geo keys and has room for 1');
  });
});

describe('what TIFF lets readers pass over', () => {
  it('entries of unknown field types, and tags that occur twice: the first holds', async () => {
    const unknown: TagSpec = { tag: 65_000, type: 'long', values: [1], statedType: 99, count: 4e9 };
    const tags = [...imageTags(4, 4, ...strip()), long(256, 9), unknown];
    const { images, warnings } = await describeTiff(oneIfd(tags));
    expect(images[0]?.width).toBe(4);
    expect(warnings).toBeUndefined();
  });

  it('RowsPerStrip of 0 or 2^32 - 1, which mean one strip', async () => {
    for (const rows of [0, 2 ** 32 - 1]) {
      const { images } = await describeTiff(oneIfd(imageTags(4, 7, long(278, rows), ...strip())));
      expect(images[0]).toMatchObject({ chunkHeight: 7, chunksDown: 1 });
    }
  });

  it('all tags but size and offset: the defaults of TIFF 6.0 hold', async () => {
    const { images } = await describeTiff(oneIfd([short(256, 9), short(257, 2), long(273, 100)]));
    expect(images[0]).toEqual({
      index: 0,
      width: 9,
      height: 2,
      tiled: false,
      chunkWidth: 9,
      chunkHeight: 2,
      chunksAcross: 1,
      chunksDown: 1,
      samplesPerPixel: 1,
      bitsPerSample: [1],
      sampleFormat: ['unsigned'],
      planar: false,
      compression: 1,
      predictor: 1,
      fillOrder: 1,
      photometric: 1,
      extraSamples: [],
      offsets: Float64Array.of(100),
      lengths: Float64Array.of(4),
      subfileType: 0,
      kind: 'full',
    });
  });

  it('tables of bytes, shorts and long8s', async () => {
    for (const type of ['byte', 'short', 'long', 'long8'] as const) {
      const table = (tag: number, ...values: number[]): TagSpec => ({ tag, type, values });
      for (const littleEndian of [true, false]) {
        const tags = imageTags(
          16,
          80,
          short(322, 16),
          short(323, 16),
          table(324, 100, 110, 120, 130, 140),
          table(325, 1, 2, 3, 4, 5),
        );
        const { images } = await describeTiff(buildTiff([{ at: 16, tags }], { big: true, littleEndian, end: 1000 }));
        expect(images[0]?.offsets).toEqual(Float64Array.of(100, 110, 120, 130, 140));
        expect(images[0]?.lengths).toEqual(Float64Array.of(1, 2, 3, 4, 5));
      }
    }
  });
});
