import type { WindowCost } from '../../../src/preview/cost-types';
import { arrayAt } from './arrays';

/** What reading a part of an array costs: a request for four chunks of 40,000 bytes each, with 8 bytes between. */
export function costOf(path: string, slices: WindowCost['slices']): WindowCost | undefined {
  const details = arrayAt(path);
  if (details === undefined) return undefined;
  const { chunkShape, chunkBytes } = details;
  const chunks = slices.reduce((product, { start, stop }, axis) => {
    const side = chunkShape[axis] ?? 1;
    return product * (Math.ceil(stop / side) - Math.floor(start / side));
  }, 1);
  const requests = Math.ceil(chunks / 4);
  const bytes = 40_000 * chunks;
  const asked = slices.reduce((product, { start, stop }) => product * (stop - start), 2);
  const layout = { chunkBytes, chunks, requests, storedBytes: bytes, decodedBytes: chunks * chunkBytes };
  return {
    path,
    slices,
    chunks,
    inline: 0,
    absent: 0,
    broken: 0,
    files: 1,
    wholes: 0,
    merged: { requests, bytes: bytes + 8 * (chunks - requests) },
    unmerged: { requests: chunks, bytes },
    gapBytes: 8 * (chunks - requests),
    askedBytes: asked,
    decodedBytes: chunks * chunkBytes,
    requests: [
      { shownUrl: 'https://example.org/landscape/elevation-2026.tif', start: 1_048_576, end: 1_208_599, chunks: 4 },
    ],
    layouts: [
      { kind: 'present', side: null, chunkShape, ...layout },
      { kind: 'half', side: null, chunkShape: chunkShape.map((side) => side / 2), ...layout, chunks: 4 * chunks },
      { kind: 'square', side: 1024, chunkShape: [1024, 1024], ...layout, chunks: 4, requests: null },
    ],
  };
}
