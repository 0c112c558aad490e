/** TIFF's Compression tag (259): the numbers that references can express, by name. */
export const Compression = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
  lerc: 34887,
  zstd: 50000,
} as const;

const names: ReadonlyMap<number, string> = new Map([
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
  [32773, 'PackBits'],
  [32809, 'ThunderScan'],
  [32946, 'Deflate'],
  [33003, 'JPEG 2000'],
  [33004, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [33007, 'alternative JPEG'],
  [34661, 'JBIG'],
  [34676, 'SGI LogLuv'],
  [34677, 'SGI LogLuv of 24 bits'],
  [34712, 'JPEG 2000'],
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

const expressible: ReadonlySet<number> = new Set(Object.values(Compression));

/** Whether zarr v2 metadata can name a decoder for the compression that the readers we write for have. */
export function isExpressible(compression: number): boolean {
  return expressible.has(compression);
}

/** `Deflate (8)`; `compression 65535` where the number has no name. */
export function compressionName(compression: number): string {
  const name = names.get(compression);
  return name === undefined ? `compression ${compression}` : `${name} (${compression})`;
}
