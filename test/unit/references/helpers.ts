import { parseReferences } from '../../../src/references/parse';
import type { ReferenceSet } from '../../../src/references/reference-set';
import type { ReferenceProblem } from '../../../src/references/types';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** JSON text of a `.zarray` of unsigned bytes, as a string to stand in a reference file. */
export const zarray = (shape: number[], chunks: number[], more: object = {}): string =>
  JSON.stringify({
    zarr_format: 2,
    shape,
    chunks,
    dtype: '|u1',
    compressor: null,
    fill_value: 0,
    order: 'C',
    filters: null,
    ...more,
  });

/** The set of a version 1 file with one array `a` of 10 x 10 chunks and these references; `raw` is the text of more of them. */
export function parseRefs(
  refs: Record<string, unknown>,
  raw = '',
  top: object = {},
): { set: ReferenceSet; text: string } {
  const map = JSON.stringify({ '.zgroup': '{"zarr_format":2}', 'a/.zarray': zarray([100, 100], [10, 10]), ...refs });
  const members = Object.entries(top).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`);
  const text = `{"version":1,${members.join('')}"refs":${map.slice(0, -1)}${raw}}}`;
  return { set: parseReferences(bytes(text)), text };
}

/** The problems of a set, but for relative targets: tests name their targets briefly. */
export function faultsOf(set: ReferenceSet): readonly ReferenceProblem[] {
  return set.problems.filter(({ code }) => code !== 'kerchunk/relative-target');
}

/** `faultsOf` as code, key and the text at their place. */
export function problemsOf({ set, text }: { set: ReferenceSet; text: string }): [string, string, string][] {
  const utf8 = bytes(text);
  return faultsOf(set).map(({ code, key, span }) => [
    code,
    key,
    new TextDecoder().decode(utf8.subarray(span.offset, span.offset + span.length)),
  ]);
}
