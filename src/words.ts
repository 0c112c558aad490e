/** A count with thousands separated, as people read it: `161,151,032`. */
export function countInWords(count: number | bigint): string {
  return count.toLocaleString('en-US');
}

/** A count and its noun: `1 request`, `121 chunks`; `plural` where adding an s is not enough. */
export function plural(count: number, noun: string, pluralNoun = `${noun}s`): string {
  return `${countInWords(count)} ${count === 1 ? noun : pluralNoun}`;
}

/** How far decoding has come: `12 of 121 chunks decoded`. */
export function decodedInWords(done: number, total: number): string {
  return `${countInWords(done)} of ${plural(total, 'chunk')} decoded`;
}

/** A size in the unit in which it has one to three digits before the point (powers of 1024): `1.6 MiB`. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  if (unit === 0) return plural(bytes, 'byte');
  return `${size.toFixed(size < 10 ? 1 : 0)} ${units[unit] ?? ''}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

/** A text of at most `most` UTF-16 units, the last then an ellipsis; no surrogate pair is cut in two. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A time to wait, as people read it: `12 s`, `3 min`, `1.6 h`. */
export function durationInWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
