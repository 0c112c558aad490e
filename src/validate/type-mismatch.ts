import type { DataType } from '../zarr/types';

/** Whether two types without fields are one. */
export function sameType(a: DataType, b: DataType): boolean {
  return a.kind === b.kind && a.itemSize === b.itemSize && a.byteOrder === b.byteOrder;
}

/** How the elements of two types differ: in their size, their byte order, or what their bits mean. */
export type MismatchKind = 'size' | 'order' | 'class';

/**
 * What is wrong where elements of one type are taken for those of another; undefined where they read alike. Readers
 * take the bytes of one for the other (zarr, `chunk.view(dtype)`), so that signed and unsigned integers of one size are
 * alike, and integers and floats are to a step that keeps all bits.
 */
export function mismatchOf(
  decoded: DataType,
  given: DataType,
  bitsOnly: boolean,
): { kind: MismatchKind; message: string } | undefined {
  if (decoded.itemSize !== given.itemSize) {
    const message = `elements of ${decoded.itemSize} bytes are taken for some of ${given.itemSize}, and chunks do not have their shape, or wrong values`;
    return { kind: 'size', message };
  }
  const orders = [decoded.byteOrder, given.byteOrder];
  if (orders.includes('little') && orders.includes('big'))
    return { kind: 'order', message: 'bytes are in the wrong order, and values wrong' };
  const [from, to] = [classOf(decoded), classOf(given)];
  if (from === to || bitsOnly) return undefined;
  return { kind: 'class', message: `the bits of ${from} are taken for ${to}, and values are wrong` };
}

const CLASSES: Readonly<Record<DataType['kind'], string>> = {
  b: 'integers',
  i: 'integers',
  u: 'integers',
  m: 'integers',
  M: 'integers',
  f: 'floats',
  c: 'complex numbers',
  S: 'bytes',
  V: 'bytes',
  U: 'text',
  O: 'objects',
};

function classOf(type: DataType): string {
  return CLASSES[type.kind];
}
