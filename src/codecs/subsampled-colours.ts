import type { JsonObject } from '../json';
import { integerOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { checkDeclaredSize } from './size';
import type { CodecContext, Decoder } from './types';

const COMPONENTS = 3;
/** YCbCrSubSampling (530): what TIFF 6.0, section 21, allows. */
const FACTORS = [1, 2, 4];

/**
 * `kerchunk_tiff_ycbcr {horizontal, vertical, rows, columns}`: YCbCr of 8 bits whose colours are subsampled (TIFF 6.0, section 21, "Ordering of
 * data subsampling"). Units of `horizontal` by `vertical` pixels stand one after another, row by row: the Ys of a unit, then one Cb and one Cr,
 * which each of its pixels gets. A unit that passes the edge is whole in the file. Gives Y, Cb and Cr for each pixel.
 */
export const decodeSubsampledColours: Decoder = (bytes, config, context) => {
  const units = unitsOf(config, context);
  const { horizontal, vertical, rows, columns, down, across } = units;
  if (bytes.length !== down * across * unitBytes(units)) {
    throw damaged(
      `It was given ${bytes.length} bytes; ${down} by ${across} units of ${unitBytes(units)} bytes are ${down * across * unitBytes(units)}.`,
    );
  }
  checkDeclaredSize(rows * columns * COMPONENTS, context);
  const out = new Uint8Array(rows * columns * COMPONENTS);
  const lumas = horizontal * vertical;
  for (let row = 0, to = 0; row < rows; row++) {
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

/** Bytes of the units that give the pixels of a chunk. */
export function subsampledSize(_size: number, config: JsonObject): number {
  const units = unitsOf(config);
  return units.down * units.across * unitBytes(units);
}

interface Units {
  horizontal: number;
  vertical: number;
  rows: number;
  columns: number;
  /** Units that cover the rows and columns. */
  down: number;
  across: number;
}

function unitBytes({ horizontal, vertical }: Units): number {
  return horizontal * vertical + 2;
}

function unitsOf(config: JsonObject, context?: CodecContext): Units {
  const at = (name: string): number => integerOf(config, name);
  const [horizontal, vertical, rows, columns] = [at('horizontal'), at('vertical'), at('rows'), at('columns')];
  if (!FACTORS.includes(horizontal) || !FACTORS.includes(vertical) || rows < 1 || columns < 1) {
    throw badConfiguration(`${columns} by ${rows} pixels cannot be subsampled ${horizontal} by ${vertical}`);
  }
  if (context?.decodedSize !== undefined && context.decodedSize !== rows * columns * COMPONENTS) {
    throw badConfiguration(
      `${columns} by ${rows} pixels of three bytes are no chunk of [${context.chunkShape.join(', ')}]`,
    );
  }
  return {
    horizontal,
    vertical,
    rows,
    columns,
    down: Math.ceil(rows / vertical),
    across: Math.ceil(columns / horizontal),
  };
}
