import { CountingSource } from './counting-source';

/** A tag of an IFD to be built: its values stand in the entry where they fit, else at `at`, by default right behind the IFD. */
export interface TagSpec {
  tag: number;
  type: keyof typeof WIDTHS;
  values: ArrayLike<number> | string;
  at?: number;
  /** A count that is not true. */
  count?: number;
  /** A field type that is not true. */
  statedType?: number;
}

export interface IfdSpec {
  at: number;
  tags: TagSpec[];
  next?: number;
}

export interface Container {
  littleEndian?: boolean;
  big?: boolean;
}

const WIDTHS = { byte: 1, ascii: 1, short: 2, long: 4, undefined: 1, double: 8, long8: 8 } as const;
const CODES = { byte: 1, ascii: 2, short: 3, long: 4, undefined: 7, double: 12, long8: 16 } as const;

/** The tags of an image of one 8-bit band; those given later replace those of the same number. */
export function imageTags(width: number, height: number, ...others: TagSpec[]): TagSpec[] {
  const tags: TagSpec[] = [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    { tag: 258, type: 'short', values: [8] },
    { tag: 259, type: 'short', values: [8] },
    { tag: 262, type: 'short', values: [1] },
  ];
  const replaced = new Set(others.map(({ tag }) => tag));
  return [...tags.filter(({ tag }) => !replaced.has(tag)), ...others].sort((a, b) => a.tag - b.tag);
}

/** The tags of tiles of 16 by 16 pixels with the given offsets and lengths. */
export function tiles(
  offsets: ArrayLike<number>,
  lengths: ArrayLike<number>,
  places: { offsetsAt?: number; lengthsAt?: number; type?: 'long' | 'long8' } = {},
): TagSpec[] {
  const { offsetsAt, lengthsAt, type = 'long' } = places;
  return [
    { tag: 322, type: 'short', values: [16] },
    { tag: 323, type: 'short', values: [16] },
    { tag: 324, type, values: offsets, ...(offsetsAt === undefined ? {} : { at: offsetsAt }) },
    { tag: 325, type: 'long', values: lengths, ...(lengthsAt === undefined ? {} : { at: lengthsAt }) },
  ];
}

/** One strip of the given length at the given offset. */
export function strip(offset = 8, length = 1): TagSpec[] {
  return [
    { tag: 273, type: 'long', values: [offset] },
    { tag: 279, type: 'long', values: [length] },
  ];
}

/** Builds a TIFF of IFDs that are linked in the given order, with zeros wherever nothing stands. */
export function buildTiff(
  ifds: readonly IfdSpec[],
  { littleEndian = true, big = false, end, tellsSize = true }: Container & { end?: number; tellsSize?: boolean } = {},
): CountingSource {
  const pieces = new Map<number, Uint8Array>();
  const header = new DataView(new ArrayBuffer(big ? 16 : 8));
  header.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  header.setUint16(2, big ? 43 : 42, littleEndian);
  if (big) header.setUint16(4, 8, littleEndian);
  const first = ifds[0]?.at ?? 0;
  if (big) header.setBigUint64(8, BigInt(first), littleEndian);
  else header.setUint32(4, first, littleEndian);
  pieces.set(0, new Uint8Array(header.buffer));
  ifds.forEach((ifd, index) => {
    addIfd(pieces, { next: ifds[index + 1]?.at ?? 0, ...ifd }, littleEndian, big);
  });
  const last = [...pieces].reduce((most, [offset, bytes]) => Math.max(most, offset + bytes.length), 0);
  return new CountingSource(pieces, end ?? last, tellsSize);
}

/** Bytes that an IFD of so many tags takes. */
export function ifdLength(tags: number, big = false): number {
  return big ? 16 + 20 * tags : 6 + 12 * tags;
}

function addIfd(pieces: Map<number, Uint8Array>, ifd: Required<IfdSpec>, littleEndian: boolean, big: boolean): void {
  const size = ifdLength(ifd.tags.length, big);
  const view = new DataView(new ArrayBuffer(size));
  const word = (place: number, value: number): void => {
    if (big) view.setBigUint64(place, BigInt(value), littleEndian);
    else view.setUint32(place, value, littleEndian);
  };
  if (big) word(0, ifd.tags.length);
  else view.setUint16(0, ifd.tags.length, littleEndian);
  let behind = ifd.at + size;
  ifd.tags.forEach((spec, index) => {
    const place = (big ? 8 : 2) + index * (big ? 20 : 12);
    const values = encode(spec, littleEndian);
    view.setUint16(place, spec.tag, littleEndian);
    view.setUint16(place + 2, spec.statedType ?? CODES[spec.type], littleEndian);
    word(place + 4, spec.count ?? values.length / WIDTHS[spec.type]);
    const valuePlace = place + (big ? 12 : 8);
    if (values.length <= (big ? 8 : 4)) {
      new Uint8Array(view.buffer).set(values, valuePlace);
      return;
    }
    const at = spec.at ?? behind;
    word(valuePlace, at);
    pieces.set(at, values);
    if (spec.at === undefined) behind += values.length;
  });
  word(size - (big ? 8 : 4), ifd.next);
  pieces.set(ifd.at, new Uint8Array(view.buffer));
}

function encode({ type, values }: TagSpec, littleEndian: boolean): Uint8Array {
  if (typeof values === 'string') return new TextEncoder().encode(`${values}\0`);
  const width = WIDTHS[type];
  const view = new DataView(new ArrayBuffer(values.length * width));
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    const place = index * width;
    if (type === 'double') view.setFloat64(place, value, littleEndian);
    else if (width === 8) view.setBigUint64(place, BigInt(value), littleEndian);
    else if (width === 4) view.setUint32(place, value, littleEndian);
    else if (width === 2) view.setUint16(place, value, littleEndian);
    else view.setUint8(place, value);
  }
  return new Uint8Array(view.buffer);
}
