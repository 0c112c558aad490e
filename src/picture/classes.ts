import type { JsonObject, JsonValue } from '../json';
import type { TypedArray } from '../zarr/values';

/** Red, green, blue and alpha from 0 to 255. */
export type Colour = readonly [number, number, number, number];

/** What a stored value means: it belongs to the first class for which `value & mask` equals `value`, of all its bits where there is no mask. */
export interface ValueClass {
  value: number;
  mask: number | null;
  name: string;
  colour: Colour;
}

/** Of values that belong to no class. */
export const noClassColour: Colour = [128, 128, 128, 255];

/** A table for 16-bit values is as long. */
const MOST_CLASSES = 2 ** 16;
const MOST_CHARACTERS = 200;

/**
 * The classes that attributes name: CF's `flag_values` or `flag_masks`, or both, with `flag_meanings` (CF conventions, section 3.5), which
 * may have `flag_colors` (`#rrggbb` in one text, or a list); and a colour table, `color_table`, rows of red, green, blue and maybe alpha from 0 to
 * 255 by value, which gives colours to classes and makes classes of all its values where there are no flags. Undefined where there are neither.
 */
export function classesOf(attributes: JsonObject): ValueClass[] | undefined {
  const table = colourRows(attributes.color_table);
  const flags = flagsOf(attributes);
  if (flags === undefined) {
    return table?.map((colour, value) => ({ value, mask: null, name: String(value), colour }));
  }
  const said = flagColours(attributes.flag_colors);
  return flags.map(({ value, mask, name }, index) => ({
    value,
    mask,
    name,
    colour: said[index] ?? (mask === null ? table?.[value] : undefined) ?? distinctColour(index),
  }));
}

function colourRows(rows: JsonValue | undefined): Colour[] | undefined {
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_CLASSES) return undefined;
  const colours = rows.map(colourOfRow);
  return colours.every((colour) => colour !== undefined) ? colours : undefined;
}

function colourOfRow(row: JsonValue): Colour | undefined {
  if (!Array.isArray(row)) return undefined;
  const [red, green, blue, alpha = 255] = row;
  const isByte = (part: JsonValue | undefined): part is number =>
    typeof part === 'number' && part >= 0 && part <= 255 && Number.isInteger(part);
  return isByte(red) && isByte(green) && isByte(blue) && isByte(alpha) ? [red, green, blue, alpha] : undefined;
}

function flagsOf({ flag_values, flag_masks, flag_meanings }: JsonObject): Omit<ValueClass, 'colour'>[] | undefined {
  const values = integersOf(flag_values);
  const masks = integersOf(flag_masks);
  const count = values?.length ?? masks?.length ?? 0;
  if (count === 0 || count > MOST_CLASSES || (values && masks && values.length !== masks.length)) return undefined;
  const names = typeof flag_meanings === 'string' ? flag_meanings.trim().split(/\s+/u) : [];
  return Array.from({ length: count }, (_, index) => {
    const mask = masks?.[index] ?? null;
    const value = values?.[index] ?? mask ?? 0;
    return { value, mask, name: (names[index] ?? String(value)).slice(0, MOST_CHARACTERS) };
  });
}

/** A list of integers, or one integer; some write them as one text. */
function integersOf(json: JsonValue | undefined): number[] | undefined {
  if (json === undefined || json === null) return undefined;
  const list = typeof json === 'string' ? json.split(/[\s,]+/u).filter((text) => text !== '') : [json].flat();
  const numbers = list.map((item) => {
    if (typeof item !== 'string') return Number(item);
    return Number(/^([+-]?\d+)[a-z]*$/iu.exec(item)?.[1] ?? NaN);
  });
  return numbers.every((number) => Number.isSafeInteger(number)) ? numbers : undefined;
}

function flagColours(json: JsonValue | undefined): (Colour | undefined)[] {
  const list = typeof json === 'string' ? json.trim().split(/[\s,]+/u) : Array.isArray(json) ? json : [];
  return list.map((item) => {
    const [, hex] = typeof item === 'string' ? (/^(?:#|0x)?([\da-f]{6})$/iu.exec(item) ?? []) : [];
    if (hex === undefined) return undefined;
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    return [red, green, blue, 255];
  });
}

/** Of golden angle and section: neighbours are far from each other in hue, and two of the same hue differ in lightness. */
function distinctColour(index: number): Colour {
  const hue = (index * 137.508 + 210) % 360;
  const lightness = [0.5, 0.68, 0.36][index % 3] ?? 0.5;
  const strength = 0.62 * Math.min(lightness, 1 - lightness);
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4), 255];
}

/** A function from a stored value to the index of its class; -1 for a value of none. */
export function classFinder(classes: readonly ValueClass[]): (value: number | bigint) => number {
  const plain = new Map<number, number>();
  const masked: { index: number; value: bigint; mask: bigint }[] = [];
  for (const [index, { value, mask }] of classes.entries()) {
    if (mask !== null) masked.push({ index, value: BigInt(value), mask: BigInt(mask) });
    else if (!plain.has(value)) plain.set(value, index);
  }
  const found = new Map<number | bigint, number>();
  const find = (value: number | bigint): number => {
    const exact = plain.get(Number(value));
    if (exact !== undefined) return exact;
    if (masked.length === 0 || (typeof value === 'number' && !Number.isSafeInteger(value))) return -1;
    const bits = BigInt(value);
    return masked.find(({ value: wanted, mask }) => (bits & mask) === wanted)?.index ?? -1;
  };
  return (value) => {
    const known = found.get(value);
    if (known !== undefined) return known;
    const index = find(value);
    if (found.size < MOST_CLASSES) found.set(value, index);
    return index;
  };
}

/**
 * Red, green, blue and alpha bytes of each value in the colour of its class; grey where it has none, transparent where it is `nodata` or NaN.
 */
export function paintClasses(
  values: TypedArray,
  classes: readonly ValueClass[],
  nodata?: number | bigint,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * values.length);
  const find = classFinder(classes);
  let last: number | bigint = NaN;
  let colour: Colour = noClassColour;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value === nodata || Number.isNaN(value)) continue;
    if (value !== last) colour = classes[find(value)]?.colour ?? noClassColour;
    last = value;
    for (let part = 0; part < 4; part++) rgba[4 * i + part] = colour[part] ?? 0;
  }
  return rgba;
}

/** How many values each class has that has any, by its index, in the order of the classes; -1 for those of no class. */
export function countClasses(
  values: TypedArray,
  classes: readonly ValueClass[],
  nodata?: number | bigint,
): Map<number, number> {
  const find = classFinder(classes);
  const counts = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value === nodata || Number.isNaN(value)) continue;
    const index = find(value);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return new Map([...counts].sort(([one], [other]) => one - other));
}
