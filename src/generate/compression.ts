/** TIFF's Compression tag (259): the numbers that references can express, by name. */
export const Compression = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
  lerc: 34887,
  lzma: 34925,
  zstd: 50000,
  pixTiffDeflate: 50013,
} as const;

const expressible: ReadonlySet<number> = new Set(Object.values(Compression));

/** Whether zarr v2 metadata can name a decoder for the compression that the readers we write for have. */
export function isExpressible(compression: number): boolean {
  return expressible.has(compression);
}
