import { describe, expect, it } from 'vitest';
import type { GridCells } from '../../../src/preview/types';
import { fitted, type Span, wholeView } from '../../../src/webview/editor/viewport';
import { cellInWords, covers, gridMap, kindsOf, type GridMap } from '../../../src/webview/editor/grid/cells';
import {
  cellOf,
  gridCellAt,
  gridLayout,
  indicesAt,
  otherAxes,
  wholeWindow,
} from '../../../src/webview/editor/grid/layout';
import { moved, neighbour, successor } from '../../../src/webview/editor/grid/move';
import {
  brokenMarks,
  painted,
  planOf,
  rasterPlan,
  shadeOf,
  shadesUnder,
  stateOf,
  statesOf,
} from '../../../src/webview/editor/grid/raster';
import { shadePalette } from '../../../src/webview/editor/grid/shades';

function cells(rows: readonly (readonly number[])[], change: Partial<GridCells> = {}): GridCells {
  const [first = []] = rows;
  return {
    path: 'a',
    at: [0, 0],
    rows: { axis: 0, start: 0, stop: rows.length },
    columns: { axis: 1, start: 0, stop: first.length },
    step: { rows: 1, columns: 1 },
    height: rows.length,
    width: first.length,
    cells: Uint8Array.from(rows.flat()).buffer,
    shades: null,
    ...change,
  };
}

describe('the layout of a chunk grid', () => {
  it('draws the last two axes', () => {
    const layout = gridLayout([12, 6, 7]);
    expect(layout).toMatchObject({ rowAxis: 1, columnAxis: 2, rows: 6, columns: 7, list: false });
    expect(otherAxes([12, 6, 7], layout)).toEqual([0]);
  });

  it('leaves out axes of one chunk at the end: of (y, x, band) it draws y and x', () => {
    const layout = gridLayout([11, 10, 1]);
    expect(layout).toMatchObject({ rowAxis: 0, columnAxis: 1, rows: 11, columns: 10 });
    expect(otherAxes([11, 10, 1], layout)).toEqual([]);
    expect(wholeWindow(layout)).toEqual({
      rows: { axis: 0, start: 0, stop: 11 },
      columns: { axis: 1, start: 0, stop: 10 },
    });
  });

  it('draws a list in lines', () => {
    const layout = gridLayout([54]);
    expect(layout).toMatchObject({ rowAxis: null, columnAxis: 0, list: true, columns: 20, rows: 3 });
    expect(cellOf(layout, [45])).toEqual({ row: 2, column: 5 });
    expect(gridCellAt(layout, { row: 2, column: 5 })).toEqual({ row: 0, column: 45 });
    expect(gridCellAt(layout, { row: 2, column: 14 })).toBeUndefined();
    expect(indicesAt(layout, [0], { row: 1, column: 3 })).toEqual([23]);
  });

  it('draws a list that stands upright the same way', () => {
    const layout = gridLayout([54, 1, 1]);
    expect(layout).toMatchObject({ rowAxis: 0, columnAxis: 1, list: true, rows: 3 });
    expect(indicesAt(layout, [0, 0, 0], { row: 1, column: 3 })).toEqual([23, 0, 0]);
    expect(cellOf(layout, [45, 0, 0])).toEqual({ row: 2, column: 5 });
  });

  it('draws a scalar as one cell', () => {
    const layout = gridLayout([]);
    expect(layout).toMatchObject({ rows: 1, columns: 1 });
    expect(indicesAt(layout, [], { row: 0, column: 0 })).toEqual([]);
    expect(wholeWindow(layout)).toEqual({ rows: null, columns: null });
  });
});

describe('keys in a grid', () => {
  const one = { rows: 1, columns: 1 };
  const grid = gridLayout([4, 5]);

  it('move by one and stop at the edges', () => {
    expect(moved(grid, { row: 1, column: 1 }, 'ArrowRight', one, false)).toEqual({ row: 1, column: 2 });
    expect(moved(grid, { row: 0, column: 0 }, 'ArrowUp', one, false)).toEqual({ row: 0, column: 0 });
    expect(moved(grid, { row: 3, column: 4 }, 'ArrowRight', one, false)).toEqual({ row: 3, column: 4 });
    expect(moved(grid, { row: 2, column: 3 }, 'Home', one, false)).toEqual({ row: 2, column: 0 });
    expect(moved(grid, { row: 2, column: 3 }, 'Home', one, true)).toEqual({ row: 0, column: 0 });
    expect(moved(grid, { row: 2, column: 3 }, 'End', one, true)).toEqual({ row: 3, column: 4 });
  });

  it('move by blocks where cells are blocks', () => {
    expect(moved(grid, { row: 0, column: 0 }, 'ArrowDown', { rows: 2, columns: 3 }, false)).toEqual({
      row: 2,
      column: 0,
    });
    expect(moved(grid, { row: 0, column: 3 }, 'ArrowRight', { rows: 2, columns: 3 }, false)).toEqual({
      row: 0,
      column: 4,
    });
  });

  it('go on in the next line of a list, and not beyond its last chunk', () => {
    const list = gridLayout([54]);
    expect(moved(list, { row: 0, column: 19 }, 'ArrowRight', one, false)).toEqual({ row: 1, column: 0 });
    expect(moved(list, { row: 1, column: 0 }, 'ArrowLeft', one, false)).toEqual({ row: 0, column: 19 });
    expect(moved(list, { row: 1, column: 19 }, 'ArrowDown', one, false)).toEqual({ row: 2, column: 13 });
    expect(moved(list, { row: 2, column: 13 }, 'ArrowRight', one, false)).toEqual({ row: 2, column: 13 });
  });

  it('lead to neighbours along an axis, and to the next chunk in C order', () => {
    expect(neighbour([3, 4], [1, 3], 1, -1)).toEqual([1, 2]);
    expect(neighbour([3, 4], [1, 3], 1, 1)).toBeUndefined();
    expect(neighbour([3, 4], [1, 3], null, 1)).toBeUndefined();
    expect(successor([3, 4], [1, 3], 1)).toEqual([2, 0]);
    expect(successor([3, 4], [1, 0], -1)).toEqual([0, 3]);
    expect(successor([3, 4], [2, 3], 1)).toBeUndefined();
    expect(successor([3, 4], [0, 0], -1)).toBeUndefined();
  });
});

describe('the states of a grid', () => {
  it('are found by row and column, of a part and of blocks too', () => {
    const part = gridMap(
      cells(
        [
          [1, 2],
          [4, 8],
        ],
        {
          rows: { axis: 0, start: 10, stop: 14 },
          columns: { axis: 1, start: 20, stop: 24 },
          step: { rows: 2, columns: 2 },
        },
      ),
    );
    expect([part.stateAt(10, 20), part.stateAt(11, 22), part.stateAt(12, 21), part.stateAt(13, 23)]).toEqual([
      1, 2, 4, 8,
    ]);
    expect([part.stateAt(9, 20), part.stateAt(14, 20), part.stateAt(10, 24)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(part.blocks).toBe(true);
  });

  it('are said in words', () => {
    const map = gridMap(cells([[1, 4]]));
    expect(cellInWords(map, [0, 1], { row: 0, column: 1 })).toBe('chunk 0.1, absent');
    const blocks = gridMap(cells([[5]], { step: { rows: 4, columns: 4 } }));
    expect(cellInWords(blocks, [0, 0], { row: 0, column: 0 })).toBe('4 by 4 chunks at 0.0, in file and absent');
    expect(kindsOf(15)).toEqual(['range', 'inline', 'absent', 'broken']);
  });

  it('cover a window or do not', () => {
    const outer = { rows: { axis: 0, start: 0, stop: 10 }, columns: { axis: 1, start: 5, stop: 10 } };
    expect(covers(outer, { rows: { axis: 0, start: 2, stop: 10 }, columns: { axis: 1, start: 5, stop: 6 } })).toBe(
      true,
    );
    expect(covers(outer, { rows: { axis: 0, start: 2, stop: 11 }, columns: { axis: 1, start: 5, stop: 6 } })).toBe(
      false,
    );
    expect(covers(outer, { rows: null, columns: { axis: 1, start: 5, stop: 6 } })).toBe(false);
  });
});

describe('a grid of cells smaller than pixels', () => {
  const colours = {
    range: [0, 0, 200, 255],
    inline: [200, 0, 200, 255],
    absent: [100, 100, 100, 51],
    broken: [255, 0, 0, 255],
  } as const;
  const layout = gridLayout([2, 4]);
  const draw = (rows: number[][], width: number, height: number, size: number): number[] => {
    const plan = {
      layout,
      maps: [gridMap(cells(rows))],
      top: 0,
      left: 0,
      cellWidth: size,
      cellHeight: size,
      width,
      height,
    };
    return [...painted(statesOf(plan), colours)];
  };

  it('gives a pixel over several chunks the mean of their kinds', () => {
    const pixels = draw(
      [
        [1, 1, 1, 4],
        [1, 1, 1, 1],
      ],
      2,
      1,
      0.5,
    );
    expect(pixels).toEqual([0, 0, 200, 255, 50, 50, 150, 153]);
  });

  it('has the states of near chunks where it knows them, and of blocks elsewhere', () => {
    // Blocks of 2 by 2 of a grid of 2 by 8; columns 1 to 3 are known one by one.
    const whole = { rows: { axis: 0, start: 0, stop: 2 }, columns: { axis: 1, start: 0, stop: 8 } };
    const far = gridMap({ ...cells([[1, 5, 1, 9]]), ...whole, step: { rows: 2, columns: 2 } });
    const near = gridMap({
      ...cells([
        [1, 2, 4],
        [1, 1, 1],
      ]),
      columns: { axis: 1, start: 1, stop: 4 },
    });
    expect(far.statesOver({ start: 0, stop: 2 }, { start: 1, stop: 3 })).toBe(1 | 5);
    expect(far.statesOver({ start: 1, stop: 2 }, { start: 6, stop: 7 })).toBe(9);
    expect(near.statesOver({ start: 0, stop: 1 }, { start: 2, stop: 4 })).toBe(2 | 4);
    expect(near.statesOver({ start: 0, stop: 1 }, { start: 0, stop: 2 })).toBe('partly');
    expect(near.statesOver({ start: 0, stop: 1 }, { start: 4, stop: 8 })).toBeUndefined();
    const plan = { layout: gridLayout([2, 8]), maps: [near, far], top: 0, left: 0, cellWidth: 0.5, cellHeight: 0.5 };
    // Each pixel stands for 2 by 2: the block 0 and the near column 1; the near columns 2 and 3; the blocks 2 and 3.
    expect([...statesOf({ ...plan, width: 4, height: 1 })]).toEqual([1 | 1, 2 | 4 | 1, 1, 9]);
  });

  it.each([0.3, 1, 2.6])('is the same drawn in parts, at %s pixels a cell', (size) => {
    const grid = Array.from({ length: 60 }, (_, row) =>
      Array.from({ length: 80 }, (_, column) => [1, 2, 4, 8][(row * row + 3 * column * row + column) % 4] ?? 0),
    );
    const maps = [gridMap(cells(grid))];
    const plan = { maps, top: 3.4, left: 7.7, cellWidth: size, cellHeight: size, width: 20, height: 12 };
    const all = { ...plan, layout: gridLayout([60, 80]) };
    const whole = statesOf(all);
    const part = { x: 13, y: 4, width: 7, height: 5 };
    const lines = Array.from({ length: part.height }, (_, row) => {
      const from = (part.y + row) * plan.width + part.x;
      return [...whole.subarray(from, from + part.width)];
    });
    expect([...statesOf(planOf(all, part))]).toEqual(lines.flat());
    expect(new Set(whole).size).toBeGreaterThan(1);
  });

  it('shows one malformed chunk among many', () => {
    expect(
      draw(
        [
          [1, 1, 4, 1],
          [1, 8, 1, 1],
        ],
        1,
        1,
        0.25,
      ),
    ).toEqual([255, 0, 0, 255]);
  });

  it.each([1, 1.25, 1.5, 2])(
    'has each chunk under a pixel in every frame, at %s pixels of the screen each',
    (ratio) => {
      const lost: number[] = [];
      const layout = gridLayout([2, 1000]);
      for (let width = 100; width <= 700; width += 3) {
        const columns = new Set<number>();
        const stateAt = (_: number, column: number): number => {
          columns.add(column);
          return 1;
        };
        const statesOver = (_: Span, { start, stop }: Span): number => {
          for (let column = start; column < stop; column += 1) columns.add(column);
          return 1;
        };
        const map = { stateAt, statesOver, blocks: false } as unknown as GridMap;
        const frame = fitted(layout, { width, height: 320 }, 26);
        statesOf(rasterPlan({ layout, maps: [map], viewport: wholeView }, frame, ratio));
        if (columns.size !== 1000) lost.push(width);
      }
      expect(lost).toEqual([]);
    },
  );

  it('grows malformed chunks to a square that is seen, at the edge too', () => {
    const colour = colours.broken;
    const marksOf = (pixel: number): number[] => {
      const states = new Uint8Array(5 * 4).fill(1);
      states[pixel] = 8 | 1;
      const rgba = brokenMarks(states, { width: 5, height: 4 }, 3, colour) ?? new Uint8ClampedArray();
      return Array.from({ length: 20 }, (_, at) => at).filter((at) => rgba[4 * at + 3] === 255);
    };
    expect(marksOf(7)).toEqual([1, 2, 3, 6, 7, 8, 11, 12, 13]);
    expect(marksOf(19)).toEqual([7, 8, 9, 12, 13, 14, 17, 18, 19]);
    expect(brokenMarks(new Uint8Array(20).fill(5), { width: 5, height: 4 }, 3, colour)).toBeUndefined();
  });

  it('leaves what is beside the grid transparent', () => {
    expect(
      draw(
        [
          [1, 1, 1, 1],
          [1, 1, 1, 1],
        ],
        3,
        1,
        0.5,
      ).slice(8),
    ).toEqual([0, 0, 0, 0]);
  });

  it('takes the nearer window where it knows the chunk', () => {
    const near = gridMap(
      cells([[8]], { rows: { axis: 0, start: 1, stop: 2 }, columns: { axis: 1, start: 2, stop: 3 } }),
    );
    const far = gridMap(
      cells([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
    );
    expect(stateOf({ layout, maps: [near, far] }, 1, 2)).toBe(8);
    expect(stateOf({ layout, maps: [near, far] }, 0, 2)).toBe(1);
  });
});

describe('the shades of a drawing', () => {
  const meaning = { by: 'target', count: 2, first: ['a.tif', 'b.tif'] } as const;
  const shaded = cells([[1, 1, 4, 8]], {
    shades: { meaning: { ...meaning, first: [...meaning.first] }, cells: Uint8Array.of(1, 2, 0, 1).buffer },
  });
  const layout = { ...gridLayout([2, 2]), rowAxis: 0, columnAxis: 1, gridRows: 1, gridColumns: 4, rows: 1, columns: 4 };
  const plan = { layout, maps: [gridMap(shaded)], top: 0, left: 0, cellWidth: 1, cellHeight: 1, width: 4, height: 1 };

  it('colour chunks in files; absent and malformed ones keep the colours of their state', () => {
    expect([0, 1, 2, 3].map((column) => shadeOf({ ...plan, layout: { ...layout, list: false } }, 0, column))).toEqual([
      1, 2, 0, 1,
    ]);
    const colours = { range: [1, 1, 1, 1], inline: [2, 2, 2, 2], absent: [3, 3, 3, 3], broken: [4, 4, 4, 4] } as const;
    const palette = shadePalette(shaded.shades?.meaning ?? { by: 'size', least: 1, most: 1 });
    const drawn = { ...plan, layout: { ...layout, list: false } };
    const shades = shadesUnder(drawn) ?? new Uint8Array(0);
    const pixels = painted(statesOf(drawn), colours, { shades, palette });
    expect([...pixels.subarray(0, 4)]).toEqual([0xe6, 0x9f, 0x00, 255]);
    expect([...pixels.subarray(4, 8)]).toEqual([0x56, 0xb4, 0xe9, 255]);
    expect([...pixels.subarray(8)]).toEqual([3, 3, 3, 3, 4, 4, 4, 4]);
  });

  it('are none where none were asked for', () => {
    expect(shadesUnder({ ...plan, maps: [gridMap(cells([[1, 1, 4, 8]]))] })).toBeUndefined();
  });
});
