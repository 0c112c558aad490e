/** A rectangle in pixels: columns [column, column + width), rows [row, row + height). */
export interface Rectangle {
  column: number;
  row: number;
  width: number;
  height: number;
}

/** Rectangles by the squares of a grid that they touch, so that those near another are found without a look at all. */
export class TileIndex<Tile extends Rectangle> {
  private readonly squares = new Map<string, { tile: Tile; order: number }[]>();
  private count = 0;

  /** @param side of the squares, in pixels, above 0: about that of the tiles. */
  constructor(private readonly side: { width: number; height: number }) {}

  add(tile: Tile): void {
    const entry = { tile, order: this.count };
    this.count += 1;
    for (const key of this.squaresOf(tile)) {
      const square = this.squares.get(key);
      if (square === undefined) this.squares.set(key, [entry]);
      else square.push(entry);
    }
  }

  /** The first that was added of those which share a square with `tile` and fit. */
  first(tile: Rectangle, fits: (other: Tile) => boolean): Tile | undefined {
    let found: { tile: Tile; order: number } | undefined;
    for (const key of this.squaresOf(tile)) {
      for (const entry of this.squares.get(key) ?? []) {
        if ((found === undefined || entry.order < found.order) && fits(entry.tile)) found = entry;
      }
    }
    return found?.tile;
  }

  private *squaresOf({ column, row, width, height }: Rectangle): Generator<string> {
    const { side } = this;
    for (let y = Math.floor(row / side.height); y * side.height <= row + height; y++) {
      for (let x = Math.floor(column / side.width); x * side.width <= column + width; x++) yield `${x} ${y}`;
    }
  }
}
