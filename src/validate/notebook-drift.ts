import { readExactly } from '../bytes/merge';
import type { ByteSource } from '../bytes/source';
import { describeError } from '../errors';
import { parseReferences } from '../references/parse';
import type { ZarrArray } from '../zarr/types';
import { findDelta, rowsOfChunk } from './delta';
import type { Drift } from './drift';
import { DRIFT_REASON, driftInWords } from './drift-in-words';
import { firstFileReference } from './first-reference';

/**
 * Reads one chunk of a file that the `notebook` preset wrote and says how far its values drift; undefined where no array has a `delta`
 * over more than one row, or none of its chunks is present. `measure` is measureDrift, or asks a worker for it: a host holds no decoders.
 * A chunk that cannot be fetched or decoded is said to be so.
 * @throws KerchunkError `cancelled`.
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
    try {
      const stored = await readExactly(source, chunk.offset, chunk.length, signal);
      return driftInWords(await measure(stored, array), chunk.key);
    } catch (error) {
      const { code, message } = describeError(error, 'decode-failed');
      if (code === 'cancelled') throw error;
      return `Readers will decode this file to wrong numbers: ${DRIFT_REASON}. How far chunk ${chunk.key} is off could not be measured: ${message}`;
    }
  }
  return undefined;
}
