import type { TiffFormat } from './format';

const FIRST_LINE = /^GDAL_STRUCTURAL_METADATA_SIZE=(\d{6}) bytes\n/u;

/**
 * The COG ghost area right behind the header (GDAL, COG driver, "Header ghost area"): its lines as names and values; undefined where
 * there is none.
 */
export function readGhost(head: Uint8Array, format: TiffFormat): ReadonlyMap<string, string> | undefined {
  const text = new TextDecoder('latin1').decode(head.subarray(format.headerBytes, format.headerBytes + 4096));
  const [firstLine = '', size] = FIRST_LINE.exec(text) ?? [];
  if (size === undefined) return undefined;
  const lines = new Map<string, string>();
  for (const line of text.slice(firstLine.length, firstLine.length + Number(size)).split('\n')) {
    const [, name, value] = /^([A-Z_0-9]+)=(.*)$/u.exec(line.trim()) ?? [];
    if (name !== undefined && value !== undefined) lines.set(name, value);
  }
  return lines;
}
