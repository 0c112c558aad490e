/** One direction in which a table scrolls: `count` lines of `size` pixels seen through `room` pixels. */
export interface Track {
  count: number;
  size: number;
  room: number;
}

/** Browsers lay out no more than some ten million pixels exactly: of a longer table a pixel scrolls farther. */
const mostPixels = 8_000_000;

/** Pixels that the track takes in the page. */
export function lengthOf({ count, size, room }: Track): number {
  return Math.max(room, Math.min(count * size, mostPixels));
}

/** The line at the edge and what part of it is scrolled out, where the page has scrolled so many pixels. */
export function firstLine(track: Track, scrolled: number): number {
  const { count, size, room } = track;
  if (count * size <= mostPixels) return Math.max(0, scrolled) / size;
  const far = lengthOf(track) - room;
  return far <= 0 ? 0 : (Math.min(far, Math.max(0, scrolled)) / far) * (count - room / size);
}

/** Pixels to scroll so that a line is seen whole; undefined where it is. */
export function scrollTo(track: Track, scrolled: number, line: number): number | undefined {
  const { count, size, room } = track;
  const first = firstLine(track, scrolled);
  const fits = room / size;
  if (line >= first && line + 1 <= first + fits) return undefined;
  const wanted = line < first ? line : line + 1 - fits;
  if (count * size <= mostPixels) return wanted * size;
  return (wanted / (count - fits)) * (lengthOf(track) - room);
}
