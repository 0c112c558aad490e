export const MILLISECONDS_OF_DAY = 86_400_000;

/** Calendars that dates are told in: Gregorian also before 1582, the same from then on, all years of 365, and of 366 days, months of 30 days. */
export type CfCalendar = 'proleptic' | 'standard' | 'noleap' | 'all-leap' | '360';

const NAMES: ReadonlyMap<string, CfCalendar> = new Map([
  ['standard', 'standard'],
  ['gregorian', 'standard'],
  ['proleptic_gregorian', 'proleptic'],
  ['noleap', 'noleap'],
  ['365_day', 'noleap'],
  ['all_leap', 'all-leap'],
  ['366_day', 'all-leap'],
  ['360_day', '360'],
]);
/** Days from 1970 to 15 October 1582, on which the Gregorian calendar begins. */
const FIRST_GREGORIAN_DAY = -141_427;
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const MOST_DAYS = 100_000_000;

/** By the attribute `calendar`, standard where there is none (CF conventions, section 4.4.1); undefined for others. */
export function calendarOf(name: unknown): CfCalendar | undefined {
  if (name === undefined || name === null) return 'standard';
  return typeof name === 'string' ? NAMES.get(name.trim().toLowerCase()) : undefined;
}

/** Days from the beginning of 1970 (of year 0 in calendars of equal years); undefined for what is no date there. */
export function daysOf(year: number, month: number, day: number, calendar: CfCalendar): number | undefined {
  if (calendar === 'proleptic' || calendar === 'standard') {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const days = date.getTime() / MILLISECONDS_OF_DAY;
    const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return exists && isKnown(days, calendar) ? days : undefined;
  }
  const months = monthsOf(calendar);
  if (month < 1 || month > 12 || day < 1 || day > (months[month - 1] ?? 0)) return undefined;
  return year * sum(months) + sum(months.slice(0, month - 1)) + day - 1;
}

/** The date of `daysOf`, as ISO 8601 writes it. */
export function dateOf(days: number, calendar: CfCalendar): string | undefined {
  if (!(Math.abs(days) < MOST_DAYS)) return undefined;
  if (calendar === 'proleptic' || calendar === 'standard') {
    if (!isKnown(days, calendar)) return undefined;
    const text = new Date(days * MILLISECONDS_OF_DAY).toISOString();
    return text.slice(0, text.indexOf('T'));
  }
  const months = monthsOf(calendar);
  const year = Math.floor(days / sum(months));
  let [rest, month] = [days - year * sum(months), 0];
  while (rest >= (months[month] ?? Infinity)) rest -= months[month++] ?? 0;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(rest + 1)}`;
}

function isKnown(days: number, calendar: CfCalendar): boolean {
  return calendar === 'proleptic' || days >= FIRST_GREGORIAN_DAY;
}

function monthsOf(calendar: CfCalendar): number[] {
  if (calendar === '360') return new Array<number>(12).fill(30);
  return MONTHS.map((days, month) => (month === 1 && calendar === 'all-leap' ? 29 : days));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
