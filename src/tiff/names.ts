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

const PHOTOMETRICS: ReadonlyMap<number, string> = new Map([
  [0, 'white is zero'],
  [1, 'black is zero'],
  [2, 'RGB'],
  [3, 'palette'],
  [4, 'transparency mask'],
  [5, 'CMYK'],
  [6, 'YCbCr'],
  [8, 'CIE L*a*b*'],
  [9, 'ICC L*a*b*'],
  [10, 'ITU L*a*b*'],
  [32803, 'colour filter array'],
  [32844, 'SGI LogL'],
  [32845, 'SGI LogLuv'],
  [34892, 'linear raw'],
  [51177, 'depth'],
]);

const FORMATS: Readonly<Record<SampleFormat, string>> = {
  unsigned: 'unsigned integers',
  signed: 'signed integers',
  float: 'floating-point numbers',
  'complex-signed': 'complex integers',
  'complex-float': 'complex floating-point numbers',
  void: 'untyped data',
};

const KINDS = {
  unsigned: 'u',
  void: 'u',
  signed: 'i',
  float: 'f',
  'complex-float': 'c',
  'complex-signed': undefined,
} as const;

/** Compression (tag 259) in words: `Deflate (8)`; `compression 65535` where the number has no name. */
export function compressionName(compression: number): string {
  return named(COMPRESSIONS, compression, 'compression');
}

/** PhotometricInterpretation (tag 262) in words: `YCbCr (6)`; `photometric interpretation 77` where the number has no name. */
export function photometricName(photometric: number): string {
  return named(PHOTOMETRICS, photometric, 'photometric interpretation');
}

function named(names: ReadonlyMap<number, string>, value: number, fallback: string): string {
  const name = names.get(value);
  return name === undefined ? `${fallback} ${value}` : `${name} (${value})`;
}

/** What describes the samples of an image. */
export type Samples = Pick<TiffImage, 'samplesPerPixel' | 'bitsPerSample' | 'sampleFormat'>;

/** One kind of number: unsigned, signed, floating-point or complex floating-point, of so many bits (both parts of a complex one). */
export interface SampleKind {
  kind: 'u' | 'i' | 'f' | 'c';
  bits: number;
}

/** The one kind of number that all samples of an image are; undefined where they differ, and for complex integers. */
export function sampleKind({ bitsPerSample, sampleFormat }: Samples): SampleKind | undefined {
  const [bits = 1] = bitsPerSample;
  const kind = KINDS[sampleFormat[0] ?? 'unsigned'];
  const isUniform =
    bitsPerSample.every((other) => other === bits) && sampleFormat.every((other) => other === sampleFormat[0]);
  return kind === undefined || !isUniform ? undefined : { kind, bits };
}

/** The samples of an image in words: `3 bands of unsigned integers of 8 bits`. */
export function samplesInWords({ samplesPerPixel, bitsPerSample, sampleFormat }: Samples): string {
  const bands = `${samplesPerPixel} ${samplesPerPixel === 1 ? 'band' : 'bands'}`;
  const formats = [...new Set(sampleFormat)].map((format) => FORMATS[format]).join(' and ');
  return `${bands} of ${formats} of ${[...new Set(bitsPerSample)].join(', ')} bits`;
}
