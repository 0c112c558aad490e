import { describe, expect, it } from 'vitest';
import {
  cellAt,
  fitted,
  panned,
  revealing,
  seen,
  stepped,
  unitSize,
  wholeView,
  zoomed,
  zoomedAround,
} from '../../../src/webview/editor/viewport';

const room = { width: 400, height: 200 };

describe('the frame of a plane', () => {
  it('has units as large as they may be where there is room', () => {
    expect(fitted({ columns: 6, rows: 4 }, room, 20)).toEqual({
      width: 400,
      height: 80,
      columns: 6,
      rows: 4,
      unitWidth: 20,
      unitHeight: 20,
    });
  });

  it('has square units that fit the tighter side', () => {
    const { unitWidth, unitHeight, height } = fitted({ columns: 1000, rows: 1000 }, room, 20);
    expect([unitWidth, unitHeight, height]).toEqual([0.2, 0.2, 200]);
  });

  it('stretches a strip so that it can be seen', () => {
    const { unitWidth, unitHeight } = fitted({ columns: 2, rows: 4000 }, room, 20);
    expect([unitWidth * 2, unitHeight * 4000]).toEqual([24, 200]);
  });
});

describe('what is under a point', () => {
  const frame = fitted({ columns: 6, rows: 4 }, room, 20);

  it('is found by rows and columns', () => {
    expect(cellAt(frame, wholeView, { x: 0, y: 0 })).toEqual({ row: 0, column: 0 });
    expect(cellAt(frame, wholeView, { x: 119.9, y: 79.9 })).toEqual({ row: 3, column: 5 });
    expect(cellAt(frame, wholeView, { x: 120, y: 10 })).toBeUndefined();
    expect(cellAt(frame, wholeView, { x: 10, y: -1 })).toBeUndefined();
  });

  it('is found where the view was moved and enlarged', () => {
    expect(cellAt(frame, { zoom: 2, x: 1.5, y: 2 }, { x: 21, y: 0 })).toEqual({ row: 2, column: 2 });
  });
});

describe('zooming', () => {
  const frame = fitted({ columns: 1000, rows: 1000 }, room, 20);

  it('leaves the point under the pointer where it is', () => {
    const near = zoomed(frame, wholeView, 4, { x: 100, y: 50 });
    expect(near).toEqual({ zoom: 4, x: 375, y: 187.5 });
    expect(cellAt(frame, near, { x: 100, y: 50 })).toEqual(cellAt(frame, wholeView, { x: 100, y: 50 }));
  });

  it('goes no farther than the whole, and no nearer than units of 64 pixels', () => {
    expect(zoomed(frame, { zoom: 2, x: 10, y: 10 }, 0.1, { x: 5, y: 5 })).toEqual(wholeView);
    const nearest = zoomed(frame, wholeView, 1e9, { x: 0, y: 0 });
    expect(unitSize(frame, nearest)).toEqual({ width: 64, height: 64 });
  });

  it('keeps a unit in place, also one that was out of sight', () => {
    const near = zoomedAround(frame, { zoom: 10, x: 0, y: 0 }, 2, { row: 700, column: 900 });
    const { rows, columns } = seen(frame, near);
    expect(rows.start <= 700 && rows.stop > 700).toBe(true);
    expect(columns.start <= 900 && columns.stop > 900).toBe(true);
  });
});

describe('moving', () => {
  const frame = fitted({ columns: 1000, rows: 1000 }, room, 20);
  const near = { zoom: 50, x: 100, y: 100 };

  it('follows a drag and stops at the edges', () => {
    expect(panned(frame, near, { x: 20, y: -30 })).toEqual({ zoom: 50, x: 98, y: 103 });
    expect(panned(frame, near, { x: 1e6, y: 1e6 })).toEqual({ zoom: 50, x: 0, y: 0 });
    expect(panned(frame, near, { x: -1e6, y: -1e6 })).toEqual({ zoom: 50, x: 960, y: 980 });
  });

  it('brings a unit into view by as little as it takes', () => {
    expect(revealing(frame, near, { row: 110, column: 120 })).toEqual(near);
    expect(revealing(frame, near, { row: 90, column: 145 })).toEqual({ zoom: 50, x: 106, y: 90 });
  });

  it('tells what is seen, half-open', () => {
    expect(seen(frame, { zoom: 50, x: 100.5, y: 100 })).toEqual({
      rows: { start: 100, stop: 120 },
      columns: { start: 100, stop: 141 },
    });
  });

  it('steps within the plane, from the corner where there was no cursor', () => {
    const plane = { rows: 5, columns: 7 };
    expect(stepped(null, { row: 1, column: 0 }, 10, plane)).toEqual({ row: 0, column: 0 });
    expect(stepped({ row: 1, column: 1 }, { row: 0, column: 1 }, 10, plane)).toEqual({ row: 1, column: 6 });
    expect(stepped({ row: 1, column: 1 }, { row: -1, column: 0 }, 1, plane)).toEqual({ row: 0, column: 1 });
  });
});
