import type { JsonValue } from '../json';
import type { Encoded, PlacedCodec } from './zarr3-codecs';
import type { Zarr3Node } from './zarr3-node';

/** Members that name the type of what a filter of numcodecs gives, the first that is there. */
const ENCODED_TYPES: Readonly<Record<string, readonly string[]>> = {
  'numcodecs.delta': ['astype', 'dtype'],
  'numcodecs.fixedscaleoffset': ['astype', 'dtype'],
  'numcodecs.quantize': ['astype', 'dtype'],
  'numcodecs.astype': ['encode_dtype'],
};

/**
 * zarr-python hands filters of numcodecs the array as it lies in memory (zarr/codecs/numcodecs/_codecs.py): in the byte order in which it is
 * stored, and in the order of axes that undoing a transpose leaves. A filter whose dtype says another byte order, and delta before a
 * transpose, then read wrong values without an error.
 */
export function checkFilterMemory(node: Zarr3Node, chain: readonly PlacedCodec[], { chunkShape }: Encoded): void {
  const serializer = chain.findIndex(({ name }) => name === 'bytes');
  const last = chain[serializer - 1];
  const delta = chain.findIndex(({ name }) => name === 'numcodecs.delta');
  const transposed = chain.findIndex(
    ({ name, configuration }, index) => index > delta && name === 'transpose' && moves(configuration.order),
  );
  if (delta >= 0 && transposed > delta && (chunkShape?.filter((side) => side > 1).length ?? 2) > 1) {
    const message =
      '"numcodecs.delta" stands before "transpose"; zarr-python sums in the order in which the transposed chunk lies in memory, so that all ' +
      'values after the first are wrong. Put "transpose" first.';
    node.report('zarr3/filter-memory', chain[delta]?.place ?? [], message);
    return;
  }
  if (last === undefined) return;
  const members = Object.hasOwn(ENCODED_TYPES, last.name) ? ENCODED_TYPES[last.name] : undefined;
  const member = members?.find((name) => last.configuration[name] !== undefined && last.configuration[name] !== null);
  if (member === undefined) return;
  const dtype = last.configuration[member];
  if (typeof dtype !== 'string') return;
  const stored = chain[serializer]?.configuration.endian === 'big' ? 'big' : 'little';
  const stated = byteOrderOf(dtype);
  if (stated === undefined || stated === stored) return;
  const right = dtype.replace(/^[<>=]?/, stored === 'big' ? '>' : '<');
  const message =
    `"${member}" of "${last.name}" is ${JSON.stringify(dtype)}, ${stated}-endian, and "bytes" is ${stored}-endian: zarr-python takes one for ` +
    `the other and reads wrong values. Write "${right}".`;
  node.report('zarr3/filter-memory', [...last.place, 'configuration', member], message);
}

function moves(order: JsonValue | undefined): boolean {
  return Array.isArray(order) && order.some((axis, index) => axis !== index);
}

/** The byte order of a numpy type of more than one byte; a name without one is that of the machine, which is little-endian. */
function byteOrderOf(dtype: string): 'little' | 'big' | undefined {
  if (/^[|<>=]?([iub]1|S|V)/.test(dtype) || /^(u?int8|bool)$/.test(dtype)) return undefined;
  return dtype.startsWith('>') ? 'big' : 'little';
}
