import { type Range, stretchOf } from '../../../picture/stretch';
import { bandNumbers, type TileValues } from './tile-values';

/** Values that ranges are found from at most. */
const mostSamples = 2 ** 17;

/**
 * The range of each band's values in some tiles, by its place among theirs: percentiles 2 and 98, or the type's own range, as `stretchOf`; of many values a part, evenly
 * spread. Undefined where a band has no finite value.
 */
export function rangesOf(tiles: readonly TileValues[], bands: readonly number[]): Range[] | undefined {
  const [first] = tiles;
  if (first === undefined) return undefined;
  const ranges = bands.map((band) => {
    const total = tiles.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    const step = oddOutStep(Math.ceil(total / mostSamples));
    const samples = first.numbers.slice(0, 0);
    const parts = tiles.map((tile) => bandNumbers(tile, band));
    const count = parts.reduce((sum, { length }) => sum + Math.ceil(length / step), 0);
    const all = new (samples.constructor as new (length: number) => typeof samples)(count);
    let to = 0;
    for (const part of parts) for (let from = 0; from < part.length; from += step) all[to++] = part[from] ?? 0;
    return stretchOf(all, first.nodata, first.array.dataType);
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** The next step that is no multiple of 2, 3 or 5, as widths of tiles are, so that samples do not fall into a few columns. */
function oddOutStep(least: number): number {
  let step = least;
  while (step > 1 && (step % 2 === 0 || step % 3 === 0 || step % 5 === 0)) step++;
  return step;
}
