import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import type { NdArray } from '../zarr/types';
import { valueAt } from '../zarr/values';

/** An axis of the window: its name, and what stands at each of its indices (a coordinate, else the index in the array). */
export interface CsvAxis {
  name: string;
  labels: readonly string[];
}

/**
 * The window as comma-separated text (RFC 4180, lines end in CR LF), in UTF-8. Of one axis, or of more than two, a line for each element: its
 * labels, then its value under `valueName`. Of two axes a table: the labels of the columns in the first line, those of the rows in the first
 * column, the names of both in the corner.
 */
export function encodeCsv(window: NdArray, axes: readonly CsvAxis[], valueName: string): Uint8Array<ArrayBuffer> {
  const lines = axes.length === 2 ? tableLines(window, axes) : elementLines(window, axes, valueName);
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let text = '';
  for (const line of lines) {
    text += `${line}\r\n`;
    if (text.length < PART) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  parts.push(encoder.encode(text));
  return joined(parts);
}

/** Characters that are encoded at once: the whole may be longer than a string can be. */
const PART = 2 ** 20;

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

function* tableLines(window: NdArray, [rows, columns]: readonly CsvAxis[]): Iterable<string> {
  if (rows === undefined || columns === undefined) return;
  yield [`${rows.name}\\${columns.name}`, ...columns.labels].map(field).join(',');
  for (const [row, label] of rows.labels.entries()) {
    const values = columns.labels.map((_, column) => textAt(window, row * columns.labels.length + column));
    yield [label, ...values].map(field).join(',');
  }
}

function* elementLines(window: NdArray, axes: readonly CsvAxis[], valueName: string): Iterable<string> {
  yield [...axes.map(({ name }) => name), valueName].map(field).join(',');
  const count = elementCount(window.shape);
  for (let index = 0; index < count; index++) {
    let rest = index;
    const labels: string[] = [];
    for (const { labels: own } of axes.toReversed()) {
      labels.unshift(own[rest % own.length] ?? '');
      rest = Math.floor(rest / own.length);
    }
    yield [...labels, textAt(window, index)].map(field).join(',');
  }
}

function textAt(window: NdArray, index: number): string {
  return valueText(valueAt(window, index), window.dataType);
}

/** In quotes where it holds a comma, a quote or a line end. */
function field(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
