import type { JsonObject, JsonValue } from '../json';
import { normaliseCodecId } from './codec-id';
import { formatDataType } from './data-type';
import { malformed, show } from './document';
import type { CodecStep, DataType } from './types';
import { extensionOf } from './v3-extension';

/** What `blosc` is told of shuffling in zarr v3, and numcodecs' numbers for it. */
const SHUFFLES: ReadonlyMap<JsonValue, number> = new Map<JsonValue, number>([
  ['noshuffle', 0],
  ['shuffle', 1],
  ['bitshuffle', 2],
]);

/** numpy's names of types, which stand in configurations of `numcodecs.…` where zarr-python has filled them in, without a byte order. */
const NUMPY_NAMES: ReadonlyMap<string, string> = new Map(
  ['int', 'uint', 'float'].flatMap((name) =>
    [1, 2, 4, 8].map((size) => [`${name}${8 * size}`, `${size === 1 ? '|' : '<'}${name.charAt(0)}${size}`] as const),
  ),
);

/**
 * The codec chain of a zarr v3 array, a step for each member of `codecs`, in the order of encoding. Names become numcodecs' and imagecodecs'
 * own, and what zarr-python takes from the array's data type where a configuration of numcodecs leaves it out is filled in.
 * @throws KerchunkError `malformed-metadata` where `codecs` is no list of codecs.
 */
export function codecStepsV3(codecs: JsonValue, arrayType: DataType, document: string): CodecStep[] {
  if (!Array.isArray(codecs)) throw malformed(document, `"codecs" is ${show(codecs)}; it must be a list`);
  return codecs.map((codec, index) => {
    const extension = extensionOf(codec);
    if (extension === undefined) {
      throw malformed(document, `codec ${index + 1} is ${show(codec)}; it must be an object with a "name"`);
    }
    const { name, configuration } = extension;
    return { id: codecIdV3(name), place: 'codec', config: completed(name, configuration, arrayType) };
  });
}

/** The id under which a codec of zarr v3 is decoded. */
export function codecIdV3(name: string): string {
  // The registry's packbits lays bits out in another way than numcodecs', which is numcodecs.packbits.
  if (name === 'packbits') return 'zarr.packbits';
  if (name.startsWith('virtual_tiff.')) return name.slice('virtual_tiff.'.length);
  return normaliseCodecId(name);
}

/** Members that hold a type, and whether it is the array's where zarr-python finds none. */
const TYPES: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  'numcodecs.delta': { dtype: false, astype: false },
  'numcodecs.fixedscaleoffset': { dtype: true, astype: false },
  'numcodecs.quantize': { dtype: true, astype: false },
  'numcodecs.astype': { encode_dtype: false, decode_dtype: true },
};

function completed(name: string, configuration: JsonObject, arrayType: DataType): JsonObject {
  if (name === 'blosc') {
    const shuffle = SHUFFLES.get(configuration.shuffle ?? null);
    return shuffle === undefined ? configuration : { ...configuration, shuffle };
  }
  if (name === 'numcodecs.shuffle') {
    return { ...configuration, elementsize: configuration.elementsize ?? arrayType.itemSize };
  }
  const types = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (types === undefined) return configuration;
  const filled: JsonObject = { ...configuration };
  for (const [member, isArrays] of Object.entries(types)) {
    const type = filled[member] ?? (isArrays ? formatDataType(arrayType) : undefined);
    if (type !== undefined) filled[member] = typeof type === 'string' ? inMemory(type) : type;
  }
  return filled;
}

/** A numpy type as filters find it here: in little-endian order, whichever it was that zarr-python had in memory. */
function inMemory(type: string): string {
  return NUMPY_NAMES.get(type) ?? type.replace(/^[>=]?(?=[iufc][248]|c16)/, '<');
}
