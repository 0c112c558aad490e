import { cutText, plural } from '../words';
import { FIRST_KIND } from './columns';
import type { EntryScanner } from './entry-scanner';
import { keyPlace } from './places';
import type { Strays } from './stray-keys';
import type { TextSpan } from './types';
import { whyUnreachable } from './unreachable';

/** Metadata that stand as objects under "refs": told once, at the first. */
export function noteNested({ documents, problems, columns, text }: EntryScanner): void {
  const nested = [...documents].filter(([, document]) => document.nested);
  const [first] = nested;
  if (first === undefined) return;
  const [key, { row }] = first;
  const what =
    nested.length === 1
      ? 'The metadata stand as an object'
      : `${plural(nested.length, 'metadata document')} stand as objects`;
  const message = `${what}, where version 1 has strings. fsspec and GDAL read both.`;
  problems.add('kerchunk/nested-in-version1', key, keyPlace(text, columns.place.get(row)), message);
}

/** Metadata other than those of an array itself, whose rules say so, that stand in a file of their own. */
export function noteElsewhere({ metadataRows, problems, columns, text }: EntryScanner): void {
  for (const [key, row] of metadataRows) {
    if (columns.target.get(row) >= FIRST_KIND || !/(?:^|\/)\.z(?:attrs|group|metadata)$/u.test(key)) continue;
    problems.addLazily('zarr2/metadata-elsewhere', () => {
      const span = keyPlace(text, columns.place.get(row));
      return { key, span, message: `${key} stands in a file of its own, which is not read and not checked.` };
    });
  }
}

/** Keys that no reader asks for. A chunk of an array's grid, which is most keys, can be asked for where the array can. */
export function noteUnreachable(
  { metadataRows, problems }: EntryScanner,
  strays: ReadonlyMap<string | undefined, Strays>,
  placeOf: (row: number) => TextSpan,
): void {
  for (const rows of [metadataRows, ...[...strays.values()].map((keys) => keys.unusual())]) {
    for (const [key, row] of rows) {
      const reason = whyUnreachable(key);
      if (reason === undefined || (rows !== metadataRows && metadataRows.has(key))) continue;
      problems.addLazily('kerchunk/key-unreachable', () => {
        const message = `No reader asks for the key "${cutText(key, 80)}": ${reason}.`;
        return { key, span: placeOf(row), message };
      });
    }
  }
}
