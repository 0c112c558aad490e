import { displayAddress } from '../bytes/address';
import { readExactly, readWhole } from '../bytes/merge';
import type { SourceOpener } from '../bytes/source';
import { storedLimit } from '../codecs/registry';
import { KerchunkError } from '../errors';
import type { ChunkReference } from '../references/types';
import type { ZarrArray } from '../zarr/types';
import { plural, countInWords } from '../words';

/** What of an array says how long a chunk can be as it is stored. */
export type StoredModel = Pick<ZarrArray, 'chunkShape' | 'dataType' | 'codecs'>;

/**
 * The bytes of one chunk as they are stored, of a whole file at most `most`.
 * @throws KerchunkError `limit-exceeded` for more bytes than a chunk of this array can be stored in, before they are fetched, and
 * whatever fetching throws.
 */
export async function readStored(
  reference: Exclude<ChunkReference, { kind: 'absent' }>,
  model: StoredModel,
  opener: SourceOpener,
  signal: AbortSignal | undefined,
  most = Infinity,
): Promise<Uint8Array> {
  if (reference.kind === 'inline') return reference.bytes;
  const source = opener.open(reference.url);
  if (reference.kind === 'range') {
    const tooLong = tooLongRange(reference, model);
    if (tooLong !== undefined) throw tooLong;
    return readExactly(source, reference.offset, reference.length, signal);
  }
  const limit = limitOf(model);
  try {
    return await readWhole(source, Math.min(limit, most), signal);
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code !== 'limit-exceeded' || most < limit) throw error;
    throw new KerchunkError('limit-exceeded', `${error.message} ${explain(limit)}`, { cause: error });
  }
}

/** The error of a range longer than a chunk of this array can be; undefined for any other. */
export function tooLongRange(
  { url, offset, length }: { url: string; offset: number; length: number },
  model: StoredModel,
): KerchunkError | undefined {
  const limit = limitOf(model);
  if (length <= limit) return undefined;
  const what = `${displayAddress(url)}: the reference has ${plural(length, 'byte')} from byte ${countInWords(offset)} on.`;
  return new KerchunkError('limit-exceeded', `${what} ${explain(limit)}`);
}

function limitOf({ codecs, chunkShape, dataType }: StoredModel): number {
  return storedLimit(codecs, chunkShape, dataType);
}

function explain(limit: number): string {
  return `A chunk of this array is stored in ${plural(limit, 'byte')} at most; check the reference, and the array's chunks and dtype.`;
}
