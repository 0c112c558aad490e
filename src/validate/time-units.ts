import { shortJson } from '../json';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { attributePlace } from './readable-arrays';

/**
 * Units of time that pandas or cftime take (xarray, coding/times.py; cftime, `_dateparse`); of the last two each needs
 * a calendar.
 */
const UNITS = [
  'nanosecond nanoseconds microsecond microseconds microsec microsecs millisecond milliseconds millisec millisecs msec msecs ms',
  'second seconds sec secs s minute minutes min mins hour hours hr hrs h day days d',
  'month months common_year common_years',
].flatMap((units) => units.split(' '));
const CALENDARS = 'standard, gregorian, proleptic_gregorian, julian, noleap, 365_day, 360_day, all_leap, 366_day'.split(
  ', ',
);

/**
 * Units that xarray takes for dates, because they say "since" (CF conventions, section 4.4): a unit of time, "since", a
 * date, and a known calendar. xarray fails to open the whole group where it cannot decode them. What only cftime
 * decodes is good.
 */
export function checkTimeUnits(array: ZarrArray, { reporter }: CheckContext): void {
  const { units, calendar } = array.attributes;
  if (!'iuf'.includes(array.dataType.kind) || typeof units !== 'string' || !units.includes('since')) return;
  const report = (name: string, message: string): void => {
    const [key, path] = attributePlace(array, name);
    const advice = 'xarray fails to open the group, unless told decode_times=False.';
    reporter.inside(key, path, 'attributes/time-units', `${message} ${advice}`);
  };
  const [, unit = '', date = ''] = /^(.+) since (.+)$/u.exec(units) ?? [];
  if (unit === '' || date === '') {
    report('units', `The units ${shortJson(units)} are no "<unit> since <date>".`);
  } else if (!isUnit(unit)) {
    report('units', `${shortJson(unit.trim())} in the units ${shortJson(units)} is no unit of time that is known.`);
  } else if (!/\d/u.test(date) || isImpossible(date)) {
    report('units', `${shortJson(date.trim())} in the units ${shortJson(units)} is no date.`);
  } else if (/^\s*0+-/u.test(date) && !hasYearZero(calendar)) {
    report('units', `The units ${shortJson(units)} count from the year 0, which the calendar does not have.`);
  } else if (/^\s*months?\s*$/iu.test(unit) && calendar !== '360_day') {
    report('units', `The units ${shortJson(units)} count months, which have one length in the calendar 360_day alone.`);
  } else if (calendar !== undefined && !isCalendar(calendar)) {
    report('calendar', `The calendar is ${shortJson(calendar)}; calendars are ${CALENDARS.join(', ')}.`);
  }
}

function isUnit(unit: string): boolean {
  return UNITS.includes(unit.trim().toLowerCase());
}

/** There is a year 0 in all calendars but those of history (cftime, `datetime`, `has_year_zero`). */
function hasYearZero(calendar: unknown): boolean {
  return typeof calendar === 'string' && !['standard', 'gregorian', 'julian'].includes(calendar.toLowerCase());
}

function isCalendar(calendar: unknown): boolean {
  return calendar === null || (typeof calendar === 'string' && CALENDARS.includes(calendar.toLowerCase()));
}

/** Whether a date as ISO 8601 has it names a month, a day or an hour that no calendar has. */
function isImpossible(date: string): boolean {
  const [, month, day, hour] = /^\s*-?\d{1,5}-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):)?/u.exec(date) ?? [];
  if (month === undefined || day === undefined) return false;
  return Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour ?? 0) > 23;
}
