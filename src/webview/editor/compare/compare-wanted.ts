import type { ArrayDetails } from '../../../preview/types';
import { outlineOf, type EditorState } from '../state';
import type { Wanted } from '../wanted';
import { comparedWith, firstWindow } from './compare-state';

/** The comparison that is looked at. */
export function compareWanted(state: EditorState, details: ArrayDetails): Wanted[] {
  const { view, generation, compare } = state;
  const first = view === 'compare' ? firstWindow(state, details) : null;
  if (first === null) return [];
  const second = comparedWith(state, details, outlineOf(state)?.nodes ?? [], first);
  if (typeof second === 'string') return [];
  const payload = { first, second };
  return [{ slot: 'comparison', key: JSON.stringify([generation, compare.attempt, payload]), payload }];
}
