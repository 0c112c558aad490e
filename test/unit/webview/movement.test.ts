import { describe, expect, it } from 'vitest';
import { movement, moveRows, putPart, wholeMovement } from '../../../src/webview/editor/grid/movement';

const size = { width: 10, height: 6 };

describe('a drawing that is kept and moved', () => {
  it('draws what comes in at the edges, each pixel once', () => {
    // From 100 to 103 to the right, and from 50 up to 48: what is drawn moves 3 to the left and 2 down.
    expect(movement({ x: 100.25, y: 50 }, { x: 103.25, y: 48 }, size)).toEqual({
      by: { x: -3, y: 2 },
      parts: [
        { x: 7, y: 0, width: 3, height: 6 },
        { x: 0, y: 0, width: 7, height: 2 },
      ],
      at: { x: 103.25, y: 48 },
    });
    expect(movement({ x: 5, y: 5 }, { x: 1, y: 6 }, size).parts).toEqual([
      { x: 0, y: 0, width: 4, height: 6 },
      { x: 4, y: 5, width: 6, height: 1 },
    ]);
  });

  it('draws nothing where nothing has moved', () => {
    expect(movement({ x: 5, y: 5 }, { x: 5 + 1e-9, y: 5 }, size)).toEqual({
      by: { x: 0, y: 0 },
      parts: [],
      at: { x: 5, y: 5 },
    });
  });

  it('draws all of it where nothing stays, and where it has moved by parts of a pixel', () => {
    const all = [{ x: 0, y: 0, width: 10, height: 6 }];
    expect(movement({ x: 5, y: 5 }, { x: 15, y: 5 }, size).parts).toEqual(all);
    expect(movement({ x: 5, y: 5 }, { x: 5, y: -1 }, size).parts).toEqual(all);
    const half = movement({ x: 5, y: 5 }, { x: 5.5, y: 5 }, size);
    expect(half).toEqual({ by: { x: 0, y: 0 }, parts: all, at: { x: 5.5, y: 5 } });
    expect(wholeMovement({ x: 5.5, y: 5 }, size)).toEqual(half);
  });

  it.each([
    [3, 0],
    [-3, 0],
    [0, 2],
    [0, -2],
    [2, 1],
    [-2, -1],
    [2, -1],
    [-2, 1],
  ])('is then what would have been drawn there: by %i, %i', (x, y) => {
    // The plane has a value of its own at each place.
    const at = (row: number, column: number): number => 1000 + 40 * row + column;
    const drawn = (left: number, top: number, width: number, height: number): Uint32Array =>
      Uint32Array.from({ length: width * height }, (_, pixel) =>
        at(top + Math.floor(pixel / width), left + (pixel % width)),
      );
    const pixels = drawn(20, 20, size.width, size.height);
    const { by, parts } = movement({ x: 20, y: 20 }, { x: 20 - x, y: 20 - y }, size);
    expect(by).toEqual({ x, y });
    moveRows(pixels, size.width, by);
    for (const part of parts) {
      putPart(pixels, size.width, part, drawn(20 - x + part.x, 20 - y + part.y, part.width, part.height));
    }
    expect(pixels).toEqual(drawn(20 - x, 20 - y, size.width, size.height));
  });
});
