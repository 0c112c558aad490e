import path from 'node:path';

const BLOCK = 512;
const NAME_END = 100;
const SIZE_START = 124;
const SIZE_END = 136;
const TYPE = 156;
const PREFIX_START = 345;
const PREFIX_END = 500;

/** The regular files of a tar archive (POSIX ustar), by their names. */
export function filesOfTar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + BLOCK);
    const text = (start: number, end: number): string => header.toString('utf8', start, end).split('\0', 1)[0] ?? '';
    const size = Number.parseInt(text(SIZE_START, SIZE_END), 8);
    const prefix = text(PREFIX_START, PREFIX_END);
    const type = String.fromCharCode(header[TYPE] ?? 0);
    const start = at + BLOCK;
    if (type === '0' || type === '\0') {
      const name = path.posix.join(prefix, text(0, NAME_END));
      files.set(name, archive.subarray(start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
