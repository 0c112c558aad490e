import type { JsonObject, JsonValue } from '../json';
import { isJsonObject } from '../json';
import { countInWords } from '../words';
import { integerOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { type LzmaProperties, LzmaStream, lzmaProperties } from './lzma-stream';
import { Output } from './output';
import { checkDeclaredSize } from './size';
import type { CodecContext, Decoder } from './types';
import { decodeXz } from './xz';
import { decodeFilterChain, FilterId, undoDelta, unknownFilter } from './xz-filters';

/** Python's lzma.FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE and FORMAT_RAW. */
const Format = { auto: 0, xz: 1, alone: 2, raw: 3 } as const;

/** The number that liblzma gives LZMA 1 as a filter. */
const LZMA1 = 0x4000000000000001n;
const ALONE_HEADER = 13;
const XZ_FIRST_BYTE = 0xfd;

/**
 * numcodecs `lzma {format, filters}`: what Python's module lzma reads. Our own, because no package for browsers knows xz's delta filter,
 * which libtiff puts before LZMA2.
 */
export const decodeLzma: Decoder = (bytes, config, context) => {
  const format = integerOf(config, 'format', Format.xz);
  switch (format) {
    case Format.auto:
      return bytes[0] === XZ_FIRST_BYTE ? decodeXz(bytes, context) : decodeAlone(bytes, context);
    case Format.xz:
      return decodeXz(bytes, context);
    case Format.alone:
      return decodeAlone(bytes, context);
    case Format.raw:
      return decodeRaw(bytes, config, context);
    default:
      throw badConfiguration(`"format" is ${format}, which is none of 1 (xz), 2 (.lzma) and 3 (raw)`);
  }
};

/** The .lzma format (lzma-file-format.txt of XZ Utils): properties, size of the dictionary, size of the data, one LZMA stream. */
function decodeAlone(bytes: Uint8Array, context: CodecContext): Uint8Array {
  if (bytes.length < ALONE_HEADER) throw damaged(`There are ${bytes.length} bytes, too few for the header of .lzma.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const properties = lzmaProperties(view.getUint8(0), false);
  const size = view.getBigUint64(5, true);
  const known = size === 2n ** 64n - 1n ? undefined : Number(size);
  if (known !== undefined) checkDeclaredSize(known, context);
  return decodeLzma1(bytes, ALONE_HEADER, properties, known, context);
}

/** `size` is undefined where an end marker tells the end. */
function decodeLzma1(
  bytes: Uint8Array,
  start: number,
  properties: LzmaProperties,
  size: number | undefined,
  context: CodecContext,
): Uint8Array {
  const output = new Output(context);
  const stream = new LzmaStream(bytes, output);
  stream.resetState(properties);
  stream.range.begin(start, bytes.length);
  const ended = stream.decode(size ?? Infinity);
  if (ended && size !== undefined && output.length < size) {
    throw damaged(`The LZMA data end after ${countInWords(output.length)} of ${countInWords(size)} bytes.`);
  }
  return output.written();
}

function decodeRaw(bytes: Uint8Array, config: JsonObject, context: CodecContext): Uint8Array {
  const filters = config.filters ?? [];
  const list = Array.isArray(filters) ? filters.filter(isJsonObject) : [];
  const last = list.at(-1);
  if (!Array.isArray(filters) || list.length !== filters.length || last === undefined) {
    throw badConfiguration('"format" is 3 (raw), and "filters" does not list the filters');
  }
  const ids = list.map((filter) => filterId(filter.id));
  if (ids.at(-1) === LZMA1) {
    const decoded = decodeLzma1(bytes, 0, propertiesOf(last), undefined, context);
    for (const [i, filter] of [...list.slice(0, -1).entries()].reverse()) {
      if (ids[i] !== BigInt(FilterId.delta)) throw unknownFilter(ids[i] ?? 0n);
      undoDelta(decoded, distanceOf(filter));
    }
    return decoded;
  }
  const output = new Output(context);
  const chain = list.map((filter, i) => {
    const id = Number(ids[i]);
    const properties = id === FilterId.delta ? Uint8Array.of(distanceOf(filter) - 1) : new Uint8Array();
    return { id, properties };
  });
  decodeFilterChain(bytes, 0, chain, output);
  return output.written();
}

function filterId(json: JsonValue | undefined): bigint {
  if (typeof json === 'bigint' || (typeof json === 'number' && Number.isInteger(json))) return BigInt(json);
  throw badConfiguration('a filter has no number as its "id"');
}

function distanceOf(filter: JsonObject): number {
  const distance = integerOf(filter, 'dist', 1);
  if (distance >= 1 && distance <= 256) return distance;
  throw badConfiguration(`"dist" of the delta filter is ${distance}; it is 1 to 256`);
}

/** lc, lp and pb as Python's filter specification has them; every preset means 3, 0 and 2. */
function propertiesOf(filter: JsonObject): LzmaProperties {
  const number = (name: string, otherwise: number): number => {
    const value = integerOf(filter, name, otherwise);
    if (value >= 0 && value <= 4) return value;
    throw badConfiguration(`"${name}" of the LZMA filter is ${value}; it is 0 to 4`);
  };
  return {
    literalContextBits: number('lc', 3),
    literalPositionBits: number('lp', 0),
    positionBits: number('pb', 2),
  };
}
