const SIGNATURES: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture'],
  [[0x1f, 0x8b], 'a gzip file; unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard file; unpack it first'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 (or netCDF-4) file'],
  [[0x0e, 0x03, 0x13, 0x01], 'an HDF4 file'],
  [[0x43, 0x44, 0x46], 'a netCDF-3 file'],
  [[0x47, 0x52, 0x49, 0x42], 'a GRIB file'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
  [[0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20], 'a JPEG 2000 picture'],
  [[0xff, 0x4f, 0xff, 0x51], 'a JPEG 2000 codestream'],
  [[0x52, 0x49, 0x46, 0x46], 'a RIFF file (WebP, perhaps)'],
  [[0x42, 0x4d], 'a Windows bitmap'],
];

const TEXT_STARTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [
    /^<(!doctype\s+html|html|head|body)/i,
    'a web page (HTML), so the address gave a login or error page. Open it in a browser to see',
  ],
  [/^<\?xml|^<[a-z]/i, 'XML: the error message of an object store, most likely. Open the address in a browser to see'],
  [/^[[{]/, 'JSON'],
  [/^version https:\/\/git-lfs/, 'a Git LFS pointer, not the file itself. Run git lfs pull'],
];

/**
 * What a file that is no TIFF looks like, as the rest of a sentence: `it looks like a PNG picture.`
 * @param head the file's first bytes, all of them where it is short. @param url of the file.
 */
export function whatItLooksLike(head: Uint8Array, url: string): string {
  const where = url.startsWith('file:') ? 'path' : 'address';
  if (head.length === 0) return `the file is empty (0 bytes). Check the ${where}.`;
  const signature = SIGNATURES.find(([bytes]) => bytes.every((byte, place) => head[place] === byte));
  if (signature !== undefined) return `it looks like ${signature[1]}.`;
  const text = new TextDecoder().decode(head.subarray(0, 256)).trimStart();
  const start = TEXT_STARTS.find(([pattern]) => pattern.test(text));
  if (start !== undefined) return `it looks like ${start[1]}.`;
  if (head.length < 8) return `it has only ${head.length} bytes. Check the ${where}, or get a whole copy.`;
  const [first = '', second = '', ...rest] = Array.from(head.subarray(0, 4), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  if (/^(II|MM)/.test(text)) {
    return `it begins with the byte order mark of one, but bytes 3 and 4 (${rest.join(' ')}) are not the number 42 or 43: a camera's raw file or damage.`;
  }
  return `its first bytes are ${[first, second, ...rest].join(' ')}, where a TIFF has 49 49 2a 00 or 4d 4d 00 2a (BigTIFF: 2b for 2a).`;
}
