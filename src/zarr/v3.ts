import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { checkExtent, chunkSides, dimensionNamesOf, malformed, member, named, show, sizes } from './document';
import { keyBelow } from './grid';
import type { ZarrArray } from './types';
import { codecStepsV3 } from './v3-codecs';
import { parseDataTypeV3 } from './v3-data-type';
import { extensionOf } from './v3-extension';
import { parseFillValueV3 } from './v3-fill-value';

/**
 * The array that a `zarr.json` of zarr v3 describes (zarr v3 core specification, "Array metadata"). `path` is the array's path without
 * slashes at the ends. It is read as far as it is clear what is meant, the way zarr-python reads it: members that are not known are passed
 * over, and a name alone stands for an object with this name.
 * @throws KerchunkError `malformed-metadata` naming the document, the member and what is wrong with it; also for what is not read here, by its
 * name: chunk grids that are not regular, data types that numpy does not have, storage transformers.
 */
export function parseZarrJson(path: string, metadata: JsonObject): ZarrArray {
  const document = keyBelow(path, 'zarr.json');
  const format = member(metadata, 'zarr_format', document);
  if (format !== 3) throw malformed(document, `zarr_format is ${show(format)}; it must be the integer 3`);
  const nodeType = member(metadata, 'node_type', document);
  if (nodeType !== 'array') throw malformed(document, `node_type is ${show(nodeType)}; it must be "array" or "group"`);
  const shape = sizes(member(metadata, 'shape', document), 'shape', document);
  const dataType = named(document, () => parseDataTypeV3(member(metadata, 'data_type', document)));
  const chunkShape = parseGrid(member(metadata, 'chunk_grid', document), shape, document);
  checkExtent(shape, chunkShape, dataType, document);
  checkTransformers(metadata.storage_transformers, document);
  const fillValue = named(document, () => parseFillValueV3(member(metadata, 'fill_value', document), dataType));
  const dimensionNames = dimensionNamesOf(metadata.dimension_names, shape.length);
  return {
    path,
    zarrFormat: 3,
    shape,
    chunkShape,
    dataType,
    order: 'C',
    fillValue,
    codecs: codecStepsV3(member(metadata, 'codecs', document), dataType, document),
    keyEncoding: parseKeyEncoding(member(metadata, 'chunk_key_encoding', document), document),
    ...(dimensionNames === undefined ? {} : { dimensionNames }),
    attributes: isJsonObject(metadata.attributes) ? metadata.attributes : {},
  };
}

function parseGrid(json: JsonValue, shape: readonly number[], document: string): number[] {
  const grid = extensionOf(json);
  if (grid === undefined)
    throw malformed(document, `"chunk_grid" is ${show(json)}; it must be an object with a "name"`);
  if (grid.name !== 'regular') {
    throw malformed(document, `the chunk grid "${grid.name}" is not read here, only "regular" is`);
  }
  const sides = grid.configuration.chunk_shape;
  if (sides === undefined) throw malformed(document, 'the chunk grid has no "chunk_shape"');
  return chunkSides(sides, 'chunk_shape', shape, document);
}

function parseKeyEncoding(json: JsonValue, document: string): ZarrArray['keyEncoding'] {
  const encoding = extensionOf(json);
  if (encoding === undefined) {
    throw malformed(document, `"chunk_key_encoding" is ${show(json)}; it must be an object with a "name"`);
  }
  const { name, configuration } = encoding;
  if (name !== 'default' && name !== 'v2') {
    throw malformed(document, `the chunk key encoding "${name}" is not known; it must be "default" or "v2"`);
  }
  // zarr-python also takes a separator that stands beside the name.
  const beside = isJsonObject(json) && json.separator !== undefined ? json.separator : undefined;
  const separator = configuration.separator ?? beside ?? (name === 'v2' ? '.' : '/');
  if (separator !== '.' && separator !== '/') {
    throw malformed(document, `the separator of chunk keys is ${show(separator)}; it must be "." or "/"`);
  }
  return { separator, prefix: name === 'v2' ? '' : 'c' };
}

function checkTransformers(json: JsonValue | undefined, document: string): void {
  if (json === undefined || json === null || (Array.isArray(json) && json.length === 0)) return;
  throw malformed(document, 'it has storage transformers, which are not read here');
}
