import type { ArrayDetails, GridCells, GridWindow } from '../../preview/types';
import type { PageMethods } from '../editor-messages';
import { compositeBands } from './chunk/composite';
import { compareWanted } from './compare/compare-wanted';
import { costSlices } from './cost/cost-state';
import { filesWanted } from './files/files-wanted';
import { covers } from './grid/cells';
import { gridLayout, otherAxes, wholeWindow, type GridLayout } from './grid/layout';
import { hasMap } from './map/map-state';
import { currentDetails, nodeAt, type EditorState, type Slot } from './state';

/** How each slot is filled. */
export const methods = {
  glance: 'glance',
  details: 'describeArray',
  overview: 'grid',
  axes: 'axes',
  close: 'grid',
  chunk: 'chunk',
  pyramid: 'pyramid',
  red: 'chunk',
  green: 'chunk',
  blue: 'chunk',
  targets: 'targets',
  targetMap: 'targetMap',
  targetBytes: 'targetBytes',
  cost: 'cost',
  encoding: 'encoding',
  whatIf: 'whatIf',
  comparison: 'compare',
} as const satisfies Record<Slot, keyof PageMethods>;

/** A request that the page's state calls for; the same `key` is the same request. */
export type Wanted = {
  [Name in Slot]: { slot: Name; key: string; payload: PageMethods[(typeof methods)[Name]]['payload'] };
}[Slot];

/** Chunks up to which the host answers with one cell for each. */
const mostCells = 2 ** 20;
/** The closer window is asked for in steps of so many chunks, so that a small move asks for nothing. */
const windowStep = 256;

/**
 * What the page wants to know now. Slots that are not named are empty; the grid and the chunk come after the details that they
 * depend on, and stay as they are until then.
 */
export function wantedOf(state: EditorState): { wanted: Wanted[]; keep: readonly Slot[] } {
  const array = arrayWanted(state);
  const files = filesWanted(state);
  return { wanted: [...array.wanted, ...files.wanted], keep: [...array.keep, ...files.keep] };
}

function arrayWanted(state: EditorState): { wanted: Wanted[]; keep: readonly Slot[] } {
  const { path, generation } = state;
  const kind = nodeAt(state, path)?.kind;
  if (path !== null && kind === 'group') {
    return { wanted: [{ slot: 'glance', key: JSON.stringify([generation, path]), payload: { path } }], keep: [] };
  }
  if (path === null || kind !== 'array') return { wanted: [], keep: [] };
  const details: Wanted = { slot: 'details', key: JSON.stringify([generation, path]), payload: { path } };
  const known = currentDetails(state);
  if (known === null) {
    const keep: readonly Slot[] = [
      ...(['overview', 'close', 'axes', 'chunk', 'red', 'green', 'blue'] as const),
      ...(['cost', 'encoding', 'whatIf', 'pyramid', 'comparison'] as const),
    ];
    return { wanted: [details], keep };
  }
  return {
    wanted: [
      details,
      ...gridWanted(state, gridLayout(known.grid)),
      ...axesWanted(state, known),
      ...chunkWanted(state, path),
      ...bandsWanted(state, known),
      ...costWanted(state, known),
      ...pipelineWanted(state, path),
      ...pyramidWanted(state, known),
      ...compareWanted(state, known),
    ],
    keep: isChunkReady(state) ? [] : ['encoding', 'whatIf'],
  };
}

function costWanted(state: EditorState, details: ArrayDetails): Wanted[] {
  const { cost, generation, view } = state;
  if (!cost.open || view !== 'node') return [];
  const payload = { path: details.path, slices: costSlices(cost, details, state) };
  return [{ slot: 'cost', key: JSON.stringify([generation, payload]), payload }];
}

function chunkWanted({ chunk, attempt, generation }: EditorState, path: string): Wanted[] {
  if (chunk === null) return [];
  return [
    { slot: 'chunk', key: JSON.stringify([generation, attempt, path, chunk]), payload: { path, indices: chunk } },
  ];
}

/** What the chunk may be in truth is asked for once its bytes are in the worker. */
function pipelineWanted(state: EditorState, path: string): Wanted[] {
  const { chunk, attempt, generation, whatIf, answers } = state;
  if (chunk === null || !whatIf.open || !isChunkReady(state) || answers.chunk.value?.stages.length === 0) return [];
  const place = { path, indices: chunk };
  const key = [generation, attempt, path, chunk];
  const encoding: Wanted = { slot: 'encoding', key: JSON.stringify(key), payload: place };
  const { draft } = whatIf;
  if (draft === null) return [encoding];
  const tried: Wanted = {
    slot: 'whatIf',
    key: JSON.stringify([...key, draft]),
    payload: { ...place, encoding: draft },
  };
  return [encoding, tried];
}

function isChunkReady({ answers }: EditorState): boolean {
  return answers.chunk.status === 'ready';
}

/** Overviews may stand in a TIFF that must be looked into: only a picture of the whole needs them. */
function pyramidWanted({ tab, generation, map }: EditorState, details: ArrayDetails): Wanted[] {
  if (tab !== 'picture' || !hasMap(details)) return [];
  const { path } = details;
  return [{ slot: 'pyramid', key: JSON.stringify([generation, path, map.attempt]), payload: { path } }];
}

/** Where along the axes that are not drawn the grid is looked at. */
function axesWanted({ path, at, generation }: EditorState, { grid, dimensions }: ArrayDetails): Wanted[] {
  const axes = otherAxes(grid, gridLayout(grid));
  if (path === null || axes.length === 0 || dimensions === null || at.length !== grid.length) return [];
  const indices = at.map((index, axis) => (axes.includes(axis) ? index : 0));
  const payload = { path, indices, axes };
  return [{ slot: 'axes', key: JSON.stringify([generation, payload]), payload }];
}

/** The chunks of the three bands of a picture in colours, but for the open one. */
function bandsWanted(state: EditorState, details: ArrayDetails): Wanted[] {
  const { chunk, generation, attempt } = state;
  if (chunk === null || state.picture.band !== 'composite') return [];
  const bands = compositeBands(details, chunk, state.picture.composite) ?? [];
  return bands.flatMap(({ slot, indices }) =>
    indices.join() === chunk.join()
      ? []
      : [
          {
            slot,
            key: JSON.stringify([generation, attempt, details.path, indices]),
            payload: { path: details.path, indices },
          },
        ],
  );
}

function gridWanted(state: EditorState, layout: GridLayout): Wanted[] {
  const { path, at, shade } = state;
  if (path === null || layout.gridRows * layout.gridColumns === 0) return [];
  const hidden = at.map((index, axis) => (axis === layout.rowAxis || axis === layout.columnAxis ? 0 : index));
  const whole: GridWindow = { path, at: hidden, ...wholeWindow(layout), ...(shade === null ? {} : { shade }) };
  const overview: Wanted = { slot: 'overview', key: gridKey(state, whole), payload: { window: whole } };
  const close = closeWindow(state, layout, whole);
  return close === null
    ? [overview]
    : [overview, { slot: 'close', key: gridKey(state, close), payload: { window: close } }];
}

function gridKey({ generation }: EditorState, window: GridWindow): string {
  return JSON.stringify([generation, window]);
}

/** The part of a very large grid that is seen so near that each chunk can be told apart; the one at hand if it will do. */
function closeWindow(state: EditorState, layout: GridLayout, whole: GridWindow): GridWindow | null {
  const { gridSeen: seen } = state;
  if (seen === null || layout.gridRows * layout.gridColumns <= mostCells) return null;
  const window: GridWindow = {
    ...whole,
    rows: widened(whole.rows, seen.rows),
    columns: widened(whole.columns, seen.columns),
  };
  if (lengthOf(window.rows) * lengthOf(window.columns) > mostCells) return null;
  const { value, status } = state.answers.close;
  const inUse = status === 'ready' && value !== null ? windowOf(value) : null;
  const suits =
    inUse !== null &&
    inUse.path === whole.path &&
    inUse.shade === whole.shade &&
    inUse.at.join() === whole.at.join() &&
    covers(inUse, window);
  return suits ? inUse : window;
}

function windowOf({ path, at, rows, columns, shade }: GridCells): GridWindow {
  return { path, at, rows, columns, ...(shade === undefined ? {} : { shade }) };
}

function widened(whole: GridWindow['rows'], seen: { start: number; stop: number }): GridWindow['rows'] {
  if (whole === null) return null;
  return {
    axis: whole.axis,
    start: Math.floor(seen.start / windowStep) * windowStep,
    stop: Math.min(whole.stop, Math.ceil(seen.stop / windowStep) * windowStep),
  };
}

function lengthOf(range: GridWindow['rows']): number {
  return range === null ? 1 : range.stop - range.start;
}
