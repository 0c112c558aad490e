import { formatDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { listInWords, plural } from '../words';

/** A data type as the metadata writes it: `<u2`, of zarr v3 `uint16`; the list of fields of a structured type of zarr v2 as JSON. */
export function dtypeText(type: DataType): string {
  if (type.v3Name !== undefined) return type.v3Name;
  const dtype = formatDataType(type);
  return typeof dtype === 'string' ? dtype : JSON.stringify(dtype);
}

/** A data type in words: "unsigned 16-bit integers, little-endian"; in zarr v3 a data type has no byte order. */
export function dtypeInWords(type: DataType): string {
  const order = type.byteOrder === 'none' || type.v3Name !== undefined ? '' : `, ${type.byteOrder}-endian`;
  return `${elementsInWords(type)}${order}`;
}

function elementsInWords(type: DataType): string {
  const bits = `${type.itemSize * 8}-bit`;
  switch (type.kind) {
    case 'b':
      return 'booleans';
    case 'i':
      return `signed ${bits} integers`;
    case 'u':
      return `unsigned ${bits} integers`;
    case 'f':
      return `${bits} floats`;
    case 'c':
      return `complex numbers of two ${type.itemSize * 4}-bit floats`;
    case 'm':
      return `durations in ${type.unit ?? 'no unit'}`;
    case 'M':
      return `dates and times in ${type.unit ?? 'no unit'} from 1970`;
    case 'S':
      return `byte strings of ${plural(type.itemSize, 'byte')}`;
    case 'U':
      return `text of ${plural(type.itemSize / 4, 'character')}`;
    case 'V':
      return type.fields === undefined
        ? `raw elements of ${plural(type.itemSize, 'byte')}`
        : recordsInWords(type.fields);
    case 'O':
      if (type.v3Name === undefined) return 'Python objects';
      return type.v3Name === 'string' ? 'text of any length' : 'byte strings of any length';
  }
}

function recordsInWords(fields: NonNullable<DataType['fields']>): string {
  return `records of ${listInWords(fields.map(({ name, type }) => `${name} (${dtypeText(type)})`))}`;
}
