import { differenceSteps } from '../picture/difference';
import { limitSteps } from '../picture/difference-look';
import { type DifferenceStatistics, differenceStatisticsSteps } from '../picture/difference-statistics';
import { nodataNumber } from '../picture/numbers';
import type { Compared } from '../picture/pair-states';
import { percentileSteps, type SomeNumbers } from '../picture/percentiles';
import { elementPieces, PIECE } from '../picture/pieces';
import { statisticsSteps } from '../picture/statistics';
import { type Range, rangeOfType, usualPercentiles } from '../picture/stretch';
import type { Steps } from '../steps';
import { tightCopy } from '../tight';
import type { DataType, NdArray } from '../zarr/types';
import type { ComparedSide, ComparedWindows, DifferenceInWords } from './compare-types';
import type { Side } from './compared-side';
import { fillTextOf, nodataText } from './meaning';
import { isAllFill, statisticsInWords } from './summary';
import { stepToLimit, thinnedBy } from './thin';
import { dtypeText } from './type-words';

/**
 * Elements of each that are sent: where it has more, rows and columns are left out. Those of a picture that is a little
 * larger than it is ever drawn whole; the page computes their differences anew.
 */
const MOST_ELEMENTS_SENT = 1200 ** 2;
const BYTES: DataType = { kind: 'u', itemSize: 1, byteOrder: 'none' };

/** The answer to a comparison of two windows of one shape, but for what only those who read them know. */
export function* comparing([first, second]: readonly [Side, Side]): Steps<Omit<ComparedWindows, 'notes' | 'cut'>> {
  const [rows = 1, columns = 1] = first.values.shape;
  const operands = [operandOf(first), operandOf(second)] as const;
  const differences = yield* differenceSteps(...operands, openInAny(first, second));
  const found = yield* differenceStatisticsSteps(...operands, differences);
  const limit = yield* limitSteps(differences);
  const step = Math.max(
    ...[first, second].map(({ values }) => stepToLimit(values, MOST_ELEMENTS_SENT * values.dataType.itemSize)),
  );
  const [read, other] = [yield* readElements(first), yield* readElements(second)];
  const parts = [partOf(first, read), partOf(second, other)] as const;
  return {
    kind: 'compared',
    rows,
    columns,
    step,
    first: yield* sideInWords(first, read, parts[0], step),
    second: yield* sideInWords(second, other, parts[1], step),
    stretch: yield* stretchOfBoth([first, second], parts),
    difference: { ...inWords(found, columns), limit },
  };
}

function operandOf({ values, nodata }: Side): Compared {
  return { array: values, nodata };
}

/** 1 for each element of which the chunk of either side could not be read; undefined where all could. */
function openInAny(first: Side, second: Side): Uint8Array | undefined {
  const [one, other] = [first.open, second.open];
  if (one === undefined || other === undefined) return one ?? other;
  return one.map((isOpen, index) => isOpen | (other[index] ?? 0));
}

/** `read`: its elements that were read, and `part` them as numbers. */
function* sideInWords(side: Side, read: NdArray, part: SomeNumbers, step: number): Steps<ComparedSide> {
  const { values, nodata, nodataSource, array, window, failures, name, image, open } = side;
  const { dataType } = values;
  const found = read.shape[0] === 0 ? null : yield* statisticsSteps(read, nodata);
  return {
    name,
    image,
    dataType,
    dtype: dtypeText(dataType),
    data: tightCopy(thinnedBy(values, step).data),
    open:
      open === undefined ? null : tightCopy(thinnedBy({ dataType: BYTES, shape: values.shape, data: open }, step).data),
    nodata: nodataText(nodata, dataType),
    nodataSource,
    statistics: found === null ? null : statisticsInWords(found, dataType),
    stretch: found === null ? null : (rangeOfType(dataType) ?? (yield* usualStretch([part]))),
    allFill: found !== null && isAllFill(read, found, array.fillValue) && window.absent === 0,
    chunks: window.chunks,
    absent: window.absent,
    fillValue: fillTextOf(array),
    failures,
  };
}

/** The elements of the chunks that could be read. */
function* readElements({ values, open }: Side): Steps<NdArray> {
  const { dataType, data } = values;
  const { itemSize } = dataType;
  const count = data.length / itemSize;
  if (open === undefined) return { dataType, shape: [count], data };
  const kept = new Uint8Array(data.length);
  let at = 0;
  for (let from = 0; from < count;) {
    const state = open[from];
    const end = open.indexOf(state === 1 ? 0 : 1, from);
    const to = Math.min(end < 0 ? count : end, from + PIECE);
    if (state !== 1) {
      kept.set(data.subarray(from * itemSize, to * itemSize), at);
      at += (to - from) * itemSize;
    }
    from = to;
    yield;
  }
  return { dataType, shape: [at / itemSize], data: kept.subarray(0, at) };
}

/** The elements that were read as numbers. */
function partOf({ nodata }: Side, read: NdArray): SomeNumbers {
  return { numbers: elementPieces(read, nodata), nodata: nodataNumber(read.dataType, nodata) };
}

/** That of their type where both are bytes; else the percentiles 2 and 98 of the valid values of both together. */
function* stretchOfBoth(sides: readonly Side[], parts: readonly SomeNumbers[]): Steps<Range | null> {
  const [one, other] = sides.map(({ values }) => rangeOfType(values.dataType));
  if (one !== undefined && one.high === other?.high) return one;
  return yield* usualStretch(parts);
}

/**
 * The percentiles 2 and 98 of valid values; null where there are none, and where they lie farther apart than a double
 * can say.
 */
function* usualStretch(parts: readonly SomeNumbers[]): Steps<Range | null> {
  const [low, high] = (yield* percentileSteps(parts, [usualPercentiles.low, usualPercentiles.high])) ?? [];
  return low === undefined || high === undefined || !Number.isFinite(high - low) ? null : { low, high };
}

function inWords(
  { minimum, maximum, mean, rootMeanSquare, largest, ...counts }: DifferenceStatistics,
  columns: number,
): Omit<DifferenceInWords, 'limit'> {
  const text = (value: number | bigint | null): string | null => (value === null ? null : String(value));
  return {
    ...counts,
    minimum: text(minimum),
    maximum: text(maximum),
    mean: text(mean),
    rootMeanSquare: text(rootMeanSquare),
    largest:
      largest === null
        ? null
        : {
            difference: String(largest.difference),
            row: Math.floor(largest.index / columns),
            column: largest.index % columns,
          },
  };
}
