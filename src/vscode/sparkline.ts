/** Eighths of a line's height, from the lowest to the full block: U+2581 to U+2588. */
const BLOCKS = '\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588';
/** As wide as a block in a font of code, and not taken away at an end. */
const NOTHING = '\u00a0';

/**
 * Counts as bars of text in the colour of what stands around them: the highest is a full block, what is not nothing has the lowest at least, and
 * 0 is a space. `width` bars at most, each of the same number of counts but for the last.
 */
export function sparkline(counts: readonly number[], width: number): string {
  const size = Math.ceil(counts.length / width);
  const bars = Array.from({ length: Math.ceil(counts.length / size) }, (_, at) =>
    counts.slice(at * size, (at + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  const highest = Math.max(...bars);
  return bars
    .map((bar) => (bar === 0 ? NOTHING : (BLOCKS[Math.ceil((bar / highest) * BLOCKS.length) - 1] ?? NOTHING)))
    .join('');
}
