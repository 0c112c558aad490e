/** Characters of a name that are compared; none that is asked about has as many. */
const MOST_CHARACTERS = 100;

/**
 * The fewest characters put in, taken out or replaced that make one text of the other (Levenshtein). Of `from` the first 100 UTF-16 units
 * count.
 */
export function editDistance(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= Math.min(from.length, MOST_CHARACTERS); row++) {
    const now = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (before[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      now.push(Math.min(replaced, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[to.length] ?? 0;
}

/** The name among `known` that `name` is a misspelling of: it differs in case or in at most `most` characters; undefined where none is so near. */
export function nearestName<T extends string>(name: string, known: readonly T[], most: number): T | undefined {
  const written = name.toLowerCase();
  let nearest: { other: T; edits: number } | undefined;
  for (const other of known) {
    if (Math.abs(other.length - name.length) > most) continue;
    const edits = editDistance(written, other.toLowerCase());
    if (edits <= most && edits < (nearest?.edits ?? Infinity)) nearest = { other, edits };
  }
  return nearest?.other;
}
