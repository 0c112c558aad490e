import type { JsonObject } from '../json';
import { readDataType } from './data-type';
import { below } from './fault';
import type { ZarrArray } from './types';
import { type AddFault, FieldReader, has, type ZarrayFault } from './v2-fields';
import { readFillValueV2, type WrittenNumber } from './v2-fill-value';
import { objectCodecFault } from './v2-object-codec';

export type { ZarrayFault, ZarrayFaultKind } from './v2-fields';

/** A `.zarray` as far as it is clear, and what is wrong with it. */
export interface ZarrayReading {
  /** What the document describes; undefined where a fault is fatal. */
  fields:
    Pick<ZarrArray, 'shape' | 'chunkShape' | 'dataType' | 'order' | 'fillValue' | 'codecs' | 'keyEncoding'> | undefined;
  /** In no order. Of one field at most some twenty. */
  faults: ZarrayFault[];
}

/**
 * Reads the members of a `.zarray` (zarr v2 specification, "Metadata"), and says everything that is wrong with them, each at its place.
 * Missing `compressor` and `filters` read as null, a missing `dimension_separator` as `.`, a chunk side of 0 along an axis of length 0 as 1.
 * `written` gives the text of a number, by its path, and tells 4.0 from 4; without it they are the same.
 */
export function readZarray(zarray: JsonObject, written: WrittenNumber = () => undefined): ZarrayReading {
  const faults: ZarrayFault[] = [];
  const add: AddFault = (kind, path, message, fatal = true) => {
    faults.push({ kind, path, message, fatal });
  };
  const reader = new FieldReader(zarray, written, add);
  const format = reader.format();
  if (format === 'other') return { fields: undefined, faults };
  reader.checkMembers();
  const shape = reader.sizes('shape');
  const sides = reader.sizes('chunks');
  const chunkShape = shape === undefined || sides === undefined ? undefined : reader.chunkShape(shape, sides);
  const type = has(zarray, 'dtype') ? readDataType(zarray.dtype ?? null) : undefined;
  const dataType = type?.type;
  for (const fault of type?.faults ?? []) faults.push(below(['dtype'], fault));
  const codecs = reader.codecs();
  const objects = objectCodecFault(dataType, zarray.filters, zarray.compressor);
  if (objects !== undefined) faults.push(objects);
  const fill =
    dataType !== undefined && has(zarray, 'fill_value')
      ? readFillValueV2(zarray.fill_value ?? null, dataType, codecs[0]?.id, (path) => written(['fill_value', ...path]))
      : undefined;
  for (const fault of fill?.faults ?? []) faults.push(below(['fill_value'], fault));
  const fillValue = fill?.value;
  const order = reader.oneOf('order', ['C', 'F']);
  const separator = has(zarray, 'dimension_separator') ? reader.oneOf('dimension_separator', ['.', '/']) : '.';
  if (shape !== undefined && chunkShape !== undefined && dataType !== undefined) {
    reader.checkExtent(shape, chunkShape, dataType);
  }
  const isWhole = !faults.some(({ fatal }) => fatal);
  if (!isWhole || shape === undefined || chunkShape === undefined || dataType === undefined)
    return { fields: undefined, faults };
  if (fillValue === undefined || order === undefined || separator === undefined) return { fields: undefined, faults };
  return {
    fields: { shape, chunkShape, dataType, order, fillValue, codecs, keyEncoding: { separator, prefix: '' } },
    faults,
  };
}
