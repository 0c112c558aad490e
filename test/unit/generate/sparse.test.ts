import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import { sparsePixel } from '../../../src/generate/sparse-pixel';
import { withOverviewsBeside } from '../../../src/tiff/beside';
import { describeTiff } from '../../../src/tiff/describe';
import type { TiffDescription } from '../../../src/tiff/types';
import type { DataType } from '../../../src/zarr/types';
import { failureOf } from '../bytes/fail';
import { buildTiff, imageTags, type TagSpec, tiles } from '../tiff/build-tiff';

const short = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'short', values });
const bits = (value: number): TagSpec => short(258, value);
const format = (value: number): TagSpec => short(339, value);
const nodata = (text: string): TagSpec => ({ tag: 42113, type: 'ascii', values: `${text}\0` });
const SPARSE = tiles([0], [0]);
const DENSE = tiles([1000], [100]);

/** Images of 16 by 16 pixels, and of half as many for each further one, in one tile each. */
function described(...images: TagSpec[][]): Promise<TiffDescription> {
  const ifds = images.map((tags, index) => {
    const side = 16 >> index;
    const reduced: TagSpec[] = index === 0 ? [] : [{ tag: 254, type: 'long', values: [1] }];
    return { at: 8 + 400 * index, tags: imageTags(side, side, ...reduced, ...tags) };
  });
  return describeTiff(buildTiff(ifds, { end: 5000 }));
}

async function written(tiff: TiffDescription) {
  const options = { preset: 'portable', targetUrl: 'file:///a.tif', overviews: true, coordinates: false } as const;
  const { text, account } = await generateReferences(tiff, options);
  const { refs } = JSON.parse(text) as { refs: Record<string, string> };
  const fillOf = (path: string): unknown =>
    (JSON.parse(refs[`${path}/.zarray`] ?? '') as { fill_value: unknown }).fill_value;
  const attributesOf = (path: string): unknown => JSON.parse(refs[`${path}/.zattrs`] ?? '');
  return { fillOf, attributesOf, warnings: account.warnings.join('\n') };
}

const u = (itemSize: number) => ({ kind: 'u', itemSize, byteOrder: 'little' }) as const;
const i = (itemSize: number) => ({ kind: 'i', itemSize, byteOrder: 'little' }) as const;
const f = (itemSize: number) => ({ kind: 'f', itemSize, byteOrder: 'little' }) as const;
const c = (itemSize: number) => ({ kind: 'c', itemSize, byteOrder: 'little' }) as const;

describe('the pixel of a tile without bytes', () => {
  // All read with rasterio 1.4 (GDAL 3.10.3) from a sparse file with that text in its GDAL_NODATA.
  const cases: [DataType, ...[text: string | undefined, pixel: number | bigint][]][] = [
    [u(1), [undefined, 0], ['300', 255], ['-5', 0], ['nan', 0], ['3.7', 4], ['2.5', 3], ['-0.4', 0], ['inf', 255]],
    [u(1), ['abc', 0], ['12abc', 12], ['3,5', 4], ['0x10', 0], ['1.#INF', 255], ['1.#QNAN', 0], ['1e', 1], ['.5', 1]],
    [i(1), ['-200', -128], ['200', 127], ['-3.5', -4], ['-2.5', -3]],
    [i(2), ['-99999', -32768], ['1e10', 32767], ['-3.7', -4], ['-inf', -32768]],
    [u(2), ['99999', 65535], ['65535.4', 65535]],
    [i(4), ['-3e9', -2147483648], ['2147483647.5', 2147483647], ['16777217.5', 16777218]],
    [u(4), ['-1', 0], ['4294967296', 4294967295]],
    [i(8), ['9223372036854775808', 2n ** 63n - 1n], ['-9223372036854775809', -(2n ** 63n)], ['-3.5', -3n], ['1e3', 1n]],
    [u(8), ['18446744073709551616', 2n ** 64n - 1n], ['-1', 2n ** 64n - 1n], ['3.7', 3n], ['+5', 5n], ['nan', 0n]],
    [f(4), ['1e39', Infinity], ['-9999.9', -9999.900390625], ['nan', NaN], ['abc', 0], ['infinityx', 0]],
    [f(8), ['1e400', Infinity], ['-9999.9', -9999.9]],
    [c(8), ['5', 5], ['-9999.9', -9999.900390625]],
    [c(16), ['-3.7', -3.7]],
  ];
  it.each(cases)('of %j', (type, ...pixels) => {
    for (const [text, pixel] of pixels) expect([text, sparsePixel(text, type)]).toEqual([text, pixel]);
  });

  it('of complex integers', () => {
    expect(sparsePixel('3.7', c(8), 'complex-integers')).toBe(4);
    expect(sparsePixel('70000', c(8), 'complex-integers')).toBe(32767);
  });
});

describe('the fill value of an array with tiles without bytes', () => {
  it('is the pixel that GDAL makes of nodata that does not fit, and the warning says so', async () => {
    const whole = await written(await described([...SPARSE, nodata('300')]));
    expect(whole.fillOf('band_data')).toBe(255);
    expect(whole.attributesOf('band_data')).not.toHaveProperty('_FillValue');
    expect(whole.warnings).toContain(
      'Some tiles have no bytes, and the nodata value 300 does not fit the data type |u1. GDAL makes 255 of it for them: ' +
        'they read as 255, and xarray masks every 255, true ones too.',
    );
    const large = await written(await described([...SPARSE, bits(32), format(3), nodata('1e39')]));
    expect(large.fillOf('band_data')).toBe('Infinity');
    const complex = await written(await described([...SPARSE, bits(64), format(6), nodata('5')]));
    expect(complex.fillOf('band_data')).toEqual([5, 0]);
  });

  it('is nodata where it fits, and nodata is left out where all tiles have bytes', async () => {
    const fits = await written(await described([...SPARSE, nodata('7')]));
    expect([fits.fillOf('band_data'), fits.warnings]).toEqual([7, '']);
    const dense = await written(await described([...DENSE, nodata('300')]));
    expect(dense.fillOf('band_data')).toBeNull();
    expect(dense.warnings).toContain('300 does not fit the data type |u1 and is left out: no pixel is masked.');
  });

  it('is refused where floats of 16 bits cannot hold it: GDAL gives -9999.9 in 32 bits', async () => {
    const half = [...SPARSE, bits(16), format(3)];
    const { message } = await failureOf(written(await described([...half, nodata('-9999.9')])));
    expect(message).toContain('1 tile without bytes read as -9999.900390625, which its samples of 16 bits cannot hold');
    expect((await written(await described([...half, nodata('-9984')]))).fillOf('band_data')).toBe(-9984);
  });

  it('is of the nodata of its own overview, or 0 where that states none', async () => {
    const { fillOf, warnings } = await written(
      await described([...DENSE, nodata('9')], [...SPARSE, nodata('65')], [...SPARSE], [...DENSE]),
    );
    expect(['0', '1', '2', '3'].map((level) => fillOf(`${level}/band_data`))).toEqual([9, 65, 0, 9]);
    expect(warnings).toContain('overview of 4 x 4: Some tiles have no bytes and the file states no nodata');
  });

  it('is of the nodata in the file of overviews beside it', async () => {
    const full = await described([...DENSE, nodata('9')]);
    const overview = async (...tags: TagSpec[]): Promise<TiffDescription> =>
      describeTiff(buildTiff([{ at: 8, tags: imageTags(8, 8, ...SPARSE, ...tags) }], { end: 5000 }));
    const none = await written(withOverviewsBeside(full, await overview()));
    expect(none.fillOf('1/band_data')).toBe(0);
    const own = await written(withOverviewsBeside(full, await overview(nodata('300'))));
    expect(own.fillOf('1/band_data')).toBe(255);
  });
});
