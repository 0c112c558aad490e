import { isStop, type Steps } from '../steps';
import { Kind } from './columns';
import type { EntryScanner } from './entry-scanner';
import { GenCollisions } from './gen-collisions';
import { generatedKey, type Generated } from './generated';
import { decodeString } from './json-string';
import { keyPlace } from './places';
import { type KnownArray, type ResolvedKeys, Resolver } from './resolver';
import type { TextSpan } from './types';

/** Sorts the rows, of which the first `written` stand in the text, by the chunks that their keys name. */
export function* resolveKeys(
  { columns, problems, text, targets: { words } }: EntryScanner,
  arrays: ReadonlyMap<string, KnownArray>,
  generated: Generated,
  written: number,
): Steps<ResolvedKeys> {
  const keyOf = (row: number): { key: string; span: TextSpan } => {
    const rows = row < written ? undefined : generated.rows.findLast(({ firstRow }) => firstRow <= row);
    if (rows !== undefined) return { key: generatedKey(rows, row - rows.firstRow), span: rows.keyPlace };
    const span = keyPlace(text, columns.place.get(row));
    return { key: decodeString(text, span.offset + 1, span.offset + span.length - 1), span };
  };
  const collisions = new GenCollisions(generated);
  const resolver = new Resolver(text, words, columns.place, arrays, (earlier, later) => {
    columns.target.set(earlier, Kind.superseded);
    if (later >= written) {
      collisions.add(later);
      return;
    }
    problems.addLazily('kerchunk/duplicate-key', () => {
      const { key, span } = keyOf(later);
      return { key, span, message: `Key "${key}" stands twice; the last one counts.` };
    });
  });
  for (let row = 0; row < written; row++) {
    if (isStop(row)) yield;
    const target = columns.target.get(row);
    if (target === Kind.document || target === Kind.superseded) continue;
    const place = columns.place.get(row);
    if (resolver.addAsLast(row, place) || resolver.addAsLastStray(row, place)) continue;
    resolver.addText(row, place, keyOf(row).key);
  }
  for (const rows of generated.rows) {
    for (let index = 0; index < rows.count; index++) {
      if (isStop(index)) yield;
      resolver.addKey(rows.firstRow + index, generatedKey(rows, index));
    }
  }
  const resolved = yield* resolver.finish();
  collisions.reportTo(problems);
  return resolved;
}
