const MICROSECONDS_OF_DAY = 86_400_000_000n;

/**
 * Microseconds since 1970-01-01 of a date as STAC and TIFFs state it: RFC 3339 (`2022-01-25T10:23:51.024Z`), with a space for the T, with the
 * colons of DateTime (tag 306: `2022:01:25 10:23:51`), and a day alone. Without a zone it is UTC. Undefined for anything else.
 */
export function parseInstant(text: string): bigint | undefined {
  const found =
    /^\s*(\d{4})[-:](\d{2})[-:](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$/iu.exec(
      text,
    );
  if (found === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found;
  const at = instantOf(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    },
    fraction,
  );
  const [, sign, zoneHours = '0', zoneMinutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone) ?? [];
  const ahead = BigInt(Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000_000n;
  return at === undefined ? undefined : sign === '-' ? at + ahead : at - ahead;
}

/** A date and a time of day in UTC. */
export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Microseconds since 1970-01-01 in the proleptic Gregorian calendar; undefined for a day or time that does not exist. @param fraction digits of a second. */
export function instantOf({ year, month, day, hour, minute, second }: Civil, fraction = ''): bigint | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  const days = BigInt(Math.round(date.getTime() / 86_400_000));
  const seconds = BigInt(hour * 3600 + minute * 60 + second);
  return days * MICROSECONDS_OF_DAY + seconds * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0') || '0');
}

/** As people read it: `2022-01-25`, or with the time of day where it has one. */
export function instantInWords(instant: bigint): string {
  const text = new Date(Number(instant / 1000n)).toISOString();
  if (instant % MICROSECONDS_OF_DAY === 0n) return text.slice(0, 10);
  return text.replace('T', ' ').replace(/\.000Z$|Z$/u, '');
}
