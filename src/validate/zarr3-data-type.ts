import { KerchunkError } from '../errors';
import { isJsonObject } from '../json';
import { parseDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { isCoreDataType, isKnownDataType, parseDataTypeV3 } from '../zarr/v3-data-type';
import { checkExtension, points } from './zarr3-extension';
import { isRegisteredType } from './zarr3-known';
import { shown, unknownMembers, type Zarr3Node } from './zarr3-node';

/** Members that the configuration of a data type may have, of those that have one. */
const CONFIGURATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['fixed_length_utf32', ['length_bytes']],
  ['null_terminated_bytes', ['length_bytes']],
  ['raw_bytes', ['length_bytes']],
  ['numpy.datetime64', ['unit', 'scale_factor']],
  ['numpy.timedelta64', ['unit', 'scale_factor']],
  ['structured', ['fields']],
  ['struct', ['fields']],
]);

/** Rules of `data_type` (zarr v3, "Data types"). Returns the type where it can be told, also where zarr-python does not have it. */
export function checkDataType(node: Zarr3Node): DataType | undefined {
  if (node.document.data_type === undefined) return undefined;
  const place = ['data_type'];
  const extension = checkExtension(node, place, points.dataType);
  if (extension === undefined) return undefined;
  const { name, configuration } = extension;
  const json = node.document.data_type;
  if (isJsonObject(json) && (isCoreDataType(name) || !CONFIGURATIONS.has(name)) && isReadable(name)) {
    node.report('zarr3/data-type', place, `"data_type" is an object; zarr-python wants the name alone, "${name}".`);
    return parsed(node, name);
  }
  const [extra] = unknownMembers(configuration, CONFIGURATIONS.get(name) ?? Object.keys(configuration));
  if (extra !== undefined) {
    const message = `The configuration of "${name}" has a member "${extra}", which zarr-python does not know.`;
    node.report('zarr3/data-type', [...place, 'configuration', extra], message);
    return parsed(node, json);
  }
  if (isRegisteredType(name) || (isCoreDataType(name) && name.startsWith('r'))) {
    const message = `zarr-python 3.1 does not have the data type "${name}" and fails on the array.`;
    node.report('zarr3/extension-unsupported', place, message);
    return isReadable(name) ? parsed(node, json) : undefined;
  }
  if (!isReadable(name)) {
    node.report(
      'zarr3/data-type',
      place,
      `"data_type" is "${name}", which is no data type of zarr v3.${hintFor(name)}`,
    );
    return undefined;
  }
  return parsed(node, json);
}

function isReadable(name: string): boolean {
  return isCoreDataType(name) || isKnownDataType(name);
}

/** The type; what is wrong with its configuration is reported where nothing was before. */
function parsed(node: Zarr3Node, json: Parameters<typeof parseDataTypeV3>[0] | undefined): DataType | undefined {
  try {
    return parseDataTypeV3(json ?? null);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    node.report('zarr3/data-type', ['data_type'], error.message);
    return undefined;
  }
}

/** Names of types elsewhere, and those of zarr v3. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['boolean', 'bool'],
  ['short', 'int16'],
  ['half', 'float16'],
  ['double', 'float64'],
  ['str', 'string'],
]);

/**
 * What a name that is no data type of zarr v3 may be meant to be: a type of another system, or, with its byte order, one of zarr v2. Undefined
 * where that cannot be told.
 */
export function meantDataType(name: string): { name: string; byteOrder?: DataType['byteOrder'] } | undefined {
  const known =
    OTHER_NAMES.get(name.toLowerCase()) ?? (isCoreDataType(name.toLowerCase()) ? name.toLowerCase() : undefined);
  if (known !== undefined) return { name: known };
  const v2 = /^r\d+$/.test(name) ? undefined : ofV2(name);
  return v2 === undefined ? undefined : { name: nameOf(v2), byteOrder: v2.byteOrder };
}

function hintFor(name: string): string {
  if (/^r\d+$/.test(name)) return ' The bits of a raw type are a multiple of 8, at least 8.';
  const meant = meantDataType(name);
  if (meant === undefined) return '';
  if (meant.byteOrder === undefined) return ` Write "${meant.name}".`;
  const order =
    meant.byteOrder === 'none' ? '' : `, and the byte order "${meant.byteOrder}" as "endian" of the codec "bytes"`;
  return ` That is zarr v2's; write "${meant.name}"${order}.`;
}

function ofV2(name: string): DataType | undefined {
  try {
    const type = parseDataType(/^[<>|]/.test(name) ? name : `<${name}`);
    return 'biufc'.includes(type.kind) ? type : undefined;
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

function nameOf({ kind, itemSize }: DataType): string {
  if (kind === 'b') return 'bool';
  const names: Readonly<Record<string, string>> = { i: 'int', u: 'uint', f: 'float', c: 'complex' };
  return `${names[kind] ?? shown(kind)}${8 * itemSize}`;
}
