import { KerchunkError } from '../errors';
import { type JsonObject, shortJson } from '../json';
import { type CfTimeUnit, cfTimeUnit } from '../zarr/cf-time';
import { elementCount } from '../zarr/shape';
import type { DataType, NdArray } from '../zarr/types';
import { valueAt } from '../zarr/values';
import { isPacked } from './attributes';
import { type Difference, attributeDifferences } from './differences';
import { changeArray, without } from './document';
import type { Part } from './types';

/** 15 October 1582, 141,427 days before 1970, in nanoseconds. */
const FIRST_GREGORIAN = -141_427n * 86_400_000_000_000n;

/** Attributes of a coordinate that its bounds have too (CF conventions, section 7.1). */
const COUNTING = ['units', 'calendar'];

/**
 * Inline times in the unit, calendar and type of the first (CF conventions, section 4.4): of all others that count in another unit of one calendar
 * the values are counted anew; so are bounds, in the unit of their coordinate. What is no such time, is packed, or of another calendar, stays as it is.
 * @throws KerchunkError `not-expressible` naming the set and the value that cannot be counted in the first's unit exactly.
 */
export function inOneTimeUnit(
  parts: readonly Part[],
  values: readonly NdArray[],
): { parts: readonly Part[]; values: NdArray[] } {
  const [first] = parts;
  const unit = first === undefined ? undefined : unitOf(first);
  if (first === undefined || unit === undefined) return { parts, values: [...values] };
  const converted = parts.map((part, at) => {
    const own = values[at];
    const its = unitOf(part);
    if (own === undefined) throw new Error('Every part has values.');
    if (its === undefined || !isOneCalendar(its, unit) || isSame(part, first, its, unit)) return { part, values: own };
    const member = part.array.array.zarrFormat === 3 ? 'data_type' : 'dtype';
    const array = changeArray(part.array, {
      attributes: counting(part.array.array.attributes, first.array.array.attributes),
      members: { [member]: first.array.document[member] ?? null },
    });
    const { name } = part;
    const made: Part = { name, array, ...(first.boundsOf === undefined ? {} : { boundsOf: first.boundsOf }) };
    return { part: made, values: counted(own, part, its, first, unit) };
  });
  return { parts: converted.map(({ part }) => part), values: converted.map(({ values: own }) => own) };
}

/**
 * A part with `units` and `calendar` as the first spells them, where both mean one unit, one start and one calendar: "days since 2000-01-01" is
 * "Days since 2000-1-1 00:00:00", and gregorian is standard, as is no calendar (CF conventions, sections 4.4 and 4.4.2).
 */
export function spelledAs(first: Part, part: Part): Part {
  const [own, its] = [first, part].map((one) => one.array.array.attributes);
  const [unit, other] = [first, part].map(timesOf).map(({ units, calendar }) => cfTimeUnit(units, calendar));
  if (own === undefined || its === undefined || unit === undefined || other === undefined || !isEqual(unit, other)) {
    return part;
  }
  const { name } = part;
  const isSpelledSo = COUNTING.every((attribute) => own[attribute] === its[attribute]);
  const array = isSpelledSo ? part.array : changeArray(part.array, { attributes: counting(its, own) });
  return { name, array, ...(first.boundsOf === undefined ? {} : { boundsOf: first.boundsOf }) };
}

/** Attributes with what others state of units and calendar in place of their own. */
function counting(attributes: JsonObject, { units, calendar }: JsonObject): JsonObject {
  return {
    ...without(without(attributes, 'calendar'), 'units'),
    ...(units === undefined ? {} : { units }),
    ...(calendar === undefined ? {} : { calendar }),
  };
}

function unitOf(part: Part): CfTimeUnit | undefined {
  const { array } = part.array;
  const isCount = ['i', 'u', 'f'].includes(array.dataType.kind) && array.dataType.itemSize > 2;
  // What packed values count depends on the packing, which two sets need not share.
  const attributes = timesOf(part);
  const { units, calendar } = attributes;
  return isCount && !isPacked(attributes) ? cfTimeUnit(units, calendar) : undefined;
}

/** The attributes that say what values count. */
function timesOf({ array: { array }, boundsOf }: Part): JsonObject {
  return { ...boundsOf?.attributes, ...array.attributes };
}

/** What the units of bounds differ in, which are those of their coordinates. */
export function unitsOfBounds(one: Part, other: Part): Difference[] {
  const coordinate = one.boundsOf ?? other.boundsOf;
  if (coordinate === undefined) return [];
  const [left, right] = [one, other].map(timesOf);
  const [unit, its] = [one, other].map(unitOf);
  if (left === undefined || right === undefined || (unit !== undefined && its !== undefined && isEqual(unit, its))) {
    return [];
  }
  return attributeDifferences(left, right).flatMap(({ property, values }) => {
    const name = property.slice('attribute '.length);
    return COUNTING.includes(name)
      ? [{ property: `attribute ${name} of "${coordinate.path}", whose bounds it has,`, values }]
      : [];
  });
}

/** The standard calendar is the proleptic Gregorian from 15 October 1582 on. */
function isOneCalendar({ calendar: a }: CfTimeUnit, { calendar: b }: CfTimeUnit): boolean {
  return a === b || [a, b].every((calendar) => calendar === 'standard' || calendar === 'proleptic');
}

function isSame(part: Part, first: Part, its: CfTimeUnit, unit: CfTimeUnit): boolean {
  const [own, other] = [part, first].map(({ array }) => array.array.dataType);
  const isType = own?.kind === other?.kind && own?.itemSize === other?.itemSize;
  return isType && isEqual(its, unit);
}

function isEqual(a: CfTimeUnit, b: CfTimeUnit): boolean {
  return a.nanoseconds === b.nanoseconds && a.start === b.start && a.calendar === b.calendar;
}

/** Values counted in another unit, as elements of the type of `first`. */
function counted(values: NdArray, part: Part, its: CfTimeUnit, first: Part, unit: CfTimeUnit): NdArray {
  const { dataType } = first.array.array;
  const count = elementCount(values.shape);
  const data = new Uint8Array(count * dataType.itemSize);
  const view = new DataView(data.buffer);
  for (let at = 0; at < count; at++) {
    const value = valueAt(values, at);
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new Error('A time is a number.');
    const isFill = isMissing(value, part);
    const made = isFill ? value : convert(value, its, unit);
    const [own, other] = [part, first].map((one) => shortJson(timesOf(one).units ?? null, 80));
    if (made !== undefined && !isFill && isMissing(made, first)) {
      throw new KerchunkError(
        'not-expressible',
        `"${first.array.array.path}" cannot be concatenated: ${value} in ${part.name}, in ${own ?? ''}, is ${made} in ${other ?? ''}, as ${first.name} counts, where that is the fill value. Leave ${part.name} out, or put it first.`,
      );
    }
    if (made !== undefined && store(view, at * dataType.itemSize, dataType, made)) continue;
    throw new KerchunkError(
      'not-expressible',
      `"${first.array.array.path}" cannot be concatenated: ${value} in ${part.name}, in ${own ?? ''}, is no exact number in ${other ?? ''}, as ${first.name} counts. Leave ${part.name} out, or put the set of the finer unit first.`,
    );
  }
  return { dataType: { ...dataType, byteOrder: 'little' }, shape: values.shape, data };
}

/** Whether xarray takes a value for one that is missing: in zarr v2 also by the fill value of the array. */
function isMissing(value: number | bigint, { array: { array } }: Part): boolean {
  const { _FillValue: fill, missing_value: missing } = array.attributes;
  const stated = [fill, missing, ...(array.zarrFormat === 2 ? [array.fillValue] : [])];
  return stated.some((one) => (typeof one === 'number' || typeof one === 'bigint') && String(value) === String(one));
}

/** A count of one unit in another; undefined where that is not exact. */
function convert(value: number | bigint, from: CfTimeUnit, to: CfTimeUnit): number | bigint | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? value : undefined;
  const nanoseconds = nanosecondsOf(value, from);
  if (nanoseconds === undefined) return undefined;
  if (from.calendar !== to.calendar && nanoseconds < FIRST_GREGORIAN) return undefined;
  const distance = nanoseconds - to.start;
  if (distance % to.nanoseconds === 0n) return distance / to.nanoseconds;
  const fraction = Number(distance) / Number(to.nanoseconds);
  return nanosecondsOf(fraction, to) === nanoseconds ? fraction : undefined;
}

function nanosecondsOf(value: number | bigint, { nanoseconds, start }: CfTimeUnit): bigint | undefined {
  if (typeof value === 'bigint') return start + value * nanoseconds;
  if (Number.isInteger(value)) return start + BigInt(value) * nanoseconds;
  const whole = Math.floor(value);
  const rest = (value - whole) * Number(nanoseconds);
  // Fractions of days are seldom whole in binary: to the microsecond, as times are told.
  const micro = Math.round(rest / 1000) * 1000;
  if (Math.abs(rest - micro) > 500) return undefined;
  return start + BigInt(whole) * nanoseconds + BigInt(micro);
}

/** Whether an element of the type holds the value as it is. */
function store(view: DataView, at: number, { kind, itemSize }: DataType, value: number | bigint): boolean {
  if (kind === 'f') {
    if (itemSize === 4) view.setFloat32(at, Number(value), true);
    else view.setFloat64(at, Number(value), true);
    const read = itemSize === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
    return typeof value === 'bigint' ? Number.isInteger(read) && BigInt(read) === value : Object.is(read, value);
  }
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  const whole = BigInt(value);
  const bits = 8 * itemSize;
  if ((kind === 'i' ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole)) !== whole) return false;
  for (let byte = 0; byte < itemSize; byte++) view.setUint8(at + byte, Number((whole >> BigInt(8 * byte)) & 0xffn));
  return true;
}
