/** TIFF's Compression tag (259): the numbers that references can express, by name. */
export const Compression = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  aperioYcbcr: 33003,
  aperioJpeg2000: 33004,
  aperioRgb: 33005,
  alternativeJpeg: 33007,
  jpeg2000: 34712,
  dngJpeg: 34892,
  png: 34933,
  packBits: 32773,
  oldDeflate: 32946,
  lerc: 34887,
  lzma: 34925,
  zstd: 50000,
  webp: 50001,
  jpegXl: 50002,
  dngJpegXl: 52546,
  pixTiffDeflate: 50013,
} as const;

const expressible: ReadonlySet<number> = new Set(Object.values(Compression));

/** Whether zarr v2 metadata can name a decoder for the compression that the readers we write for have. */
export function isExpressible(compression: number): boolean {
  return expressible.has(compression);
}

/** Whether tiles are JPEG images (7, and two numbers that mean the same: 33007, and 34892 of DNG). */
export function isJpeg(compression: number): boolean {
  const { jpeg, alternativeJpeg, dngJpeg } = Compression;
  return ([jpeg, alternativeJpeg, dngJpeg] as number[]).includes(compression);
}

/** Whether tiles are JPEG 2000 images, by any of the numbers that mean it. */
export function isJpeg2000(compression: number): boolean {
  const { jpeg2000, aperioYcbcr, aperioJpeg2000, aperioRgb } = Compression;
  return ([jpeg2000, aperioYcbcr, aperioJpeg2000, aperioRgb] as number[]).includes(compression);
}

/** Whether tiles are JPEG XL images (50002, and 52546 of DNG). */
export function isJpegXl(compression: number): boolean {
  return compression === Compression.jpegXl || compression === Compression.dngJpegXl;
}

/** Whether decoding a tile gives numbers of the machine, whatever the byte order and the bits of a sample that the TIFF states. */
export function hasOwnSamples(compression: number): boolean {
  return isJpeg(compression) || isJpeg2000(compression) || isJpegXl(compression) || compression === Compression.png;
}

const JPEG_XR: readonly number[] = [22610, 34934];

/** Whether GDAL has a decoder for the compression, as far as those are concerned that references cannot express. */
export function isReadByGdal(compression: number): boolean {
  return !JPEG_XR.includes(compression);
}

/** Whether decoding a tile gives back rows of bytes, to which BitsPerSample and Predictor apply. */
export function givesBytes(compression: number): boolean {
  return !hasOwnSamples(compression) && compression !== Compression.lerc && compression !== Compression.webp;
}
