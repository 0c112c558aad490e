import { paint, type Look } from '../../../picture/look';
import { differencesOf } from '../../../picture/difference';
import type { Compared, Differences } from '../../../picture/pair-states';
import { type DifferenceLook, paintDifferences, stripe } from '../../../picture/difference-look';
import { elementNumbers, nodataNumber } from '../../../picture/numbers';
import type { ComparedSide, Comparison } from '../../../preview/compare-types';
import type { TypedArray } from '../../../zarr/values';
import { nodataOf } from '../chunk/elements';

export type ComparedPair = Extract<Comparison, { kind: 'compared' }>;

/** One of two windows, ready to be drawn and read. */
export interface PairSide extends Compared {
  numbers: TypedArray;
  skip: number | bigint | undefined;
  /** 1 for elements that could not be read; undefined where all could. */
  open: Uint8Array | undefined;
}

/** Two windows, ready to be drawn and read: elements that were sent. */
export interface Pair {
  width: number;
  height: number;
  first: PairSide;
  second: PairSide;
  differences: Differences;
}

const made = new WeakMap<ComparedPair, Pair>();

/** Of an answer, made once. */
export function pairOf(comparison: ComparedPair): Pair {
  const known = made.get(comparison);
  if (known !== undefined) return known;
  const { rows, columns, step } = comparison;
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const [first, second] = [sideOf(comparison.first, height, width), sideOf(comparison.second, height, width)];
  const open =
    first.open === undefined ? second.open : first.open.map((isOpen, index) => isOpen | (second.open?.[index] ?? 0));
  const pair = { width, height, first, second, differences: differencesOf(first, second, open) };
  made.set(comparison, pair);
  return pair;
}

function sideOf({ dataType, data, nodata: text, open }: ComparedSide, height: number, width: number): PairSide {
  const array = { dataType, shape: [height, width], data: new Uint8Array(data) };
  const nodata = nodataOf(text, dataType);
  return {
    array,
    nodata,
    numbers: elementNumbers(array, nodata),
    skip: nodataNumber(dataType, nodata),
    open: open === null ? undefined : new Uint8Array(open),
  };
}

const painted = new WeakMap<object, { key: string; image: HTMLCanvasElement }>();

/** One of the windows as an image of one pixel a value: nodata and NaN are transparent, what was not read is striped. */
export function sideImage({ width, height }: Pair, side: PairSide, look: Look): HTMLCanvasElement {
  return remembered(side, JSON.stringify(look), width, height, () => {
    const rgba = paint(side.numbers, look, side.skip);
    const { open } = side;
    if (open !== undefined) stripe(rgba, width, (index) => open[index] === 1);
    return rgba;
  });
}

/** The differences as an image. */
export function differenceImage({ width, height, differences }: Pair, look: DifferenceLook): HTMLCanvasElement {
  return remembered(differences, JSON.stringify(look), width, height, () => paintDifferences(differences, look, width));
}

function remembered(
  of: object,
  key: string,
  width: number,
  height: number,
  pixels: () => Uint8ClampedArray<ArrayBuffer>,
): HTMLCanvasElement {
  const last = painted.get(of);
  if (last?.key === key) return last.image;
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  image.getContext('2d')?.putImageData(new ImageData(pixels(), width, height), 0, 0);
  painted.set(of, { key, image });
  return image;
}
