/** How a whole file is compressed, by fsspec's names. */
export type Compression = 'gzip' | 'zstd';

/**
 * The compression of a file that begins with these bytes; undefined where it has none. gzip: RFC 1952, section 2.3.1. Zstandard: a frame, or
 * a skippable one, as parallel compressors write first (RFC 8878, section 3.1).
 */
export function compressionOf([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): Compression | undefined {
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd';
  const isSkippable = first >>> 4 === 5 && second === 0x2a && third === 0x4d && fourth === 0x18;
  return isSkippable ? 'zstd' : undefined;
}

/** The name of a file without the ending that says how it is compressed. */
export function withoutCompressionEnding(path: string): string {
  return path.replace(/\.(?:gz|zst|zstd)$/iu, '');
}
