import { regionFlags, regionKinds, type RegionKind } from '../../../preview/target-types';
import type { RegionTable } from './region-table';

/** What a pixel is coloured by: a kind of region; chunks, and tiles paler, by their image or array, of which there are so many colours. */
export const groupColours = 6;
const kindCount = regionKinds.length;
export const classCount = kindCount + 2 * groupColours;

/** Kinds that stand in the lane below the bytes, where a few of them among millions of bytes are seen. */
const headers: ReadonlySet<RegionKind> = new Set(['header', 'ghost', 'ifd', 'values', 'table']);
const isHeader = regionKinds.map((kind) => headers.has(kind));
const chunkKind = regionKinds.indexOf('chunk');
const tileKind = regionKinds.indexOf('tile');
const gapKind = regionKinds.indexOf('gap');
/** Pixels that a mark in the lane takes at least, and a region from which it is set apart from the one before it. */
const markWidth = 2;
const apart = 4;

/** Some bytes of a file as a line of pixels: `bytes` of them are under each. */
export interface Line {
  from: number;
  bytes: number;
  pixels: number;
}

/** What is under each pixel of a line. */
export interface LinePixels {
  /** The class that has most of its bytes, from 1, gaps apart; 0 where there is none. */
  classes: Uint8Array;
  /** How much of it is gaps: 255 for all. */
  gaps: Uint8Array;
  /** 1 where a region begins that is wide enough to be told apart. */
  edges: Uint8Array;
  /** Bits: 1 where any header is under it, 2 where any region is odd: it overlaps, or ends beyond the file. */
  lane: Uint8Array;
}

/** The class of a region, from 0. */
export function classOf(table: RegionTable, region: number): number {
  const kind = table.kinds[region] ?? 0;
  if (kind !== chunkKind && kind !== tileKind) return kind;
  return kindCount + (kind === tileKind ? groupColours : 0) + (table.group(region) % groupColours);
}

/** Takes as many steps as there are regions on the line and pixels, however much they overlap. */
export function linePixels(table: RegionTable, line: Line): LinePixels {
  const { from, bytes, pixels } = line;
  const classes = new Uint8Array(pixels);
  const gaps = new Uint8Array(pixels);
  const edges = new Uint8Array(pixels);
  /** Bytes of each class under each pixel, of those that do not cover it whole; and how many begin and cease to cover pixels whole. */
  const parts = new Float32Array(pixels * classCount);
  const whole = new Int32Array((pixels + 1) * classCount);
  const marks = [new Int32Array(pixels + 1), new Int32Array(pixels + 1)] as const;
  const to = from + bytes * pixels;
  for (let region = firstSeen(table, from); region < table.count; region += 1) {
    const start = table.starts[region] ?? 0;
    if (start >= to) break;
    const end = start + (table.lengths[region] ?? 0);
    if (end <= from) continue;
    const left = Math.max(0, (start - from) / bytes);
    const right = Math.min(pixels, (end - from) / bytes);
    const first = Math.floor(left);
    const last = Math.min(pixels - 1, Math.ceil(right) - 1);
    const kind = classOf(table, region);
    if (last <= first) {
      add(parts, first * classCount + kind, (right - left) * bytes);
    } else {
      add(parts, first * classCount + kind, (first + 1 - left) * bytes);
      add(parts, last * classCount + kind, (right - last) * bytes);
      add(whole, (first + 1) * classCount + kind, 1);
      add(whole, last * classCount + kind, -1);
    }
    if (right - left >= apart && start > from) edges[first] = 1;
    const odd = ((table.flags[region] ?? 0) & (regionFlags.overlap | regionFlags.beyond)) !== 0;
    if (isHeader[table.kinds[region] ?? 0] === true) mark(marks[0], first, last, pixels);
    if (odd) mark(marks[1], first, last, pixels);
  }
  choose(classes, gaps, parts, whole, bytes);
  return { classes, gaps, edges, lane: laneOf(marks, pixels) };
}

/** The first region that may reach beyond a byte. */
function firstSeen(table: RegionTable, byte: number): number {
  const holding = table.holding(byte);
  return Math.max(0, holding >= 0 ? holding : table.lastFrom(byte));
}

function add(sums: Float32Array | Int32Array, at: number, amount: number): void {
  sums[at] = (sums[at] ?? 0) + amount;
}

function mark(marks: Int32Array, first: number, last: number, pixels: number): void {
  add(marks, Math.min(first, pixels - 1), 1);
  add(marks, Math.min(pixels, Math.max(last + 1, first + markWidth)), -1);
}

function choose(classes: Uint8Array, gaps: Uint8Array, parts: Float32Array, whole: Int32Array, bytes: number): void {
  const covering = new Int32Array(classCount);
  for (let pixel = 0; pixel < classes.length; pixel += 1) {
    let [most, all, gap] = [0, 0, 0];
    for (let kind = 0; kind < classCount; kind += 1) {
      const at = pixel * classCount + kind;
      covering[kind] = (covering[kind] ?? 0) + (whole[at] ?? 0);
      const sum = (parts[at] ?? 0) + (covering[kind] ?? 0) * bytes;
      all += sum;
      if (kind === gapKind) gap = sum;
      if (sum <= most || kind === gapKind) continue;
      most = sum;
      classes[pixel] = kind + 1;
    }
    if (most === 0 && gap > 0) classes[pixel] = gapKind + 1;
    gaps[pixel] = all === 0 ? 0 : Math.round((255 * gap) / all);
  }
}

function laneOf(marks: readonly Int32Array[], pixels: number): Uint8Array {
  const lane = new Uint8Array(pixels);
  marks.forEach((changes, bit) => {
    let covering = 0;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      covering += changes[pixel] ?? 0;
      if (covering > 0) lane[pixel] = (lane[pixel] ?? 0) | (1 << bit);
    }
  });
  return lane;
}
