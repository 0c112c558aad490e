import type { ArrayDetails } from '../../../preview/types';
import type { PlaneWindow } from '../../../preview/compare-types';
import { chunkName } from '../grid/cells';
import type { EditorState } from '../state';
import type { ComparedPair } from './pair';
import { choiceOf, otherChunk } from './compare-state';
import { t } from '../../l10n';

/** How the two are called in captions and tables. */
export interface Titles {
  first: string;
  second: string;
}

/** By the comparison that they were first given for: it stays in view while the next one is waited for. */
const given = new WeakMap<ComparedPair, { long: Titles; short: Titles }>();

/** Names of the two for captions, and short ones for readings and column heads. */
export function titlesOf(
  state: EditorState,
  details: ArrayDetails,
  comparison: ComparedPair,
): { long: Titles; short: Titles } {
  const known = given.get(comparison) ?? { long: longTitles(state, details, comparison), short: shortTitles(state) };
  given.set(comparison, known);
  return known;
}

/** "red, chunk 0.1" and "red.tif, IFD 0 (full resolution, 512 x 512)". */
function longTitles(
  { compare, chunk, picture }: EditorState,
  details: ArrayDetails,
  { first, second }: Pick<ComparedPair, 'first' | 'second'>,
): Titles {
  const place = compare.window !== null || chunk === null ? t('window') : t('chunk {0}', chunkName(chunk));
  const one = `${first.name}, ${place}`;
  switch (choiceOf(compare)) {
    case 'tiff':
      return { first: one, second: second.image === null ? second.name : `${second.name}, ${second.image}` };
    case 'chunk': {
      const other = otherChunk({ compare, chunk, picture }, details);
      return { first: one, second: t('{0}, chunk {1}', second.name, other === null ? '' : chunkName(other)) };
    }
    case 'array':
      return { first: one, second: second.name };
  }
}

function shortTitles({ compare }: EditorState): Titles {
  return choiceOf(compare) === 'tiff'
    ? { first: t('References'), second: 'TIFF' }
    : { first: t('First'), second: t('Second') };
}

const inSentences: Readonly<Record<string, string>> = {
  [t('References')]: t('the references'),
  TIFF: t('the TIFF'),
  [t('First')]: t('the first'),
  [t('Second')]: t('the second'),
};

/** A short name within a sentence: "the first". */
export function inSentence(title: string): string {
  return inSentences[title] ?? title;
}

/** `[256:512, 0:256]`, as in Python. */
export function slicesText({ slices }: PlaneWindow): string {
  return `[${slices.map(({ start, stop }) => (stop === start + 1 ? String(start) : `${start}:${stop}`)).join(', ')}]`;
}
