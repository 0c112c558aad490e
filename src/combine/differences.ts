import { isReversal } from '../codecs/transpose-order';
import { type JsonObject, type JsonValue, shortJson } from '../json';
import { sameJson } from '../same-json';
import { formatDataType } from '../zarr/data-type';
import { fillValueText } from '../zarr/text';
import type { CodecStep, DataType, ZarrArray } from '../zarr/types';

/** A property in which two arrays differ, and its value in each, in words. */
export interface Difference {
  property: string;
  values: [string, string];
}

/** Attributes that say what the dimensions are called: that is compared as such. */
const DIMENSIONS = '_ARRAY_DIMENSIONS';

/**
 * What two arrays differ in, by meaning: zarr v2 and v3 metadata that describe one array have no difference. `shape` and `chunks` are compared
 * on the axes that `axes` takes, attributes not at all.
 */
export function arrayDifferences(
  a: ZarrArray,
  b: ZarrArray,
  axes: (axis: number) => boolean = () => true,
): Difference[] {
  const found: Difference[] = [];
  const compare = (property: string, left: JsonValue, right: JsonValue): void => {
    if (!sameJson(left, right)) found.push({ property, values: [shortJson(left, 200), shortJson(right, 200)] });
  };
  const isSame = (left: readonly number[], right: readonly number[]): boolean =>
    left.length === right.length && left.every((side, axis) => !axes(axis) || side === right[axis]);
  for (const [property, left, right] of [
    ['shape', a.shape, b.shape],
    ['chunks', a.chunkShape, b.chunkShape],
  ] as const) {
    if (!isSame(left, right)) compare(property, [...left], [...right]);
  }
  compare('data type', formatDataType(dataTypeOf(a)), formatDataType(dataTypeOf(b)));
  const [fillA, fillB] = [a, b].map(({ fillValue, dataType }) => fillValueText(fillValue, dataType));
  if (fillA !== fillB) found.push({ property: 'fill value', values: [fillA ?? '', fillB ?? ''] });
  compare('codecs', codecsOf(a), codecsOf(b));
  if (orderOf(a) !== orderOf(b)) found.push({ property: 'order', values: [orderOf(a), orderOf(b)] });
  compare('dimension names', [...(a.dimensionNames ?? [])], [...(b.dimensionNames ?? [])]);
  return found;
}

/** Attributes that differ, and their values; `undefined` where there is none. */
export function attributeDifferences(a: JsonObject, b: JsonObject): Difference[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  names.delete(DIMENSIONS);
  return [...names].flatMap((name): Difference[] => {
    const [left, right] = [a, b].map((attributes) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined));
    if (left !== undefined && right !== undefined && sameJson(left, right)) return [];
    return [{ property: `attribute ${name}`, values: [textOf(left), textOf(right)] }];
  });
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? 'none' : shortJson(value, 200);
}

/** The data type as it is stored: zarr v3 has the byte order in a codec. */
function dataTypeOf({ dataType, codecs, zarrFormat }: ZarrArray): DataType {
  const bytes = zarrFormat === 3 ? codecs.find(({ id }) => id === 'bytes') : undefined;
  if (bytes === undefined || dataType.byteOrder === 'none') return dataType;
  return { ...dataType, byteOrder: bytes.config.endian === 'big' ? 'big' : 'little' };
}

/** F, or C; zarr v3 has F as a transposition of all axes. */
function orderOf(array: ZarrArray): 'C' | 'F' {
  if (array.shape.length < 2) return 'C';
  return array.order === 'F' || array.codecs.some(isTurning) ? 'F' : 'C';
}

function isTurning({ id, config }: CodecStep): boolean {
  return id === 'transpose' && isReversal(config);
}

/** The codecs without those of zarr v3 that the data type and the order stand for. */
function codecsOf({ codecs }: ZarrArray): JsonValue {
  return codecs.filter((step) => step.id !== 'bytes' && !isTurning(step)).map(({ id, config }) => ({ id, ...config }));
}
