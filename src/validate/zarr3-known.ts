import type { JsonObject } from '../json';

/** What a codec is given and gives: `image` codecs make bytes of an array or of bytes, as the writer has it. */
export type CodecKind = 'array-array' | 'array-bytes' | 'bytes-bytes' | 'image';

/** Codecs that zarr-python 3.1 has of its own (zarr/codecs/__init__.py), by name. */
const ZARR_PYTHON: ReadonlyMap<string, CodecKind> = new Map<string, CodecKind>([
  ['transpose', 'array-array'],
  ['bytes', 'array-bytes'],
  ['sharding_indexed', 'array-bytes'],
  ['vlen-utf8', 'array-bytes'],
  ['vlen-bytes', 'array-bytes'],
  ['blosc', 'bytes-bytes'],
  ['crc32c', 'bytes-bytes'],
  ['gzip', 'bytes-bytes'],
  ['zstd', 'bytes-bytes'],
  ...named('numcodecs.', 'array-array', 'delta bitround fixedscaleoffset quantize packbits astype'),
  ...named('numcodecs.', 'array-bytes', 'pcodec zfpy'),
  ...named('numcodecs.', 'bytes-bytes', 'blosc lz4 zstd zlib gzip bz2 lzma shuffle'),
  ...named('numcodecs.', 'bytes-bytes', 'crc32 crc32c adler32 fletcher32 jenkins_lookup3'),
]);

/** Codecs that the packages imagecodecs-zarr and virtual-tiff bring for zarr-python 3, by name. */
const PACKAGES: ReadonlyMap<string, CodecKind> = new Map<string, CodecKind>([
  ...named('', 'array-array', 'HorizontalDeltaCodec virtual_tiff.HorizontalDeltaCodec'),
  ...named('', 'array-bytes', 'ChunkyCodec virtual_tiff.ChunkyCodec'),
  ...named('imagecodecs_', 'array-array', 'delta floatpred'),
]);

/** The codecs of imagecodecs that virtual-tiff 0.5 registers for zarr-python 3 (its entry points): as codecs of bytes where they are of images. */
const VIRTUAL_TIFF =
  /^imagecodecs_(?:deflate|delta|floatpred|jetraw|jpeg|jpeg2k|jpeg8|jpegxl|jpegxr|lerc|lzw|packbits|png|webp|zstd)$/u;

/**
 * Whether the package virtual-tiff brings a codec to zarr-python 3; all others of a package are imagecodecs-zarr's. Both have
 * imagecodecs_floatpred, virtual-tiff's with the shape and dtype of the chunk, imagecodecs-zarr's without.
 */
export function isOfVirtualTiff(name: string, configuration: JsonObject): boolean {
  if (name === 'imagecodecs_floatpred') return configuration.shape !== undefined;
  return VIRTUAL_TIFF.test(name) || /^(?:virtual_tiff\.)?(?:HorizontalDelta|Chunky)Codec$/u.test(name);
}

/** Names in the registry zarr-extensions that zarr-python 3.1 does not have. */
const REGISTERED: ReadonlyMap<string, CodecKind> = new Map<string, CodecKind>([
  ...named('', 'array-array', 'bitround cast_value reshape scale_offset singleton_dim'),
  ...named('', 'array-bytes', 'arrow-ipc jpeg jpegxl n5_default optional packbits zfp'),
  ...named('', 'bytes-bytes', 'lzw offset pad'),
]);

function named(prefix: string, kind: CodecKind, names: string): [string, CodecKind][] {
  return names.split(' ').map((name) => [`${prefix}${name}`, kind]);
}

/** Who has a codec of this name: zarr-python itself, a package beside it, or only the registry; undefined where no one is known to. */
export function codecHome(name: string): { home: 'zarr-python' | 'package' | 'registry'; kind: CodecKind } | undefined {
  const own = ZARR_PYTHON.get(name);
  if (own !== undefined) return { home: 'zarr-python', kind: own };
  const kind = PACKAGES.get(name) ?? (/^imagecodecs_[a-z0-9]+$/.test(name) ? 'image' : undefined);
  if (kind !== undefined) return { home: 'package', kind };
  const registered = REGISTERED.get(name);
  return registered === undefined ? undefined : { home: 'registry', kind: registered };
}

/** What a name that no one has may be meant to be. */
export function likelyCodec(name: string): string | undefined {
  if (name === 'endian') return 'bytes';
  return codecHome(`numcodecs.${name}`) === undefined ? undefined : `numcodecs.${name}`;
}

/** Data types of the registry zarr-extensions that zarr-python 3.1 does not have. */
const REGISTERED_TYPES =
  /^(struct|bfloat16|u?int[24]|float[468]_e\d+m\d+\w*|complex_(bfloat16|float\d+\w*)|N\d+f\d+|Q\d+f\d+|binary_fixed_point|optional|json|datetime64|timedelta64)$/;

/** Whether the registry zarr-extensions has a data type of this name that zarr-python 3.1 does not have. */
export function isRegisteredType(name: string): boolean {
  return REGISTERED_TYPES.test(name);
}

/** Whether a name may be given to an extension: a registered one, or, as earlier versions wanted, a URI. */
export function isExtensionName(name: string): boolean {
  return /^[a-z][a-z0-9_.-]+$/.test(name) || /^[a-z][a-z0-9+.-]*:/i.test(name);
}
