import type { PreviewDocument } from './document';

/** Of a chunk of more bytes nothing is kept: it is read again where it is asked about. */
const MOST_BYTES = 32 * 2 ** 20;

/** The stored bytes of the chunk that was previewed last. */
export interface KeptChunk {
  path: string;
  indices: readonly number[];
  stored: Uint8Array;
}

/** Keeps the stored bytes of a chunk in place of those that were kept, as far as they are few enough. */
export function keepChunk(
  document: PreviewDocument,
  { path, indices, stored }: Omit<KeptChunk, 'stored'> & { stored: Uint8Array | undefined },
): void {
  const isKept = stored !== undefined && stored.length <= MOST_BYTES;
  document.kept = isKept ? { path, indices: [...indices], stored } : undefined;
}

/** The stored bytes of a chunk, where they are kept. */
export function keptBytes({ kept }: PreviewDocument, path: string, indices: readonly number[]): Uint8Array | undefined {
  return kept?.path === path && kept.indices.join() === indices.join() ? kept.stored : undefined;
}
