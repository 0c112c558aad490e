import type { ArrayDetails, AxisCoordinates, ChunkValues } from '../../../../preview/types';
import { valueText } from '../../../../zarr/text';
import { valueAt } from '../../../../zarr/values';
import type { PictureState } from '../../state';
import type { Cell } from '../../viewport';
import { coordinateAt, planeIndices, type Elements } from '../elements';
import { isNodataNaN } from '../legend';
import { meantText } from '../meant';
import { bandOf } from '../pixels';
import { t } from '../../../l10n';

/** A slice of a chunk as a table: texts by row and column from 0, and what stands at the head of each. */
export interface TableSource {
  rows: number;
  columns: number;
  text: (cell: Cell) => string;
  isNodata: (cell: Cell) => boolean;
  rowHead: (row: number) => TableHead;
  columnHead: (column: number) => TableHead;
}

/** An index of the array, and the coordinate there. */
export interface TableHead {
  index: string;
  coordinate: string | null;
}

/** What a table is made of. */
export interface Tabled {
  values: ChunkValues;
  elements: Elements;
  details: Pick<ArrayDetails, 'chunkShape' | 'dimensions'>;
  chunk: readonly number[];
  coordinates: readonly AxisCoordinates[];
}

export interface TableAxes {
  rows: number | null;
  columns: number | null;
}

/** The axes down and across: those chosen, else those of the picture; a single axis goes down. */
export function tableAxes({ rowAxis, columnAxis, array }: Elements, chosen: TableAxes | null): TableAxes {
  const exists = (axis: number | null): boolean => axis === null || axis < array.shape.length;
  if (chosen !== null && exists(chosen.rows) && exists(chosen.columns) && chosen.rows !== chosen.columns) return chosen;
  return rowAxis === null ? { rows: columnAxis, columns: null } : { rows: rowAxis, columns: columnAxis };
}

/** Indices, among the values sent, at which the picture's state stands: of the axes that a table has not, its slice. */
export function placeOf(elements: Elements, { plane, band, cursor }: PictureState): number[] {
  const { rowAxis, columnAxis, extents, otherAxes } = elements;
  const at = planeIndices(elements, plane);
  return elements.array.shape.map((length, axis) => {
    const last = (extents[axis] ?? length) - 1;
    if (axis === rowAxis) return Math.min(last, cursor?.row ?? 0);
    if (axis === columnAxis) return Math.min(last, cursor?.column ?? 0);
    return otherAxes.includes(axis) || length === 1 ? Math.min(last, at[axis] ?? 0) : bandOf(elements, band);
  });
}

/** What the picture's state becomes when a place is chosen; the band only where the table goes along the samples of pixels. */
export function stateAt(
  elements: Elements,
  place: readonly number[],
  { rows, columns }: TableAxes,
): Partial<PictureState> {
  const { rowAxis, columnAxis, otherAxes, plane } = elements;
  const samples = plane.bands > 1 ? elements.array.shape.length - 1 : null;
  const cursor = {
    row: rowAxis === null ? 0 : (place[rowAxis] ?? 0),
    column: columnAxis === null ? 0 : (place[columnAxis] ?? 0),
  };
  const change = { cursor, hover: null, plane: place.map((index, axis) => (otherAxes.includes(axis) ? index : 0)) };
  return samples !== null && (rows === samples || columns === samples)
    ? { ...change, band: place[samples] ?? 0 }
    : change;
}

/** The place of a cell. */
export function placeOfCell(at: readonly number[], { rows, columns }: TableAxes, { row, column }: Cell): number[] {
  return at.map((index, axis) => (axis === rows ? row : axis === columns ? column : index));
}

/** The slice of a chunk along two axes, at `at` along the others; what lies beyond the array's edge is no part of it. */
export function tableSource(of: Tabled, axes: TableAxes, at: readonly number[], scaled: boolean): TableSource {
  const { values, elements } = of;
  const lengthOf = (axis: number | null): number => (axis === null ? 1 : (elements.extents[axis] ?? 1));
  const placeAt = (cell: Cell): number[] => placeOfCell(at, axes, cell);
  return {
    rows: lengthOf(axes.rows),
    columns: lengthOf(axes.columns),
    text: (cell) => elementText(values, elements, placeAt(cell), scaled),
    isNodata: (cell) => isNodata(values, elements, placeAt(cell)),
    rowHead: (row) => headOf(of, axes.rows, row),
    columnHead: (column) => headOf(of, axes.columns, column),
  };
}

function elementText(values: ChunkValues, elements: Elements, place: readonly number[], scaled: boolean): string {
  const index = indexOf(place, elements.array.shape);
  if (elements.numbers === null && values.dataType.kind === 'O') {
    // What is no bytes of its own came as text, of the part inside the array.
    return values.texts?.[indexOf(place, elements.extents)] ?? '…';
  }
  if (scaled && !isNodata(values, elements, place)) {
    const meant = meantText(elements.numbers?.[index], {
      ...values,
      unit: values.unit?.includes('since') === true ? values.unit : null,
    });
    if (meant !== null) return meant.text;
  }
  const number = elements.numbers?.[index];
  const isPlain = number !== undefined && !'bc'.includes(values.dataType.kind);
  return valueText(isPlain ? number : valueAt(elements.array, index), values.dataType);
}

function isNodata(values: ChunkValues, { numbers, nodata, array }: Elements, place: readonly number[]): boolean {
  const number = numbers?.[indexOf(place, array.shape)];
  return number !== undefined && (number === nodata || (Number.isNaN(number) && isNodataNaN(values)));
}

function indexOf(place: readonly number[], shape: readonly number[]): number {
  return shape.reduce((index, length, axis) => index * length + (place[axis] ?? 0), 0);
}

function headOf({ elements, details, chunk, coordinates }: Tabled, axis: number | null, index: number): TableHead {
  if (axis === null) return { index: t('Value'), coordinate: null };
  const inChunk = index * (elements.steps[axis] ?? 1);
  const found = coordinates.find((item) => item.axis === axis);
  const indices = elements.array.shape.map((_, other) => (other === axis ? inChunk : 0));
  return {
    index: String((chunk[axis] ?? 0) * (details.chunkShape[axis] ?? 0) + inChunk),
    coordinate: found === undefined ? null : coordinateAt(found, indices),
  };
}

/** Cells of a rectangle, both corners inclusive, as tab-separated lines. */
export function cellsAsText(source: TableSource, from: Cell, to: Cell): string {
  const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
  const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
  const lines: string[] = [];
  for (let row = top; row <= bottom; row += 1) {
    const texts: string[] = [];
    for (let column = left; column <= right; column += 1)
      texts.push(source.text({ row, column }).replace(/[\t\r\n]+/gu, ' '));
    lines.push(texts.join('\t'));
  }
  return lines.join('\n');
}
