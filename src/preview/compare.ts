import { asRead, conversionsOf, isSameType, storedType } from '../check/as-read';
import { elementBytes } from '../codecs/fill';
import { KerchunkError } from '../errors';
import {
  type Compared,
  differenceSteps,
  type DifferenceStatistics,
  differenceStatisticsSteps,
  notComparable,
} from '../picture/difference';
import { limitSteps } from '../picture/difference-look';
import { elementNumbers, nodataNumber } from '../picture/numbers';
import { percentileSteps, type SomeNumbers } from '../picture/percentiles';
import { type Range, rangeOfType, usualPercentiles } from '../picture/stretch';
import { checkSlices, type Slice } from '../read/plan';
import { statisticsSteps } from '../picture/statistics';
import { isStop, runInSlices, type Steps } from '../steps';
import { tightCopy } from '../tight';
import { countInWords } from '../words';
import type { DataType, FillValue, NdArray, ZarrArray } from '../zarr/types';
import { isNumeric, toTypedArray } from '../zarr/values';
import type {
  ComparedFailure,
  ComparedSide,
  ComparedWith,
  Comparison,
  DifferenceInWords,
  PlaneWindow,
} from './compare-types';
import type { PreviewDocument } from './document';
import type { WindowFailure, WindowValues } from './map-types';
import { fillTextOf, nodataText, nodataWithSource, scalingOf, unitOf } from './meaning';
import { isAllFill, statisticsInWords } from './summary';
import { chunkPlace } from './target-map';
import { thinnedBy, thinnedToLimit } from './thin';
import type { LevelSource } from './tiff-levels';
import { stepped, tiffWindow, type TiffWindow } from './tiff-window';
import { dtypeInWords, dtypeText } from './type-words';
import { readSteppedWindow } from './window';

/** Elements of each window. */
const MOST_ELEMENTS = 2 ** 24;
/**
 * Elements of each that are sent: where it has more, rows and columns are left out. Those of a picture that is a little
 * larger than it is ever drawn whole; the page computes their differences anew.
 */
const MOST_ELEMENTS_SENT = 1200 ** 2;
const BYTES: DataType = { kind: 'u', itemSize: 1, byteOrder: 'none' };

/** What is compared, read. */
interface Side {
  array: ZarrArray;
  /** [rows, columns]. */
  values: NdArray;
  nodata: FillValue;
  nodataSource: ComparedSide['nodataSource'];
  window: WindowValues;
  /** Axes of the window that are rows and columns. */
  plane: Pick<PlaneWindow, 'rows' | 'columns'>;
  failures: ComparedFailure[];
  name: string;
  image: string | null;
}

/**
 * Two windows of one shape beside each other, and statistics of their differences: of two arrays or places of this file as they are stored
 * there, or of one and the pixels of the TIFF behind it, which count as the array's own filters would scale and cast them.
 * @throws KerchunkError as `ReferenceSet.array`; `invalid-argument` for slices outside an array; `limit-exceeded` above 16,777,216 elements or
 * 65,536 chunks; `cancelled`.
 */
export async function compareWindows(
  document: PreviewDocument,
  { first, second }: { first: PlaneWindow; second: ComparedWith },
  signal: AbortSignal,
): Promise<Comparison> {
  const array = document.set.array(first.path);
  const shape = planeShape(array, first);
  const other = second.kind === 'window' ? document.set.array(second.window.path) : array;
  const words = notComparable(array.dataType, other.dataType);
  if (words !== undefined) return { kind: 'refused', reason: reasonWithTypes(words, array, other) };
  if (second.kind === 'tiff') return compareWithTiff(document, array, first, signal);
  const otherShape = planeShape(other, second.window);
  if (otherShape.join() !== shape.join()) {
    return {
      kind: 'refused',
      reason: `One window has ${sizeInWords(shape)} and the other ${sizeInWords(otherShape)}: only windows of one shape are compared.`,
    };
  }
  const sides = await Promise.all([
    sideOfArray(document, array, first, signal),
    sideOfArray(document, other, second.window, signal),
  ]);
  return compared(sides, notesOn(array, other), signal);
}

async function compareWithTiff(
  document: PreviewDocument,
  array: ZarrArray,
  window: PlaneWindow,
  signal: AbortSignal,
): Promise<Comparison> {
  const found = await tiffWindow(document, array, window, signal);
  if (found.kind !== 'tiff') return found;
  const { dataType } = found.source.array;
  const own = storedType(array);
  const converts = conversionsOf(array).length > 0;
  if (converts && !isSameType(own, dataType)) {
    const reason = `${nameOf(array)} is stored as ${dtypeInWords(own)} and scaled or cast from there, and the TIFF has ${dtypeInWords(dataType)}: how its pixels were to be read is not known.`;
    return { kind: 'refused', reason };
  }
  const words = notComparable(array.dataType, converts ? array.dataType : dataType);
  if (words !== undefined) return { kind: 'refused', reason: words };
  const sides = await Promise.all([
    sideOfArray(document, array, window, signal),
    sideOfTiff(array, window, found, signal),
  ]);
  const notes = [
    ...(converts ? ['The TIFF’s pixels are scaled and cast by the array’s own filters, as a reader would.'] : []),
    ...(isSameType(own, dataType)
      ? []
      : [`The references say ${dtypeInWords(own)}, and the TIFF holds ${dtypeInWords(dataType)}.`]),
  ];
  return compared(sides, notes, signal);
}

function reasonWithTypes(words: string, one: ZarrArray, other: ZarrArray): string {
  const text = [one, other].find(({ dataType }) => !isNumeric(dataType));
  return text === undefined ? words : `${nameOf(text)} holds ${dtypeInWords(text.dataType)}. ${words}`;
}

/** Rows and columns of a plane. */
function planeShape(array: ZarrArray, { slices, rows, columns }: PlaneWindow): [number, number] {
  checkSlices(array, slices);
  const lengthOf = ({ start, stop }: Slice): number => stop - start;
  slices.forEach((slice, axis) => {
    if (lengthOf(slice) === 1 || ((axis === rows || axis === columns) && lengthOf(slice) > 0)) return;
    throw new KerchunkError(
      'invalid-argument',
      `A plane has one index along axis ${axis} of "${array.path}", not ${lengthOf(slice)}.`,
    );
  });
  if (rows !== null && columns !== null && rows >= columns) {
    throw new KerchunkError('invalid-argument', 'The axis of the rows of a plane stands before that of its columns.');
  }
  const along = (axis: number | null): number => (axis === null ? 1 : lengthOf(slices[axis] ?? { start: 0, stop: 1 }));
  const shape: [number, number] = [along(rows), along(columns)];
  if (shape[0] * shape[1] <= MOST_ELEMENTS) return shape;
  throw new KerchunkError(
    'limit-exceeded',
    `The window has ${sizeInWords(shape)}; at most ${countInWords(MOST_ELEMENTS)} are compared at once. Choose a smaller one.`,
  );
}

function sizeInWords([rows, columns]: readonly [number, number]): string {
  return `${countInWords(rows)} × ${countInWords(columns)} values`;
}

function nameOf({ path }: ZarrArray): string {
  return path === '' ? 'The array' : path;
}

async function sideOfArray(
  document: PreviewDocument,
  array: ZarrArray,
  window: PlaneWindow,
  signal: AbortSignal,
): Promise<Side> {
  const { set, opener } = document;
  const { nodata, source } = nodataWithSource(array) ?? { nodata: null, source: null };
  const read = await readPlane({ set, array, opener }, stepped(window), planeShape(array, window), signal);
  const failures = failuresOf(read.window.failures, ({ indices }) => targetOf(document, array, indices));
  return { array, ...read, plane: window, nodata, nodataSource: source, failures, name: nameOf(array), image: null };
}

/** The TIFF's pixels as the array's conversions make them. */
async function sideOfTiff(
  array: ZarrArray,
  window: PlaneWindow,
  { source, slices, plane, name, image, target }: TiffWindow,
  signal: AbortSignal,
): Promise<Side> {
  const { values, window: read } = await readPlane(source, slices, planeShape(array, window), signal);
  const nodata = nodataWithSource(source.array)?.nodata ?? null;
  const converts = conversionsOf(array).length > 0;
  return {
    array: source.array,
    values: converts ? await asRead(values, array) : values,
    nodata: converts ? await convertedNodata(nodata, source.array, array) : nodata,
    nodataSource: nodata === null ? null : 'tiff',
    window: read,
    plane,
    failures: failuresOf(read.failures, () => target),
    name,
    image,
  };
}

/** What becomes of the TIFF's nodata where its pixels are converted. */
async function convertedNodata(nodata: FillValue, { dataType }: ZarrArray, array: ZarrArray): Promise<FillValue> {
  if (nodata === null) return null;
  const element: NdArray = { dataType, shape: [1], data: elementBytes(nodata, dataType) };
  return toTypedArray(await asRead(element, array))[0] ?? null;
}

async function readPlane(
  source: LevelSource,
  slices: Parameters<typeof readSteppedWindow>[1],
  shape: [number, number],
  signal: AbortSignal,
): Promise<{ values: NdArray; window: WindowValues }> {
  const window = await readSteppedWindow(source, slices, signal);
  return { values: { dataType: window.dataType, shape, data: new Uint8Array(window.data) }, window };
}

function targetOf(document: PreviewDocument, array: ZarrArray, indices: readonly number[]): number | null {
  try {
    return chunkPlace(document, { kind: 'chunk', path: array.path, indices }).target;
  } catch (error) {
    if (error instanceof KerchunkError) return null;
    throw error;
  }
}

/** Failures of one kind as one. */
function failuresOf(
  failures: readonly WindowFailure[],
  targetOfChunk: (failure: WindowFailure) => number | null,
): ComparedFailure[] {
  const found = new Map<string, ComparedFailure>();
  for (const failure of failures) {
    const { code, key, message } = failure;
    const known = found.get(code);
    if (known === undefined) found.set(code, { code, key, message, count: 1, target: targetOfChunk(failure) });
    else known.count += 1;
  }
  return [...found.values()];
}

function compared(sides: readonly [Side, Side], notes: string[], signal: AbortSignal): Promise<Comparison> {
  // Millions of elements take seconds, and nothing else is to wait for them.
  return runInSlices(comparing(sides, notes), signal);
}

function* comparing([first, second]: readonly [Side, Side], notes: string[]): Steps<Comparison> {
  const [rows = 1, columns = 1] = first.values.shape;
  const operands = [operandOf(first), operandOf(second)] as const;
  const differences = yield* differenceSteps(...operands, openElements([first, second]));
  const found = yield* differenceStatisticsSteps(...operands, differences);
  const limit = yield* limitSteps(differences);
  const step = Math.max(
    ...[first, second].map(({ values }) => {
      return thinnedToLimit(values, MOST_ELEMENTS_SENT * values.dataType.itemSize).step;
    }),
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
    notes,
  };
}

function operandOf({ values, nodata }: Side): Compared {
  return { array: values, nodata };
}

/** 1 for each element of which a chunk of any side could not be read; undefined where all could. */
function openElements(sides: readonly Side[]): Uint8Array | undefined {
  const [first] = sides;
  if (first === undefined || sides.every(({ window }) => window.failures.length === 0)) return undefined;
  const [rows = 1, columns = 1] = first.values.shape;
  const open = new Uint8Array(rows * columns);
  const along = (of: readonly number[], axis: number | null, otherwise: number): number =>
    axis === null ? otherwise : (of[axis] ?? otherwise);
  for (const { window, plane } of sides) {
    for (const { start, size } of window.failures) {
      const [top, left] = [along(start, plane.rows, 0), along(start, plane.columns, 0)];
      const [height, width] = [along(size, plane.rows, 1), along(size, plane.columns, 1)];
      for (let row = top; row < top + height; row++) open.fill(1, row * columns + left, row * columns + left + width);
    }
  }
  return open;
}

/** `read`: its elements that were read, and `part` them as numbers. */
function* sideInWords(side: Side, read: NdArray, part: SomeNumbers, step: number): Steps<ComparedSide> {
  const { values, nodata, nodataSource, array, window, failures, name, image } = side;
  const { dataType } = values;
  const open = openElements([side]);
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
function* readElements(side: Side): Steps<NdArray> {
  const { values } = side;
  const { dataType, data } = values;
  const { itemSize } = dataType;
  const open = openElements([side]);
  const count = data.length / itemSize;
  if (open === undefined) return { dataType, shape: [count], data };
  const kept = new Uint8Array(data.length);
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (isStop(index)) yield;
    if (open[index] === 1) continue;
    kept.set(data.subarray(index * itemSize, (index + 1) * itemSize), at);
    at += itemSize;
  }
  return { dataType, shape: [at / itemSize], data: kept.subarray(0, at) };
}

/** The elements that were read as numbers. */
function partOf({ nodata }: Side, read: NdArray): SomeNumbers {
  return { numbers: elementNumbers(read, nodata), nodata: nodataNumber(read.dataType, nodata) };
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

/** What attributes say otherwise of two arrays whose stored values are compared. */
function notesOn(first: ZarrArray, second: ZarrArray): string[] {
  const scaled = [first, second].map(({ attributes }) => scalingOf(attributes));
  const units = [first, second].map(({ attributes }) => unitOf(attributes));
  return [
    ...(JSON.stringify(scaled[0]) === JSON.stringify(scaled[1])
      ? []
      : ['Values are compared as they are stored, and CF attributes scale the two in other ways.']),
    ...(units[0] === units[1]
      ? []
      : [`The two have different units: ${units[0] ?? 'none'} and ${units[1] ?? 'none'}.`]),
  ];
}
