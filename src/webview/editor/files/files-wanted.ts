import type { TargetPlace } from '../../../preview/target-types';
import { isTiff, type EditorState, type Slot } from '../state';
import type { Wanted } from '../wanted';

const slots = ['targets', 'targetMap', 'targetBytes'] as const satisfies readonly Slot[];

/** What the view of the files wants to know; what it knows stays while something else is shown. */
export function filesWanted(state: EditorState): { wanted: Wanted[]; keep: readonly Slot[] } {
  if (state.view !== 'files') return { wanted: [], keep: slots };
  const { generation, files } = state;
  const { search, attempt, bytesAt } = files;
  const targets: Wanted = { slot: 'targets', key: JSON.stringify([generation, search]), payload: { search } };
  const place = shownPlace(state);
  if (place === null) return { wanted: [targets], keep: ['targetMap', 'targetBytes'] };
  // A TIFF that is shown itself was read for that.
  const read = files.read || isTiff(state);
  const map: Wanted = {
    slot: 'targetMap',
    key: JSON.stringify([generation, place, read, attempt]),
    payload: { place, read },
  };
  const target = state.answers.targetMap.value?.target;
  if (bytesAt === null) return { wanted: [targets, map], keep: [] };
  if (target === undefined) return { wanted: [targets, map], keep: ['targetBytes'] };
  const bytes: Wanted = {
    slot: 'targetBytes',
    key: JSON.stringify([generation, target, bytesAt, attempt]),
    payload: { target, offset: bytesAt },
  };
  return { wanted: [targets, map, bytes], keep: [] };
}

/** The file that is shown: the one that was chosen, else the first of the list. */
function shownPlace({ files, answers }: EditorState): TargetPlace | null {
  if (files.place !== null) return files.place;
  const first = answers.targets.value?.targets[0];
  return first === undefined ? null : { kind: 'target', target: first.target, part: 0 };
}
