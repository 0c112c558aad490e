import { formatDataType } from '../zarr/data-type';
import type { DataType } from '../zarr/types';
import { listInWords, plural } from '../words';

/** A data type as the metadata writes it: `<u2`; the list of fields of a structured type as JSON. */
export function dtypeText(type: DataType): string {
  const dtype = formatDataType(type);
  return typeof dtype === 'string' ? dtype : JSON.stringify(dtype);
}

/** A data type in words: "unsigned 16-bit integers, little-endian". */
export function dtypeInWords(type: DataType): string {
  const order = type.byteOrder === 'none' ? '' : `, ${type.byteOrder}-endian`;
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
      return 'Python objects';
  }
}

function recordsInWords(fields: NonNullable<DataType['fields']>): string {
  return `records of ${listInWords(fields.map(({ name, type }) => `${name} (${dtypeText(type)})`))}`;
}
