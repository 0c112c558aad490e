import { isJsonObject, type JsonObject } from '../json';
import { listInWords } from '../words';
import { shown, type Zarr3Node } from './zarr3-node';

const ARRAY_FIELDS = ['shape', 'data_type', 'chunk_grid', 'chunk_key_encoding', 'fill_value', 'codecs'];
const ARRAY_OPTIONS = ['attributes', 'storage_transformers', 'dimension_names'];
const GROUP_OPTIONS = ['attributes', 'consolidated_metadata'];

/** Fields of zarr v2, and what stands for each in v3. */
const V2_FIELDS: ReadonlyMap<string, string> = new Map([
  ['chunks', '"chunk_grid"'],
  ['dtype', '"data_type"'],
  ['compressor', 'a codec in "codecs"'],
  ['filters', 'codecs in "codecs"'],
  ['order', 'the codec "transpose"'],
  ['dimension_separator', '"chunk_key_encoding"'],
]);

/** Rules of `zarr_format` and `node_type`. Returns which node a document describes; undefined where either is wrong. */
export function checkHead(node: Zarr3Node): 'array' | 'group' | undefined {
  const { zarr_format: format, node_type: type } = node.document;
  const missing = ['zarr_format', 'node_type'].filter((name) => node.document[name] === undefined);
  if (missing.length > 0) {
    node.report('zarr3/field-missing', [], missingInWords(missing));
    return undefined;
  }
  if (format !== 3) {
    node.report(
      'zarr3/zarr-format',
      ['zarr_format'],
      `"zarr_format" is ${shown(format)}; in zarr.json it must be the integer 3.`,
    );
    return undefined;
  }
  if (!node.isWrittenInWhole(['zarr_format'])) {
    const message = `"zarr_format" is ${node.literal(['zarr_format']) ?? shown(format)}; write it as the integer 3, without a fraction.`;
    node.report('zarr3/zarr-format', ['zarr_format'], message);
  }
  if (type === 'array' || type === 'group') return type;
  node.report('zarr3/node-type', ['node_type'], `"node_type" is ${shown(type)}; it must be "array" or "group".`);
  return undefined;
}

/** Rules of which members an array has: those that must be there, and none that are not known. */
export function checkArrayFields(node: Zarr3Node): void {
  const missing = ARRAY_FIELDS.filter((name) => node.document[name] === undefined);
  if (missing.length > 0) node.report('zarr3/field-missing', [], missingInWords(missing));
  for (const name of unknownFields(node.document, [...ARRAY_FIELDS, ...ARRAY_OPTIONS])) {
    const value = node.document[name];
    if (isJsonObject(value) && value.must_understand === false) continue;
    const instead = V2_FIELDS.get(name);
    const hint =
      instead === undefined
        ? 'Put it into "attributes", or, if readers may pass it over, make it an object with "must_understand": false.'
        : `It is zarr v2's; in v3 ${instead} stands for it.`;
    node.report('zarr3/unknown-field', [name], `An array has no "${name}", and readers must fail on it. ${hint}`);
  }
}

/** Rules of which members a group has: zarr-python fails on all others, also on those that may be passed over. */
export function checkGroupFields(node: Zarr3Node): void {
  for (const name of unknownFields(node.document, GROUP_OPTIONS)) {
    const value = node.document[name];
    const mayIgnore = isJsonObject(value) && value.must_understand === false;
    const why = mayIgnore ? 'and zarr-python 3.1 fails on it all the same' : 'and readers must fail on it';
    node.report('zarr3/unknown-field', [name], `A group has no "${name}", ${why}. Put it into "attributes".`);
  }
}

function unknownFields(document: JsonObject, known: readonly string[]): string[] {
  return Object.keys(document).filter(
    (name) => name !== 'zarr_format' && name !== 'node_type' && !known.includes(name),
  );
}

function missingInWords(names: readonly string[]): string {
  const are = names.length === 1 ? 'is' : 'are';
  return `${listInWords(names.map((name) => `"${name}"`))} ${are} missing; zarr.json must have ${names.length === 1 ? 'it' : 'them'}.`;
}

/** Rule of `attributes`: an object. Returns it where it is. */
export function checkAttributes(node: Zarr3Node): JsonObject | undefined {
  const { attributes } = node.document;
  if (attributes === undefined || isJsonObject(attributes)) return attributes;
  node.report('zarr3/attributes', ['attributes'], `"attributes" is ${shown(attributes)}; it must be an object.`);
  return undefined;
}

/** Rule of `storage_transformers`: absent, or an empty list; there is none that readers have. */
export function checkStorageTransformers(node: Zarr3Node): void {
  const { storage_transformers: transformers } = node.document;
  if (transformers === undefined || (Array.isArray(transformers) && transformers.length === 0)) return;
  const message = Array.isArray(transformers)
    ? 'No reader has storage transformers; zarr-python passes them over and reads what is stored as it is. Leave them out.'
    : `"storage_transformers" is ${shown(transformers)}; it must be a list. Leave it out.`;
  node.report('zarr3/storage-transformers', ['storage_transformers'], message);
}

/** Rules of `dimension_names`, where there are any: a string or null for each dimension. */
export function checkDimensionNames(node: Zarr3Node, shape: readonly number[] | undefined): void {
  const { dimension_names: names } = node.document;
  const place = ['dimension_names'];
  if (names === undefined) return;
  if (!Array.isArray(names)) {
    const message = `"dimension_names" is ${shown(names)}; it must be a list of strings, or be left out.`;
    node.report('zarr3/dimension-names', place, message);
    return;
  }
  const faulty = names.findIndex((name) => name !== null && typeof name !== 'string');
  if (faulty >= 0) {
    const message = `"dimension_names" has ${shown(names[faulty])} for dimension ${faulty}; it must be a string or null.`;
    node.report('zarr3/dimension-names', [...place, faulty], message);
  } else if (shape !== undefined && names.length !== shape.length) {
    const message = `"shape" has ${shape.length} dimensions and "dimension_names" ${names.length}; they must have the same number.`;
    node.report('zarr3/dimension-names', place, message);
  } else {
    const seen = new Set<unknown>();
    const odd = names.findIndex((name) => name === null || name === '' || seen.size === seen.add(name).size);
    const name = names[odd];
    if (name === undefined) return;
    const message =
      name === null || name === ''
        ? `Dimension ${odd} is named ${shown(name)}, which is no name to xarray: it opens the group, and little can be done along it. Name it.`
        : `Two dimensions are named ${shown(name)}; xarray can hardly work with them. Give each its own name.`;
    node.report('zarr3/dimension-names', [...place, odd], message, 'warning');
  }
}
