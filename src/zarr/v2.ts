import { KerchunkError } from '../errors';
import type { JsonObject, JsonValue } from '../json';
import { codecStepV2 } from './codec-id';
import { parseDataType } from './data-type';
import { parseFillValue } from './fill-value';
import { keyBelow } from './grid';
import { elementCount } from './shape';
import type { CodecStep, DataType, FillValue, ZarrArray } from './types';

/**
 * The array that a zarr v2 `.zarray` document and its `.zattrs` describe (zarr v2 specification, "Arrays"). `path` is the
 * array's path without slashes at the ends. Missing `compressor` and `filters` read as null, a missing `dimension_separator` as
 * `.`, a chunk side of 0 along an axis of length 0 as 1. Dimension names are `_ARRAY_DIMENSIONS` where it is a list of as many
 * strings (or nulls) as the array has axes.
 * @throws KerchunkError `malformed-metadata` naming the document, the member and what is wrong with it; also where the chunk
 * grid has more than 2^53 - 1 chunks, or a chunk more bytes than that.
 */
export function parseZarrayV2(path: string, zarray: JsonObject, zattrs: JsonObject | undefined): ZarrArray {
  const document = keyBelow(path, '.zarray');
  const format = member(zarray, 'zarr_format', document);
  if (format === 3) {
    throw malformed(document, 'zarr_format is 3; zarr v3 arrays stand in zarr.json, which is not yet supported');
  }
  if (format !== 2) throw malformed(document, `zarr_format is ${show(format)}; it must be the integer 2`);
  const shape = sizes(member(zarray, 'shape', document), 'shape', document);
  const chunkShape = parseChunks(member(zarray, 'chunks', document), shape, document);
  const dataType = named(document, () => parseDataType(member(zarray, 'dtype', document)));
  checkExtent(shape, chunkShape, dataType, document);
  const fillValue: FillValue = named(document, () => parseFillValue(member(zarray, 'fill_value', document), dataType));
  const attributes = zattrs ?? {};
  const dimensionNames = parseDimensionNames(attributes._ARRAY_DIMENSIONS, shape.length);
  return {
    path,
    zarrFormat: 2,
    shape,
    chunkShape,
    dataType,
    order: parseOrder(member(zarray, 'order', document), document),
    fillValue,
    codecs: parseCodecs(zarray, document),
    keyEncoding: { separator: parseSeparator(zarray.dimension_separator, document), prefix: '' },
    ...(dimensionNames === undefined ? {} : { dimensionNames }),
    attributes,
  };
}

function member(zarray: JsonObject, name: string, document: string): JsonValue {
  const value = Object.hasOwn(zarray, name) ? zarray[name] : undefined;
  if (value === undefined) throw malformed(document, `"${name}" is missing`);
  return value;
}

function sizes(value: JsonValue, name: string, document: string): number[] {
  if (!Array.isArray(value)) throw malformed(document, `"${name}" is ${show(value)}; it must be a list of integers`);
  return value.map((side, axis) => {
    // Adding 0 makes 0 of the -0 that "-0" reads as.
    if (typeof side === 'number' && Number.isSafeInteger(side) && side >= 0) return side + 0;
    throw malformed(document, `"${name}" has ${show(side)} for axis ${axis}; it must be an integer from 0 to 2^53 - 1`);
  });
}

function parseChunks(value: JsonValue, shape: number[], document: string): number[] {
  const chunks = sizes(value, 'chunks', document);
  if (chunks.length !== shape.length) {
    throw malformed(document, `"shape" has ${shape.length} axes and "chunks" ${chunks.length}; they must have as many`);
  }
  return chunks.map((side, axis) => {
    if (side > 0) return side;
    if (shape[axis] === 0) return 1;
    throw malformed(document, `"chunks" has 0 for axis ${axis}; a chunk has at least one element along every axis`);
  });
}

function checkExtent(shape: number[], chunkShape: number[], type: DataType, document: string): void {
  const chunks = shape.reduce((product, side, axis) => product * Math.ceil(side / (chunkShape[axis] ?? 1)), 1);
  if (chunks > Number.MAX_SAFE_INTEGER) {
    throw malformed(
      document,
      `shape [${shape.join(', ')}] in chunks of [${chunkShape.join(', ')}] makes more than 2^53 - 1 chunks`,
    );
  }
  const bytes = elementCount(chunkShape) * Math.max(type.itemSize, 1);
  if (bytes > Number.MAX_SAFE_INTEGER) {
    throw malformed(document, `a chunk of [${chunkShape.join(', ')}] elements has more than 2^53 - 1 bytes`);
  }
}

function parseOrder(value: JsonValue, document: string): 'C' | 'F' {
  if (value === 'C' || value === 'F') return value;
  throw malformed(document, `"order" is ${show(value)}; it must be "C" or "F"`);
}

function parseSeparator(value: JsonValue | undefined, document: string): '.' | '/' {
  if (value === undefined) return '.';
  if (value === '.' || value === '/') return value;
  throw malformed(document, `"dimension_separator" is ${show(value)}; it must be "." or "/"`);
}

function parseCodecs(zarray: JsonObject, document: string): CodecStep[] {
  const filters = zarray.filters ?? [];
  if (!Array.isArray(filters)) throw malformed(document, `"filters" is ${show(filters)}; it must be null or a list`);
  const steps = filters.map((filter, index) => {
    const step = codecStepV2(filter, 'filter');
    if (step === undefined) {
      throw malformed(document, `filter ${index + 1} is ${show(filter)}; it must be an object with an "id"`);
    }
    return step;
  });
  const compressor = zarray.compressor ?? null;
  if (compressor === null) return steps;
  const step = codecStepV2(compressor, 'compressor');
  if (step === undefined) {
    throw malformed(document, `"compressor" is ${show(compressor)}; it must be null or an object with an "id"`);
  }
  return [...steps, step];
}

function parseDimensionNames(value: JsonValue | undefined, rank: number): (string | null)[] | undefined {
  if (!Array.isArray(value) || value.length !== rank) return undefined;
  const names = value.filter((name): name is string | null => name === null || typeof name === 'string');
  return names.length === rank ? names : undefined;
}

/** Runs a parser that does not know the document, and puts the document's name before its message. */
function named<T>(document: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof KerchunkError && !error.message.startsWith(`${document}: `)) {
      throw new KerchunkError(error.code, `${document}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function show(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `"${value}"` : String(value);
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return value.length === 0 ? 'an empty list' : 'a list';
}

function malformed(document: string, message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', `${document}: ${message}.`);
}
