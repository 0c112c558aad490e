/** The first read: large enough for the headers of nearly every COG. */
export const HEAD_BYTES = 64 * 1024;

/** IFDs in one chain; a longer one is taken for damage. */
export const MAX_IFDS = 100_000;

/** SubIFDs that are followed: a pyramid has a few, a stack of pyramids one set for each page. */
export const MAX_SUB_IFDS = 1000;

/** Entries in one IFD; a classic TIFF counts them in 16 bits, and libtiff allows a BigTIFF no more. */
export const MAX_ENTRIES = 65_535;

/** Chunks of all IFDs together: their offsets and lengths take 16 bytes each in memory. */
export const MAX_CHUNKS = 50_000_000;

/** Bytes of one tag's values, tables of offsets and lengths apart. */
export const MAX_VALUE_BYTES = 16 * 2 ** 20;

/** Bytes of all those values together, so that many IFDs that share one large value can't fill the memory. */
export const MAX_TOTAL_VALUE_BYTES = 256 * 2 ** 20;

/** Largest width, height and chunk side: GDAL and libtiff count pixels in signed 32 bits. */
export const MAX_SIDE = 2 ** 31 - 1;

/** Ranges with no more than this between them are read as one, as fsspec does. */
export const MERGE_GAP = 64_000;

/** IFDs after which a walk lets other work in, so that it can be cancelled even where no read waits for anything. */
export const IFDS_BETWEEN_PAUSES = 500;
