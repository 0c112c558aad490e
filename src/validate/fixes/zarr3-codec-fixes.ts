import { isJsonObject, type JsonValue, shortJson } from '../../json';
import type { DataType } from '../../zarr/types';
import { extensionOf } from '../../zarr/v3-extension';
import { type CodecKind, codecHome, likelyCodec } from '../zarr3-known';
import { knownTiffBehind } from './known-tiff';
import { valueUnder } from './editable-text';
import { arrayPath, concernedBy, replaced } from './remedies';
import type { FixContext, Fixer, Remedy } from './types';
import { fixTextNumber } from './value-fixes';
import { dataTypeOf, metadataOf, written } from './zarr3-fixes';

const SHUFFLES = ['noshuffle', 'shuffle', 'bitshuffle'];
/** Codecs that need no configuration, and those that zarr-python wants an empty one of. */
const BARE = ['vlen-utf8', 'vlen-bytes', 'crc32c'];
const EMPTY = ['shuffle', 'zlib', 'gzip', 'bz2', 'packbits'].map((name) => `numcodecs.${name}`);
const ENDIANS: ReadonlyMap<string, string> = new Map([
  ...['little', 'little-endian', 'le', '<'].map((text): [string, string] => [text, 'little']),
  ...['big', 'big-endian', 'be', '>'].map((text): [string, string] => [text, 'big']),
]);

/** Codecs of a chain in the order of their kinds, and with one that makes bytes of the array. */
export const fixCodecsOrder: Fixer = (context) => {
  const concerned = concernedBy(context);
  const [document] = concerned?.documents ?? [];
  if (concerned === undefined || document === undefined) return [];
  const { documents, path } = concerned;
  const place = typeof path.at(-1) === 'number' ? path.slice(0, -1) : path;
  const list = valueUnder(document, place)?.value;
  if (!Array.isArray(list)) return [];
  const kinds = list.map((codec) => codecHome(extensionOf(codec)?.name ?? '')?.kind);
  if (kinds.some((kind) => kind === undefined || kind === 'image')) return [];
  const of = (wanted: CodecKind): JsonValue[] => list.filter((_codec, index) => kinds[index] === wanted);
  const [serializer, ...others] = of('array-bytes');
  // Which of several makes the bytes no one can tell.
  if (others.length > 0) return [];
  const chain = (bytes: JsonValue): JsonValue[] => [...of('array-array'), bytes, ...of('bytes-bytes')];
  if (serializer !== undefined) {
    const changes = replaced(documents, place, chain(serializer));
    return [{ title: 'Put the codecs into their order', changes, isPreferred: true }];
  }
  return bytesCodecs(context, place.includes('index_codecs')).map(({ codec, ...way }) => ({
    title: `Add ${shortJson(codec)}`,
    changes: replaced(documents, place, chain(codec)),
    ...way,
  }));
};

/** Codecs that make bytes of the array: one where its data type leaves no choice, else one for each byte order. */
function bytesCodecs(context: FixContext, isIndex: boolean): ({ codec: JsonValue } & Partial<Remedy>)[] {
  const type = dataTypeOf(context);
  if (!isIndex && type === undefined) return [];
  if (!isIndex && type?.kind === 'O') {
    return [{ codec: { name: type.v3Name === 'string' ? 'vlen-utf8' : 'vlen-bytes' }, isPreferred: true }];
  }
  if (!isIndex && !hasByteOrder(type)) return [{ codec: { name: 'bytes' }, isPreferred: true }];
  return endiansOf(context).map((endian, _index, all) => ({
    codec: { name: 'bytes', configuration: { endian } },
    alternative: `${endian}-endian`,
    ...(all.length === 1 ? { isPreferred: true } : {}),
  }));
}

function hasByteOrder(type: DataType | undefined): boolean {
  return type !== undefined && type.byteOrder !== 'none';
}

/** The byte order of the TIFF behind the array where it is known, and both where it is not, little-endian first. */
function endiansOf(context: FixContext): ('little' | 'big')[] {
  const tiff = knownTiffBehind(context, arrayPath(context))?.tiff;
  return tiff === undefined ? ['little', 'big'] : [tiff.byteOrder];
}

/** `endian` that is missing or spelt otherwise. */
export const fixEndian: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined) return [];
  const { documents, path, value } = concerned;
  if (path.at(-1) === 'endian') {
    const meant = typeof value === 'string' ? ENDIANS.get(value.trim().toLowerCase()) : undefined;
    return meant === value ? [] : written(concerned, meant);
  }
  if (!isJsonObject(value)) return [];
  const configuration = isJsonObject(value.configuration) ? value.configuration : {};
  return endiansOf(context).map((endian, _index, all) => ({
    title: `Write "endian": "${endian}"`,
    changes: replaced(documents, path, { ...value, configuration: { ...configuration, endian } }),
    alternative: `${endian}-endian`,
    ...(all.length === 1 ? { isPreferred: true } : {}),
  }));
};

/** A codec that is its name alone, of those that need no configuration, or a chunk key encoding. */
export const fixCodecOfNameAlone: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined || typeof concerned.value !== 'string') return [];
  const { documents, path, value: name } = concerned;
  if (name === 'bytes') {
    return bytesCodecs(context, path.includes('index_codecs')).map(({ codec, ...way }) => ({
      title: `Write ${shortJson(codec)}`,
      changes: replaced(documents, path, codec),
      ...way,
    }));
  }
  if (BARE.includes(name) || path[0] === 'chunk_key_encoding') return written(concerned, { name });
  return EMPTY.includes(name) ? written(concerned, { name, configuration: {} }) : [];
};

/** The name of a codec that is nearly right. */
export const fixCodecName: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined || typeof concerned.value !== 'string') return [];
  return written(concerned, likelyCodec(concerned.value));
};

/** `order` of transpose as zarr v2 had it, "C" or "F". */
export const fixTransposeOrder: Fixer = (context) => {
  const concerned = concernedBy(context);
  const shape = metadataOf(context)?.shape;
  if (concerned === undefined || !Array.isArray(shape)) return [];
  const axes = shape.map((_side, axis) => axis);
  const orders = new Map<JsonValue, number[]>([
    ['C', axes],
    ['F', axes.toReversed()],
  ]);
  return written(concerned, orders.get(concerned.value));
};

/** Numbers in quotes, the shuffle of blosc by its number of zarr v2, and a configuration that is empty and missing. */
export const fixZarr3CodecConfig: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined) return [];
  const { path, value } = concerned;
  if (path.at(-1) === 'shuffle') return written(concerned, typeof value === 'number' ? SHUFFLES[value] : undefined);
  if (!isJsonObject(value)) return fixTextNumber(context);
  const isEmpty = value.configuration === undefined && typeof value.name === 'string' && EMPTY.includes(value.name);
  return isEmpty ? written(concerned, { ...value, configuration: {} }) : [];
};
