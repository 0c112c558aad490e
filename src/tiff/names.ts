import { plural } from '../words';
import type { SampleFormat, TiffImage } from './types';

const COMPRESSIONS: ReadonlyMap<number, string> = new Map([
  [1, 'no compression'],
  [2, 'CCITT RLE'],
  [3, 'CCITT Group 3'],
  [4, 'CCITT Group 4'],
  [5, 'LZW'],
  [6, 'old-style JPEG'],
  [7, 'JPEG'],
  [8, 'Deflate'],
  [9, 'JBIG (T.85)'],
  [10, 'JBIG (T.43)'],
  [22610, 'JPEG XR'],
  [32766, 'NeXT RLE'],
  [32767, 'Sony ARW'],
  [32771, 'CCITT RLE, word-aligned'],
  [32773, 'PackBits'],
  [32809, 'ThunderScan'],
  [32908, 'Pixar film'],
  [32909, 'Pixar log'],
  [32946, 'Deflate'],
  [33003, 'JPEG 2000'],
  [33004, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [33007, 'alternative JPEG'],
  [34661, 'JBIG'],
  [34676, 'SGI LogLuv'],
  [34677, 'SGI LogLuv of 24 bits'],
  [34712, 'JPEG 2000'],
  [34713, 'Nikon NEF'],
  [34887, 'LERC'],
  [34892, 'lossy JPEG of DNG'],
  [34925, 'LZMA'],
  [34933, 'PNG'],
  [34934, 'JPEG XR'],
  [48124, 'Jetraw'],
  [50000, 'ZSTD'],
  [50001, 'WebP'],
  [50002, 'JPEG XL'],
  [50013, 'Deflate of PixTIFF'],
  [52546, 'JPEG XL'],
]);

const FORMATS: Readonly<Record<SampleFormat, string>> = {
  unsigned: 'unsigned integers',
  signed: 'signed integers',
  float: 'floating-point numbers',
  'complex-signed': 'complex integers',
  'complex-float': 'complex floating-point numbers',
  void: 'untyped data',
};

/** Compression (tag 259) in words: `Deflate (8)`; `compression 65535` where the number has no name. */
export function compressionName(compression: number): string {
  const name = COMPRESSIONS.get(compression);
  return name === undefined ? `compression ${compression}` : `${name} (${compression})`;
}

/** Whether a compression has a name here; one that has none is in no list of TIFF's, and GDAL does not know it. */
export function isNamed(compression: number): boolean {
  return COMPRESSIONS.has(compression);
}

/** Predictor (tag 317) in words. */
export function predictorName(predictor: number): string {
  const names: Readonly<Record<number, string>> = { 1: 'none', 2: 'horizontal differencing', 3: 'floating point' };
  return `${names[predictor] ?? 'unknown'} (${predictor})`;
}

/** What describes the samples of an image. */
export type Samples = Pick<TiffImage, 'samplesPerPixel' | 'bitsPerSample' | 'sampleFormat'>;

/** The samples of an image in words: `3 bands of unsigned integers of 8 bits`. */
export function samplesInWords({ samplesPerPixel, bitsPerSample, sampleFormat }: Samples): string {
  const bands = plural(samplesPerPixel, 'band');
  const depths = [...new Set(bitsPerSample)];
  const formats = [...new Set(sampleFormat)].map((format) => FORMATS[format]).join(' and ');
  return `${bands} of ${formats} of ${depths.join(', ')} ${depths.length === 1 && depths[0] === 1 ? 'bit' : 'bits'}`;
}
