import type { JsonObject, JsonValue } from '../json';
import { codecStepV2 } from './codec-id';
import { parseDataType } from './data-type';
import { checkExtent, chunkSides, dimensionNamesOf, malformed, member, named, show, sizes } from './document';
import { parseFillValue } from './fill-value';
import { keyBelow } from './grid';
import type { CodecStep, FillValue, ZarrArray } from './types';

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
    throw malformed(document, 'zarr_format is 3; zarr v3 arrays stand in zarr.json');
  }
  if (format !== 2) throw malformed(document, `zarr_format is ${show(format)}; it must be the integer 2`);
  const shape = sizes(member(zarray, 'shape', document), 'shape', document);
  const chunkShape = chunkSides(member(zarray, 'chunks', document), 'chunks', shape, document);
  const dataType = named(document, () => parseDataType(member(zarray, 'dtype', document)));
  checkExtent(shape, chunkShape, dataType, document);
  const fillValue: FillValue = named(document, () => parseFillValue(member(zarray, 'fill_value', document), dataType));
  const attributes = zattrs ?? {};
  const dimensionNames = dimensionNamesOf(attributes._ARRAY_DIMENSIONS, shape.length);
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
