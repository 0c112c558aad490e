import { cancelled, onCancel, throwIfCancelled } from '../bytes/cancel';
import type { SourceOpener } from '../bytes/source';
import { decodeChunk } from '../codecs/decode';
import { batchesOf, type Fetched, type Located } from '../read/fetch';
import { type ChunkLookup, findChunk } from '../read/lookup';
import { tooLongRange } from '../read/stored';
import { readBatches } from '../read/window';
import { turns } from '../steps';
import type { NdArray, ZarrArray } from '../zarr/types';
import { type Failure, failureOf } from './load-chunk';

/** An array whose chunks are read, and where they stand. */
export interface ChunkSource {
  set: ChunkLookup;
  array: ZarrArray;
  opener: SourceOpener;
}

/** What a chunk holds. A failure is never taken for fill values. */
export type ChunkContent =
  { kind: 'absent' } | { kind: 'values'; values: NdArray } | { kind: 'failed'; failure: Failure };

type Use = (content: ChunkContent) => void;

/** A chunk that somebody waits for. */
interface Awaited extends Located {
  key: string;
  indices: readonly number[];
  users: Set<Use>;
  batch: Batch;
}

/** Chunks of one array that are fetched together. */
interface Batch {
  source: ChunkSource;
  chunks: Set<Awaited>;
  stop: AbortController;
}

/** Milliseconds in which requests for chunks of an array come together: those of the tiles of one view. */
const GATHERING = 4;

/**
 * Reads and decodes chunks for windows that overlap: each once, however many ask at the same time, and those that are asked for within 4 ms
 * by merged requests. Decoded chunks are kept up to `mostBytes`, those used last the longest; a chunk that is larger alone is kept until the
 * next comes, since every window of it needs it. Nobody waiting any more, fetching stops.
 */
export class ChunkLoader {
  readonly #kept = new Map<string, NdArray>();
  #bytes = 0;
  readonly #awaited = new Map<string, Awaited>();
  readonly #gathering = new Map<string, Batch>();
  readonly #numbers = new WeakMap<ChunkLookup, number>();
  #lastNumber = 0;

  constructor(private readonly mostBytes: number) {}

  /** Bytes of the decoded chunks that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Gives the content of a chunk to `use`, at once where it is known. @throws KerchunkError `cancelled`, and what `use` throws.
   */
  load(source: ChunkSource, indices: readonly number[], signal: AbortSignal, use: Use): Promise<void> {
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      const name = this.#nameOf(source);
      const key = `${name}:${indices.join('.')}`;
      const known = this.#known(key);
      const place = known ?? located(source, indices);
      if ('kind' in place) {
        use(place);
        resolve();
        return;
      }
      const awaited = this.#awaited.get(key) ?? this.#await(name, source, { ...place, key, indices });
      const take: Use = (content) => {
        release();
        try {
          use(content);
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const release = onCancel(signal, () => {
        this.#leave(awaited, take);
        reject(cancelled());
      });
      awaited.users.add(take);
    });
  }

  #known(key: string): ChunkContent | undefined {
    const values = this.#kept.get(key);
    if (values === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, values);
    return { kind: 'values', values };
  }

  #nameOf({ set, array }: ChunkSource): string {
    let number = this.#numbers.get(set);
    if (number === undefined) this.#numbers.set(set, (number = ++this.#lastNumber));
    return `${number}:${array.path}`;
  }

  #await(name: string, source: ChunkSource, place: Omit<Awaited, 'users' | 'batch'>): Awaited {
    let batch = this.#gathering.get(name);
    if (batch === undefined) {
      batch = { source, chunks: new Set(), stop: new AbortController() };
      this.#gathering.set(name, batch);
      setTimeout(() => {
        void this.#run(name);
      }, GATHERING);
    }
    const awaited: Awaited = { ...place, users: new Set(), batch };
    batch.chunks.add(awaited);
    this.#awaited.set(place.key, awaited);
    return awaited;
  }

  #leave(awaited: Awaited, use: Use): void {
    awaited.users.delete(use);
    if (awaited.users.size > 0) return;
    const { batch, key } = awaited;
    if (this.#awaited.get(key) === awaited) this.#awaited.delete(key);
    batch.chunks.delete(awaited);
    if (batch.chunks.size === 0) batch.stop.abort();
  }

  async #run(name: string): Promise<void> {
    const batch = this.#gathering.get(name);
    this.#gathering.delete(name);
    if (batch === undefined || batch.chunks.size === 0) return;
    const { source, chunks, stop } = batch;
    const giveWay = turns(stop.signal);
    try {
      await readBatches(batchesOf([...chunks], source.array), source.array, source.opener, stop.signal, async (all) => {
        for (const fetched of all) {
          await giveWay();
          if (chunks.has(fetched.chunk)) {
            this.#settle(fetched.chunk, await contentOf(source.array, fetched, stop.signal));
          }
        }
      });
    } catch (error) {
      // Nobody waits where it was cancelled.
      if (stop.signal.aborted) return;
      for (const awaited of [...chunks]) this.#settle(awaited, { kind: 'failed', failure: failureOf(error) });
    }
  }

  #settle(awaited: Awaited, content: ChunkContent): void {
    const { key, batch, users } = awaited;
    batch.chunks.delete(awaited);
    if (this.#awaited.get(key) === awaited) this.#awaited.delete(key);
    if (content.kind === 'values') this.#keep(key, content.values);
    for (const use of [...users]) use(content);
  }

  #keep(key: string, values: NdArray): void {
    this.#kept.set(key, values);
    this.#bytes += values.data.length;
    for (const [oldest, { data }] of this.#kept) {
      if (this.#bytes <= this.mostBytes || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= data.length;
    }
  }
}

/** Where a chunk's bytes stand, or what is known of it without them. */
function located({ set, array }: ChunkSource, indices: readonly number[]): Located | ChunkContent {
  try {
    const reference = findChunk(set, array, indices);
    if (reference.kind === 'absent') return { kind: 'absent' };
    const tooLong = reference.kind === 'range' ? tooLongRange(reference, array) : undefined;
    if (tooLong !== undefined) throw tooLong;
    return { reference };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

async function contentOf(array: ZarrArray, fetched: Fetched<Awaited>, signal: AbortSignal): Promise<ChunkContent> {
  try {
    if ('error' in fetched) throw fetched.error;
    const { array: values } = await decodeChunk(fetched.bytes, array, fetched.chunk.indices, { signal });
    return { kind: 'values', values };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}
