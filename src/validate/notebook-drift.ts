import { readExactly } from '../bytes/merge';
import type { ByteSource } from '../bytes/source';
import { parseReferences } from '../references/parse';
import type { ZarrArray } from '../zarr/types';
import { findDelta, rowsOfChunk } from './delta';
import type { Drift } from './drift';
import { driftInWords } from './drift-in-words';
import { firstFileReference } from './first-reference';

/**
 * Reads one chunk of a file that the `notebook` preset wrote and says how far its values drift; undefined where no array has a `delta`
 * over more than one row, or none of its chunks is present. `measure` is measureDrift, or asks a worker for it: a host holds no decoders.
 * @throws KerchunkError where the chunk cannot be fetched or decoded.
 */
export async function measureNotebookDrift(
  text: string,
  source: ByteSource,
  measure: (stored: Uint8Array, array: ZarrArray) => Promise<Drift>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const set = parseReferences(new TextEncoder().encode(text));
  for (const path of set.arrayPaths()) {
    const array = set.array(path);
    const chunk = findDelta(array) === undefined || rowsOfChunk(array) < 2 ? undefined : firstFileReference(set, path);
    if (chunk?.offset === undefined || chunk.length === undefined) continue;
    const stored = await readExactly(source, chunk.offset, chunk.length, signal);
    return driftInWords(await measure(stored, array), chunk.key);
  }
  return undefined;
}
