/** Codec ids that Python packages register, by package: a reader that has the package can decode them, whether or not we can. */
const registered: Record<string, RegExp> = {
  numcodecs:
    /^(zlib|gzip|bz2|lzma|lz4|zstd|blosc|shuffle|delta|fixedscaleoffset|quantize|bitround|astype|packbits|categorize|json2?|msgpack2?|pickle|vlen-(utf8|bytes|array)|crc32c?|adler32|fletcher32|jenkins_lookup3|base64|zfpy|pcodec)$/u,
  imagecodecs: /^imagecodecs_[a-z0-9]+$/u,
  kerchunk: /^(grib|fill_hdf_strings|FITSAscii|FITSVarBintable|record_member)$/u,
};

/** The Python package that registers the codec `id`; undefined where none that is known does. */
export function registeringPackage(id: string): string | undefined {
  return Object.entries(registered).find(([, ids]) => ids.test(id))?.[0];
}

/** Whether a codec is one of those by which TIFFs are viewed here and which never go to a file (`kerchunk_tiff_…`): no other reader has it. */
export function isOwnCodec(id: string): boolean {
  return id.startsWith('kerchunk_tiff_');
}
