import { describe, expect, it } from 'vitest';
import { isKnownCodec } from '../../../src/codecs/registry';
import { codecInWords } from '../../../src/codecs/words';
import type { JsonObject } from '../../../src/json';

const words = (id: string, config: JsonObject = {}): string => codecInWords({ id, place: 'filter', config });

describe('codecInWords', () => {
  // The codecs that the registry decodes.
  it.each(
    'zlib imagecodecs_zlib gzip deflate imagecodecs_deflate lz4 zstd imagecodecs_zstd blosc shuffle delta fixedscaleoffset astype quantize bitround imagecodecs_delta imagecodecs_floatpred imagecodecs_lzw imagecodecs_packbits imagecodecs_lerc imagecodecs_jpeg kerchunk_tiff_short_strip'.split(
      ' ',
    ),
  )('%s has words', (id) => {
    expect(isKnownCodec(id)).toBe(true);
    expect(words(id)).toMatch(new RegExp(`^${id}: (?!not decoded)`, 'u'));
  });

  it('says what the configuration says', () => {
    expect(words('fixedscaleoffset', { scale: 10000, offset: -0.1, dtype: '<f4', astype: '<u2' })).toBe(
      'fixedscaleoffset: divides by 10000 and adds -0.1, as <f4',
    );
    expect(words('blosc', { cname: 'zstd', shuffle: 1 })).toBe('blosc: decompresses Blosc (zstd, with bytes shuffled)');
    expect(words('imagecodecs_delta', { axis: -2 })).toContain('axis -2');
  });

  it('says of an unknown codec that it is not decoded', () => {
    expect(words('grib')).toBe('grib: not decoded here');
    expect(words('constructor')).toBe('constructor: not decoded here');
  });
});
