import { describe, expect, it, vi } from 'vitest';
import type { ArrayDetails, GridCells, OutlineNode } from '../../../src/preview/types';
import type { FromEditorPage, ShownChunk } from '../../../src/webview/editor-messages';
import type { Action } from '../../../src/webview/editor/actions';
import { shownDocument } from '../../../src/webview/editor/outline';
import { reduce } from '../../../src/webview/editor/reducer';
import { Requests } from '../../../src/webview/editor/requests';
import { initialState, savedState, type EditorState, type SavedState } from '../../../src/webview/editor/state';
import { wantedOf } from '../../../src/webview/editor/wanted';

const nodes: OutlineNode[] = [
  { kind: 'group', path: '' },
  { kind: 'array', path: 'x', shape: [10], dtype: '<f8' },
  { kind: 'array', path: 'red', shape: [10, 10], dtype: '<u2' },
];

function documentOf(listed: OutlineNode[], revision = 1): Action {
  const nodes = new TextEncoder().encode(JSON.stringify(listed)).buffer;
  const outline = { version: 1 as const, bytes: 1, compression: null, nodes, targets: { count: 0, first: [] } };
  const document = shownDocument({ kind: 'outline', name: 'a.json', outline });
  return { type: 'document', revision, document, trusted: true };
}

function details(path: string, grid: number[], inline = 0): ArrayDetails {
  const total = grid.reduce((product, length) => product * length, 1);
  return {
    path,
    grid,
    coverage: { total, ranges: total - inline, inline, absent: 0, broken: 0 },
  } as unknown as ArrayDetails;
}

function after(state: EditorState, ...actions: Action[]): EditorState {
  return actions.reduce(reduce, state);
}

const loaded = (value: ArrayDetails): Action => ({ type: 'loaded', slot: 'details', value });
const shownRed = after(initialState(undefined), documentOf(nodes), loaded(details('red', [5, 5])));

describe('the state of the page', () => {
  it('shows the first array of two axes at first, and its first chunk selected', () => {
    expect(shownRed).toMatchObject({ path: 'red', at: [0, 0], chunk: null });
  });

  it('opens a lone inline chunk by itself', () => {
    const state = after(shownRed, { type: 'select', path: 'x' }, loaded(details('x', [1], 1)));
    expect(state.chunk).toEqual([0]);
  });

  it('forgets the chunk and the range with the array, but not the colours', () => {
    const state = after(
      shownRed,
      { type: 'open', indices: [1, 2] },
      { type: 'picture', change: { range: { low: 1, high: 2 }, locked: true, colourMap: 'grey' } },
      { type: 'select', path: 'x' },
    );
    expect(state).toMatchObject({ path: 'x', chunk: null, at: [] });
    expect(state.picture).toMatchObject({ range: null, locked: false, colourMap: 'grey' });
  });

  it('keeps a locked range for the next chunk, and no other', () => {
    const typed = { range: { low: 1, high: 2 } };
    const free = after(shownRed, { type: 'picture', change: typed }, { type: 'open', indices: [1, 1] });
    expect(free.picture.range).toBeNull();
    const locked = after(
      shownRed,
      { type: 'picture', change: { ...typed, locked: true } },
      { type: 'open', indices: [1, 1] },
    );
    expect(locked.picture.range).toEqual({ low: 1, high: 2 });
  });

  it('keeps what is selected through a change of the text where it still exists', () => {
    const open = after(shownRed, { type: 'open', indices: [4, 4] }, documentOf(nodes, 2));
    expect(open).toMatchObject({ path: 'red', chunk: [4, 4] });
    expect(after(open, loaded(details('red', [5, 5])))).toMatchObject({ chunk: [4, 4], at: [4, 4] });
    expect(after(open, loaded(details('red', [4, 4])))).toMatchObject({ chunk: null, at: [0, 0] });
    expect(after(open, loaded(details('red', [5])))).toMatchObject({ chunk: null, at: [0] });
  });

  it('goes to the first array where the selected one is gone', () => {
    expect(after(shownRed, documentOf(nodes.slice(0, 2), 2)).path).toBe('x');
    expect(after(shownRed, documentOf([], 2)).path).toBeNull();
  });

  it('passes over findings of an older text', () => {
    const newer = after(shownRed, documentOf(nodes, 5), { type: 'findings', revision: 4, findings: [], readers: [] });
    expect(newer.findings).toBeNull();
    expect(after(newer, { type: 'findings', revision: 5, findings: [], readers: [] }).findings).toEqual([]);
  });

  it('shows what a link asks for', () => {
    const state = after(shownRed, { type: 'search', text: 'q' }, { type: 'show', path: 'x', indices: [0] });
    expect(state).toMatchObject({ path: 'x', chunk: [0], search: '', view: 'node' });
  });

  it('asks again for a chunk that failed when it is opened again', () => {
    const open = after(shownRed, { type: 'open', indices: [1, 1] });
    const failed = after(open, { type: 'refused', slot: 'chunk', error: { code: 'fetch-failed', message: '' } });
    expect(after(failed, { type: 'open', indices: [1, 1] }).attempt).toBe(open.attempt + 1);
    expect(after(open, { type: 'open', indices: [1, 1] }).attempt).toBe(open.attempt);
  });

  it.each([
    ['was given up', { type: 'refused', slot: 'chunk', error: { code: 'cancelled', message: '' } }, 1],
    ['came without values', { type: 'loaded', slot: 'chunk', value: { outcome: { kind: 'failed' } } }, 1],
    ['came with values', { type: 'loaded', slot: 'chunk', value: { outcome: { kind: 'values' } } }, 0],
  ] as unknown as [string, Action, number][])('asks again, or not, for a chunk that %s', (_, answer, more) => {
    const answered = after(shownRed, { type: 'open', indices: [1, 1] }, answer);
    expect(after(answered, { type: 'open', indices: [1, 1] }).attempt - answered.attempt).toBe(more);
  });

  it('knows that a text was not checked until it is checked again or changes', () => {
    const error = { code: 'fetch-failed', message: 'No worker.' } as const;
    const checked = after(shownRed, { type: 'findings', revision: 1, findings: [], readers: [] });
    const failed = after(checked, { type: 'notChecked', revision: 1, error });
    expect(failed).toMatchObject({ notChecked: error, findings: null });
    expect(after(failed, documentOf(nodes, 1)).notChecked).toEqual(error);
    expect(after(failed, documentOf(nodes, 2)).notChecked).toBeNull();
    expect(after(failed, { type: 'check' }).notChecked).toBeNull();
    expect(after(failed, { type: 'findings', revision: 1, findings: [], readers: [] }).notChecked).toBeNull();
    expect(after(shownRed, { type: 'notChecked', revision: 0, error }).notChecked).toBeNull();
  });

  it('knows what readers make of the text that was checked last, and of none that was not', () => {
    const gdal = { name: 'GDAL', tried: 'GDAL 3', reads: 'all', verdict: 'reads the array', obstacles: [] } as const;
    const readers = [{ ...gdal, obstacles: [] }];
    const checked = after(shownRed, { type: 'findings', revision: 1, findings: [], readers });
    expect(checked.readers).toEqual(readers);
    expect(after(checked, { type: 'findings', revision: 0, findings: [], readers: [] }).readers).toEqual(readers);
    const error = { code: 'fetch-failed', message: 'No worker.' } as const;
    expect(after(checked, { type: 'notChecked', revision: 1, error }).readers).toEqual([]);
  });

  it('comes back after it was hidden', () => {
    const state = after(
      shownRed,
      { type: 'open', indices: [3, 1] },
      { type: 'gridView', viewport: { zoom: 2, x: 1, y: 0 } },
      { type: 'picture', change: { colourMap: 'grey', range: { low: 0, high: 9 }, locked: true } },
      { type: 'toggle', path: '' },
    );
    const kept = JSON.parse(JSON.stringify(savedState(state))) as SavedState;
    const back = after(initialState(kept), documentOf(nodes), loaded(details('red', [5, 5])));
    expect(back).toMatchObject({
      path: 'red',
      chunk: [3, 1],
      at: [3, 1],
      gridView: { zoom: 2, x: 1, y: 0 },
      toggled: [''],
    });
    expect(back.picture).toMatchObject({ colourMap: 'grey', range: { low: 0, high: 9 }, locked: true });
  });
});

describe('what the page asks for', () => {
  const slots = (state: EditorState): string[] => wantedOf(state).wanted.map(({ slot }) => slot);

  it('is the details first, then the grid and the chunk', () => {
    const fresh = after(initialState(undefined), documentOf(nodes));
    expect(slots(fresh)).toEqual(['details']);
    expect(slots(shownRed)).toEqual(['details', 'overview']);
    expect(slots(after(shownRed, { type: 'open', indices: [1, 1] }))).toEqual(['details', 'overview', 'chunk']);
  });

  it('is what lies below a group', () => {
    expect(slots(after(shownRed, { type: 'select', path: '' }))).toEqual(['glance']);
  });

  it('is everything anew after a change of the text, the details first', () => {
    const changed = after(shownRed, { type: 'open', indices: [1, 1] }, documentOf(nodes, 2));
    expect(wantedOf(changed)).toMatchObject({
      wanted: [{ slot: 'details' }],
      keep: [
        'overview',
        'close',
        'axes',
        'chunk',
        'red',
        'green',
        'blue',
        'cost',
        'encoding',
        'whatIf',
        'pyramid',
        'comparison',
        'targets',
        'targetMap',
        'targetBytes',
      ],
    });
    expect(wantedOf(changed).wanted[0]?.key).not.toBe(wantedOf(shownRed).wanted[0]?.key);
  });

  it('is the part of a very large grid that is seen from near', () => {
    const large = after(shownRed, loaded(details('red', [4000, 3000])));
    expect(slots(large)).toEqual(['details', 'overview']);
    const far = after(large, {
      type: 'gridSeen',
      seen: { rows: { start: 0, stop: 4000 }, columns: { start: 0, stop: 3000 } },
    });
    expect(slots(far)).toEqual(['details', 'overview']);
    const seen = { rows: { start: 300, stop: 400 }, columns: { start: 2900, stop: 3000 } };
    const near = after(large, { type: 'gridSeen', seen });
    const close = wantedOf(near).wanted.find(({ slot }) => slot === 'close');
    const rows = { axis: 0, start: 256, stop: 512 };
    const columns = { axis: 1, start: 2816, stop: 3000 };
    expect(close?.payload).toEqual({ window: { path: 'red', at: [0, 0], rows, columns } });
    // What is at hand will do for a small move.
    const value = { path: 'red', at: [0, 0], rows, columns } as unknown as GridCells;
    const here = after(near, { type: 'loaded', slot: 'close', value });
    const moved = after(here, { type: 'gridSeen', seen: { rows: { start: 260, stop: 360 }, columns: seen.columns } });
    expect(wantedOf(moved).wanted.find(({ slot }) => slot === 'close')?.key).toBe(close?.key);
  });

  it('is nothing of the grid of an array without elements', () => {
    expect(slots(after(shownRed, loaded(details('red', [0, 5]))))).toEqual(['details']);
  });
});

describe('requests', () => {
  const chunkWanted = (key: string): Parameters<Requests['follow']>[0] => ({
    wanted: [{ slot: 'chunk', key, payload: { path: 'red', indices: [0, 0] } }],
    keep: [],
  });

  function make(): { sent: FromEditorPage[]; actions: Action[]; requests: Requests } {
    const sent: FromEditorPage[] = [];
    const actions: Action[] = [];
    const requests = new Requests(
      (message) => sent.push(message),
      (action) => actions.push(action),
    );
    return { sent, actions, requests };
  }

  it('are sent once, and taken back when another is wanted', () => {
    const { sent, requests } = make();
    requests.follow(chunkWanted('one'));
    requests.follow(chunkWanted('one'));
    requests.follow(chunkWanted('two'));
    expect(sent.map(({ type }) => type)).toEqual(['request', 'cancel', 'request']);
    expect(sent[1]).toEqual({ type: 'cancel', id: 1 });
  });

  it('pass over answers to questions that are out of date', () => {
    const { actions, requests } = make();
    requests.follow(chunkWanted('one'));
    requests.follow(chunkWanted('two'));
    actions.length = 0;
    const result = {} as ShownChunk;
    requests.answer({ type: 'reply', id: 1, ok: true, result });
    expect(actions).toEqual([]);
    requests.answer({ type: 'reply', id: 2, ok: true, result });
    expect(actions).toEqual([{ type: 'loaded', slot: 'chunk', value: result }]);
    requests.answer({ type: 'reply', id: 2, ok: true, result });
    expect(actions).toHaveLength(1);
  });

  it('say after 150 ms that they wait', () => {
    vi.useFakeTimers();
    try {
      const { actions, requests } = make();
      requests.follow(chunkWanted('one'));
      vi.advanceTimersByTime(149);
      expect(actions).toEqual([{ type: 'waiting', slot: 'chunk' }]);
      vi.advanceTimersByTime(1);
      expect(actions.at(-1)).toEqual({ type: 'slow', slot: 'chunk' });
      requests.follow(chunkWanted('two'));
      requests.answer({ type: 'reply', id: 2, ok: false, error: { code: 'fetch-failed', message: 'No.' } });
      vi.advanceTimersByTime(1000);
      expect(actions.at(-1)).toMatchObject({ type: 'refused', error: { code: 'fetch-failed' } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('are given up on the word of the user', () => {
    const { sent, actions, requests } = make();
    requests.follow(chunkWanted('one'));
    requests.cancel('chunk');
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
    expect(actions.at(-1)).toMatchObject({ type: 'refused', error: { code: 'cancelled' } });
    requests.follow(chunkWanted('one'));
    expect(sent).toHaveLength(2);
  });

  it('are forgotten where nothing is wanted, and wait where they shall stay', () => {
    const { sent, actions, requests } = make();
    requests.follow(chunkWanted('one'));
    requests.follow({ wanted: [], keep: ['chunk'] });
    expect(sent).toHaveLength(1);
    requests.follow({ wanted: [], keep: [] });
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
    expect(actions.at(-1)).toEqual({ type: 'dropped', slot: 'chunk' });
  });
});

describe('a selection of several chunks', () => {
  it('spans from the chunk that was selected when it began', () => {
    const begun = after(shownRed, { type: 'at', indices: [1, 1] });
    const grown = after(
      begun,
      { type: 'at', indices: [1, 2], extend: true },
      { type: 'at', indices: [3, 2], extend: true },
    );
    expect([grown.from, grown.at]).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });

  it('ends when another chunk is selected or opened, or another array', () => {
    const grown = after(shownRed, { type: 'at', indices: [1, 2], extend: true });
    expect(grown.from).not.toBeNull();
    expect(after(grown, { type: 'at', indices: [0, 0] }).from).toBeNull();
    expect(after(grown, { type: 'open', indices: [0, 0] }).from).toBeNull();
    expect(after(grown, { type: 'select', path: 'nir' }).from).toBeNull();
  });
});
