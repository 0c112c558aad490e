import type { ArrayDetails, OutlineNode } from '../../preview/types';
import type { Failure } from '../editor-messages';
import type { Action, Loaded } from './actions';
import { mapOfAnother } from './map/map-state';
import type { Answers, EditorState, Loadable, Slot } from './state';
import { answersOfFile, emptyAnswer, freshPicture, noAnswers, nodeAt, outlineOf } from './state';
import { compareOfAnother } from './compare/compare-state';
import { freshCost } from './cost/cost-state';
import { filesAt, filesWithMap } from './files/files-state';
import { wholeView } from './viewport';

/** The state after an action; the same object where nothing changes. */
export function reduce(state: EditorState, action: Action): EditorState {
  switch (action.type) {
    case 'document':
      return withDocument(state, action);
    case 'findings':
      if (action.revision < state.revision) return state;
      return withFindings(state, action);
    case 'notChecked':
      if (action.revision < state.revision) return state;
      return { ...state, findings: null, readers: [], notChecked: action.error };
    case 'check':
      return { ...state, notChecked: null };
    case 'show':
      return shown(state, action.path, action.indices);
    case 'select':
      return selected(state, action.path);
    case 'view':
      return { ...state, view: action.view };
    case 'search':
      return { ...state, search: action.text };
    case 'toggle':
      return { ...state, toggled: toggled(state.toggled, action.path) };
    case 'treeFocus':
      return { ...state, treeFocus: action.path };
    case 'treeTop':
      return state.treeTop === action.row ? state : { ...state, treeTop: action.row };
    case 'glanceSorting':
      return { ...state, glanceSorting: action.sorting };
    case 'at':
      return { ...state, at: action.indices, from: action.extend === true ? (state.from ?? state.at) : null };
    case 'shade':
      return { ...state, shade: action.shade };
    case 'gridView':
      return { ...state, gridView: action.viewport };
    case 'gridSeen':
      return { ...state, gridSeen: action.seen };
    case 'open':
      return opened(state, action.indices);
    case 'again':
      return { ...state, attempt: state.attempt + 1 };
    case 'picture':
      return { ...state, picture: { ...state.picture, ...action.change } };
    case 'tab':
      return { ...state, tab: action.tab };
    case 'map':
      return { ...state, map: { ...state.map, ...action.change } };
    case 'selection':
      return { ...state, selection: action.selection };
    case 'toggleStage':
      return { ...state, openStages: toggled(state.openStages, action.name) };
    case 'file':
      return { ...state, view: 'files', files: filesAt(state.files, action.place) };
    case 'files':
      return { ...state, files: { ...state.files, ...action.change } };
    case 'cost':
      return { ...state, cost: { ...state.cost, ...action.change } };
    case 'whatIf':
      return { ...state, whatIf: { ...state.whatIf, ...action.change } };
    case 'compare':
      return { ...state, compare: { ...state.compare, ...action.change } };
    case 'waiting':
      return withAnswer(state, action.slot, { status: 'waiting', error: null });
    case 'slow':
      return withAnswer(state, action.slot, { status: 'slow' });
    case 'dropped':
      return withAnswer(state, action.slot, emptyAnswer());
    case 'refused':
      return refused(state, action.slot, action.error);
    case 'loaded':
      return loaded(state, action);
  }
}

function withAnswer<Name extends Slot>(
  state: EditorState,
  slot: Name,
  change: Partial<Loadable<Answers[Name]>>,
): EditorState {
  return { ...state, answers: { ...state.answers, [slot]: { ...state.answers[slot], ...change } } };
}

function withFindings(
  state: EditorState,
  { revision, findings, readers }: Extract<Action, { type: 'findings' }>,
): EditorState {
  return { ...state, findings, readers, findingsRevision: revision, notChecked: null };
}

function withDocument(
  state: EditorState,
  { revision, document, trusted }: Extract<Action, { type: 'document' }>,
): EditorState {
  // What is shown stays until the new details come; nothing that depends on them is asked for before.
  const details = { ...state.answers.details, status: 'waiting' } as const;
  const answers = { ...state.answers, details };
  // Said again about the same text, it leaves what is known of the check.
  const notChecked = revision === state.revision ? state.notChecked : null;
  const next = { ...state, document, trusted, revision, notChecked, generation: state.generation + 1, answers };
  const outline = outlineOf(next);
  if (outline === null || nodeAt(next, state.path) !== undefined) return next;
  const first = firstArray(outline.nodes);
  return first === undefined ? { ...next, path: null } : { ...selected(next, first.path), view: state.view };
}

/** What is shown before anything was chosen: the first array of two axes or more, else the first array. */
function firstArray(nodes: readonly OutlineNode[]): OutlineNode | undefined {
  const deep = nodes.find((node) => node.kind === 'array' && node.shape.length >= 2);
  return deep ?? nodes.find(({ kind }) => kind === 'array') ?? nodes[0];
}

function selected(state: EditorState, path: string): EditorState {
  if (path === state.path) return { ...state, view: 'node', treeFocus: path };
  return {
    ...state,
    view: 'node',
    path,
    treeFocus: path,
    at: [],
    from: null,
    chunk: null,
    gridView: wholeView,
    gridSeen: null,
    cost: { ...freshCost, open: state.cost.open },
    picture: { ...freshPicture, ...lasting(state) },
    whatIf: { ...state.whatIf, draft: null },
    compare: compareOfAnother(state.compare),
    map: mapOfAnother(state.map),
    selection: null,
    answers: { ...noAnswers(), ...answersOfFile(state.answers) },
  };
}

/** What of the picture's settings stays for another array: range, scale and bands are another array's. */
function lasting({ picture }: EditorState): Partial<EditorState['picture']> {
  const { colourMap, reversed, stretch, side, logCounts, table } = picture;
  return { colourMap, reversed, stretch, side, logCounts, table: { ...table, axes: null } };
}

function shown(state: EditorState, path: string, indices: readonly number[] | null): EditorState {
  const next = { ...selected(state, path), search: '' };
  return indices === null ? next : opened({ ...next, tab: 'chunks' }, indices);
}

/** Another chunk is seen as the last one was, in its own range unless that is locked. */
function opened(state: EditorState, indices: readonly number[]): EditorState {
  const same = state.chunk !== null && sameIndices(state.chunk, indices);
  if (same)
    return { ...state, at: indices, from: null, attempt: state.attempt + (hasFailed(state.answers.chunk) ? 1 : 0) };
  const { picture } = state;
  return {
    ...state,
    at: indices,
    from: null,
    chunk: indices,
    picture: { ...picture, range: picture.locked ? picture.range : null },
  };
}

/** Whether a chunk was refused, given up, or came without values: opened again, it is asked for again. */
function hasFailed({ status, value }: EditorState['answers']['chunk']): boolean {
  return status === 'failed' || status === 'cancelled' || (status === 'ready' && value?.outcome.kind === 'failed');
}

function sameIndices(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((index, axis) => index === other[axis]);
}

function refused(state: EditorState, slot: Slot, error: Failure): EditorState {
  const status = error.code === 'cancelled' ? 'cancelled' : 'failed';
  const next = withAnswer(state, slot, { status, value: null, error });
  const { place } = state.files;
  // The text has changed since the file was chosen: the first of the list is shown.
  const isGone = slot === 'targetMap' && error.code === 'invalid-argument' && place !== null;
  return isGone ? { ...next, files: filesAt(state.files, null) } : next;
}

function loaded(state: EditorState, action: Loaded): EditorState {
  const next = withAnswer(state, action.slot, { status: 'ready', value: action.value, error: null });
  if (action.slot === 'targetMap') return { ...next, files: filesWithMap(state.files, action.value) };
  return action.slot === 'details' ? withinGrid(next, action.value) : next;
}

/** Keeps the chosen chunks where they still exist; a lone inline chunk, which costs no request, opens by itself. */
function withinGrid(state: EditorState, { grid, coverage }: ArrayDetails): EditorState {
  const exists = (indices: readonly number[]): boolean =>
    indices.length === grid.length && indices.every((index, axis) => index < (grid[axis] ?? 0));
  const at = exists(state.at) ? state.at : grid.map(() => 0);
  const lone = coverage.total === 1 && coverage.inline === 1 ? grid.map(() => 0) : null;
  const chunk = state.chunk !== null && exists(state.chunk) ? state.chunk : lone;
  const from = state.from !== null && exists(state.from) ? state.from : null;
  return { ...state, at, from, chunk };
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
}
