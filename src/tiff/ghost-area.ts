import type { TiffFormat } from './format';
import type { GhostArea } from './types';

const KEY = 'GDAL_STRUCTURAL_METADATA_SIZE=';
/** `GDAL_STRUCTURAL_METADATA_SIZE=NNNNNN bytes` and its newline. */
const FIRST_LINE_BYTES = 43;

/**
 * What the ghost area promises: lines of text that GDAL writes right behind the header of a COG, before the first IFD
 * (doc/source/drivers/raster/cog.rst of GDAL).
 * @param head the file's first bytes. @returns undefined where there is no ghost area.
 */
export function parseGhostArea(head: Uint8Array, { headerBytes }: TiffFormat): GhostArea | undefined {
  const decoder = new TextDecoder('latin1');
  const firstLine = decoder.decode(head.subarray(headerBytes, headerBytes + FIRST_LINE_BYTES));
  if (!firstLine.startsWith(KEY)) return undefined;
  const size = Number.parseInt(firstLine.slice(KEY.length), 10);
  if (!Number.isInteger(size)) return undefined;
  const start = headerBytes + FIRST_LINE_BYTES;
  const lines = decoder.decode(head.subarray(start, start + size)).split('\n');
  // A file with a mask has a space before some keys.
  const has = (line: string): boolean => lines.some((found) => found.trim() === line);
  return {
    bytes: FIRST_LINE_BYTES + size,
    leader: has('BLOCK_LEADER=SIZE_AS_UINT4'),
    trailer: has('BLOCK_TRAILER=LAST_4_BYTES_REPEATED'),
    edited: has('KNOWN_INCOMPATIBLE_EDITION=YES'),
    maskInterleaved: has('MASK_INTERLEAVED_WITH_IMAGERY=YES'),
  };
}
