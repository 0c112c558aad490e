import type { JsonObject } from '../json';
import { elementCount } from '../zarr/shape';
import { integerOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { checkDeclaredSize } from './size';
import type { CodecContext, Decoder } from './types';

const COMPONENTS = 3;
/** YCbCrSubSampling (530): what TIFF 6.0, section 21, allows. */
const FACTORS = [1, 2, 4];

/**
 * `kerchunk_tiff_ycbcr {horizontal, vertical, rows, columns, last?: {index, rows}}`: YCbCr of 8 bits whose colours are subsampled (TIFF 6.0, section 21, "Ordering of
 * data subsampling"). Units of `horizontal` by `vertical` pixels stand one after another, row by row: the Ys of a unit, then one Cb and one Cr,
 * which each of its pixels gets. A unit that passes the edge is whole in the file. Gives Y, Cb and Cr for each pixel. `last`
 * is the last strip, where it has fewer rows than the others: zeros follow, which lie beyond the edge of the array.
 */
export const decodeSubsampledColours: Decoder = (bytes, config, context) => {
  const units = unitsOf(config);
  const { horizontal, vertical, rows, columns, across } = units;
  const size = rows * columns * COMPONENTS;
  if (size !== elementCount(context.chunkShape)) {
    throw badConfiguration(
      `${columns} by ${rows} pixels of three bytes are no chunk of [${context.chunkShape.join(', ')}]`,
    );
  }
  checkDeclaredSize(size, context);
  const stored = storedRows(config, rows, context);
  const expected = Math.ceil(stored / vertical) * across * unitBytes(units);
  if (bytes.length !== expected) {
    throw damaged(`It was given ${bytes.length} bytes; units for ${columns} by ${stored} pixels take ${expected}.`);
  }
  const out = new Uint8Array(size);
  const lumas = horizontal * vertical;
  for (let row = 0, to = 0; row < stored; row++) {
    const first = Math.floor(row / vertical) * across;
    const inside = (row % vertical) * horizontal;
    for (let column = 0; column < columns; column++, to += COMPONENTS) {
      const unit = (first + Math.floor(column / horizontal)) * (lumas + 2);
      out[to] = bytes[unit + inside + (column % horizontal)] ?? 0;
      out[to + 1] = bytes[unit + lumas] ?? 0;
      out[to + 2] = bytes[unit + lumas + 1] ?? 0;
    }
  }
  return out;
};

/** Rows of the chunk that the file has. */
function storedRows({ last }: JsonObject, rows: number, { indices }: CodecContext): number {
  if (last === undefined) return rows;
  if (typeof last !== 'object' || last === null || Array.isArray(last)) throw badConfiguration('"last" is no object');
  const lastRows = integerOf(last, 'rows');
  if (lastRows < 1 || lastRows > rows) throw badConfiguration(`"last" has ${lastRows} rows of ${rows}`);
  return indices?.[0] === integerOf(last, 'index') ? lastRows : rows;
}

/** Bytes of the units that give the pixels of a whole chunk. */
export function subsampledSize(_size: number, config: JsonObject): number {
  const units = unitsOf(config);
  return Math.ceil(units.rows / units.vertical) * units.across * unitBytes(units);
}

interface Units {
  horizontal: number;
  vertical: number;
  rows: number;
  columns: number;
  /** Units that cover the columns. */
  across: number;
}

function unitBytes({ horizontal, vertical }: Units): number {
  return horizontal * vertical + 2;
}

function unitsOf(config: JsonObject): Units {
  const at = (name: string): number => integerOf(config, name);
  const [horizontal, vertical, rows, columns] = [at('horizontal'), at('vertical'), at('rows'), at('columns')];
  if (!FACTORS.includes(horizontal) || !FACTORS.includes(vertical) || rows < 1 || columns < 1) {
    throw badConfiguration(`${columns} by ${rows} pixels cannot be subsampled ${horizontal} by ${vertical}`);
  }
  return { horizontal, vertical, rows, columns, across: Math.ceil(columns / horizontal) };
}
