import { KerchunkError } from '../errors';
import { turns } from '../steps';
import { countInWords } from '../words';

/** Chunks inside one shard that are decoded, those of shards inside it counted: 2^20. */
export const MOST_INNER_CHUNKS = 2 ** 20;

/** Bytes that the chunks inside a shard may take together, beyond those that the shard and its values have. */
const ROOM = 2 ** 26;

/** Bytes of chunks inside for each byte of the shard and of its values: shards in shards stand several times in this sum, as do shared ranges. */
const FACTOR = 4;

/** @throws KerchunkError `limit-exceeded` for more chunks inside a shard than are decoded. */
export function refuseInnerChunks(count: number): void {
  if (count <= MOST_INNER_CHUNKS) return;
  throw new KerchunkError(
    'limit-exceeded',
    `There are ${countInWords(count)} chunks and more inside the shard, those of shards inside it counted; at most ` +
      `${countInWords(MOST_INNER_CHUNKS)} are decoded. Write the array anew with larger chunks inside its shards, or with smaller shards.`,
  );
}

/**
 * The work of decoding one shard and all shards inside it. An index may name the same bytes for every chunk, and shards nest, so that a small shard
 * could ask for any amount of it.
 */
export class ShardWork {
  /** Gives others their turn. @throws KerchunkError `cancelled`. */
  readonly giveWay: () => Promise<void>;
  #chunks = 0;
  #bytes = 0;
  #most: number;

  /** `storedBytes` are those of the outermost shard. */
  constructor(
    private readonly storedBytes: number,
    signal: AbortSignal | undefined,
  ) {
    this.giveWay = turns(signal);
    this.#most = FACTOR * storedBytes + ROOM;
  }

  /** Counts the chunks in the grid of a shard, absent ones too. @throws KerchunkError `limit-exceeded`. */
  addChunks(count: number): void {
    this.#chunks += count;
    refuseInnerChunks(this.#chunks);
  }

  /** Counts a chunk before it is decoded: the bytes of its range, and of the values that it must give. @throws KerchunkError `limit-exceeded`. */
  begin(storedBytes: number, valueBytes: number): void {
    this.#most += FACTOR * valueBytes;
    this.#add(storedBytes);
  }

  /** Counts what a decoded chunk took beyond its range: a step between may give more than either. @throws KerchunkError `limit-exceeded`. */
  end(storedBytes: number, largestStage: number): void {
    this.#add(Math.max(0, largestStage - storedBytes));
  }

  #add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#most) return;
    throw new KerchunkError(
      'limit-exceeded',
      `The shard has ${countInWords(this.storedBytes)} bytes, and the chunks inside ask for more than ${countInWords(this.#most)} ` +
        'to be decoded: its index names the same bytes many times, or they grow far beyond the chunks. Check how the shard was written, and write it anew.',
    );
  }
}
