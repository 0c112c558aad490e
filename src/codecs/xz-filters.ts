import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import { decodeLzma2 } from './lzma2';
import type { Output } from './output';

/** A filter of xz: its number, and the bytes that configure it. */
export interface XzFilter {
  id: number;
  properties: Uint8Array;
}

/** Numbers of filters (xz-file-format.txt, section 5.3). */
export const FilterId = { delta: 0x03, lzma2: 0x21 } as const;

/** Filters that make machine code compress better, by their numbers. */
const CODE_FILTERS: ReadonlyMap<number, string> = new Map([
  [0x04, 'BCJ for x86'],
  [0x05, 'BCJ for PowerPC'],
  [0x06, 'BCJ for IA-64'],
  [0x07, 'BCJ for ARM'],
  [0x08, 'BCJ for ARM Thumb'],
  [0x09, 'BCJ for SPARC'],
  [0x0a, 'BCJ for ARM64'],
  [0x0b, 'BCJ for RISC-V'],
]);

/**
 * Undoes a chain of filters in encode order, the last of which is LZMA2 and the others delta, into `output`. Returns the byte of `input`
 * behind the data.
 * @throws KerchunkError `decode-failed` for damaged data, `unsupported-codec` naming a filter that is not undone here, and as `Output.reserve`.
 */
export function decodeFilterChain(
  input: Uint8Array,
  start: number,
  filters: readonly XzFilter[],
  output: Output,
): number {
  const deltas = deltasOf(filters);
  const outputStart = output.length;
  const end = decodeLzma2(input, start, output);
  const decoded = output.bytes.subarray(outputStart, output.length);
  for (const distance of deltas.reverse()) undoDelta(decoded, distance);
  return end;
}

/** Distances of the delta filters, in encode order. */
function deltasOf(filters: readonly XzFilter[]): number[] {
  return filters.flatMap(({ id, properties }, i) => {
    const isLast = i === filters.length - 1;
    if (id === FilterId.lzma2 && isLast) return [];
    if (id !== FilterId.delta) throw unknownFilter(id);
    const [distance] = properties;
    if (isLast || distance === undefined || properties.length !== 1) {
      throw damaged('The xz data are damaged: their delta filter is not well formed.');
    }
    return [distance + 1];
  });
}

/** The error of a filter that is not undone here. */
export function unknownFilter(id: number | bigint): KerchunkError {
  const name = CODE_FILTERS.get(Number(id)) ?? `number 0x${id.toString(16)}`;
  return new KerchunkError(
    'unsupported-codec',
    `Its filter chain has the filter ${name}; LZMA2 under the delta filter is what is decoded. Compress the data anew without it.`,
  );
}

/** The delta filter (section 5.3.3): every byte is added to the one `distance` before it. */
export function undoDelta(bytes: Uint8Array, distance: number): void {
  for (let i = distance; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) + (bytes[i - distance] ?? 0);
}
