import { MILLISECONDS_OF_DAY, type CfCalendar, calendarOf, dateOf, daysOf } from './cf-calendar';

/** Units of time as pandas and cftime spell them, in milliseconds. */
const UNITS: readonly [pattern: RegExp, milliseconds: number][] = [
  [/^(?:d|days?)$/u, MILLISECONDS_OF_DAY],
  [/^(?:h|hrs?|hours?)$/u, 3_600_000],
  [/^(?:min|mins|minutes?)$/u, 60_000],
  [/^(?:s|secs?|seconds?)$/u, 1000],
  [/^(?:ms|msecs?|millisecs?|milliseconds?)$/u, 1],
  [/^(?:microsecs?|microseconds?)$/u, 1e-3],
  [/^nanoseconds?$/u, 1e-6],
];
const REFERENCE =
  /^([+-]?\d{1,5})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?)?\s*(?:Z|UTC|([+-])(\d{1,2}):?(\d{2})?)?$/u;

/**
 * Numbers that count from a date as text: `2020-01-31` where all that units and number say is a day, else `2020-01-31T12:00:00.5`, to the
 * microsecond. By the attributes `units` ("days since 1970-01-01 00:00") and `calendar` (CF conventions, section 4.4). Undefined where the units say no
 * date, and for calendars and dates that are not known here: months, julian, and the standard calendar before 15 October 1582.
 */
export function cfTimeText(
  units: unknown,
  calendarName: unknown,
): ((value: number | bigint) => string | undefined) | undefined {
  const counting = countingOf(units, calendarName);
  if (counting === undefined) return undefined;
  const { calendar, unit, start } = counting;
  return (value) => {
    // Whole days apart from the rest: nanoseconds since 1970 are beyond what a double counts.
    const inDays = BigInt(Math.round(MILLISECONDS_OF_DAY / unit));
    const [days, rest] = split(value, inDays);
    return textOf(start, days, rest * unit, calendar);
  };
}

/** A unit that times are counted in: its length, and what it counts from since 1970-01-01 (year 0 in calendars of equal years), in nanoseconds. */
export interface CfTimeUnit {
  calendar: CfCalendar;
  nanoseconds: bigint;
  start: bigint;
}

/**
 * What the attributes `units` and `calendar` say, exactly; undefined where they say no time that is known here, or a start finer than a
 * microsecond.
 */
export function cfTimeUnit(units: unknown, calendarName: unknown): CfTimeUnit | undefined {
  const counting = countingOf(units, calendarName);
  if (counting === undefined) return undefined;
  const { calendar, unit, start, since } = counting;
  const fraction = /\.(\d+)/u.exec(since)?.[1]?.replace(/0+$/u, '') ?? '';
  if (fraction.length > 6) return undefined;
  return {
    calendar,
    nanoseconds: BigInt(Math.round(unit * 1e6)),
    start: BigInt(Math.round(start * 1000)) * 1000n,
  };
}

/** What `units` and `calendar` say: the unit, and the start that is written as `since`, both in milliseconds. */
function countingOf(
  units: unknown,
  calendarName: unknown,
): { calendar: CfCalendar; unit: number; start: number; since: string } | undefined {
  const calendar = calendarOf(calendarName);
  const [, unitName = '', since = ''] =
    typeof units === 'string' ? (/^\s*(\w+)\s+since\s+(.+?)\s*$/iu.exec(units) ?? []) : [];
  const unit = UNITS.find(([pattern]) => pattern.test(unitName.toLowerCase()))?.[1];
  const start = calendar === undefined ? undefined : millisecondsOf(since, calendar);
  if (calendar === undefined || unit === undefined || start === undefined) return undefined;
  return { calendar, unit, start, since };
}

/** Whole days and what is left, in units. */
function split(value: number | bigint, unitsOfDay: bigint): [days: number, rest: number] {
  if (typeof value === 'bigint') return [Number(value / unitsOfDay), Number(value % unitsOfDay)];
  const days = Math.floor(value / Number(unitsOfDay));
  return [days, value - days * Number(unitsOfDay)];
}

function millisecondsOf(text: string, calendar: CfCalendar): number | undefined {
  const found = REFERENCE.exec(text);
  if (found === null) return undefined;
  const parts: readonly (string | undefined)[] = found;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const days = daysOf(year, month, day, calendar);
  if (days === undefined || hour > 24 || minute > 59 || second > 59) return undefined;
  const fraction = Number(`0.${found[7] ?? 0}`);
  const zone = (found[8] === '-' ? -1 : 1) * (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0));
  return days * MILLISECONDS_OF_DAY + ((hour * 60 + minute - zone) * 60 + second + fraction) * 1000;
}

function textOf(start: number, days: number, rest: number, calendar: CfCalendar): string | undefined {
  const startDay = Math.floor(start / MILLISECONDS_OF_DAY);
  // To the microsecond, which hides the last errors of double precision.
  const micros = Math.round((start - startDay * MILLISECONDS_OF_DAY + rest) * 1000);
  if (!Number.isSafeInteger(micros)) return undefined;
  const overflow = Math.floor(micros / (MILLISECONDS_OF_DAY * 1000));
  const date = dateOf(startDay + days + overflow, calendar);
  const ofDay = micros - overflow * MILLISECONDS_OF_DAY * 1000;
  if (date === undefined || ofDay === 0) return date;
  const two = (number: number): string => String(number).padStart(2, '0');
  const seconds = Math.floor(ofDay / 1e6);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const fraction = String(ofDay % 1e6)
    .padStart(6, '0')
    .replace(/0+$/u, '');
  return `${date}T${time}${fraction === '' ? '' : `.${fraction}`}`;
}
