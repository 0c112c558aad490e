import { cancelled, onCancel, throwIfCancelled } from './cancel';
import { clampLength, copyBytes } from './range';
import type { ByteSource } from './source';

/** Bytes [offset, offset + bytes.length) of one version of a file. */
interface Entry {
  key: string;
  offset: number;
  bytes: Uint8Array;
}

/** What an entry costs beside its bytes, roughly; bounds the number of tiny entries. */
const ENTRY_COST = 512;

/**
 * Byte ranges in memory, of many files, up to `capacity` bytes; those not used for longest go first. A file is known by a key that
 * names its version.
 */
export class RangeCache {
  /** Per key sorted by offset; no entry lies inside another, so they are sorted by end as well. */
  readonly #ranges = new Map<string, Entry[]>();
  /** From the least to the most recently used. */
  readonly #order = new Set<Entry>();
  #used = 0;

  constructor(readonly capacity = 64 * 2 ** 20) {}

  /** Bytes in use, the entries' own cost included; never more than `capacity`. */
  get used(): number {
    return this.#used;
  }

  /** A copy of the bytes [offset, offset + length), where one entry holds them all. */
  get(key: string, offset: number, length: number): Uint8Array | undefined {
    const entries = this.#ranges.get(key) ?? [];
    const entry = entries[firstAfter(entries, offset) - 1];
    if (entry === undefined || offset + length > endOf(entry)) return undefined;
    this.#order.delete(entry);
    this.#order.add(entry);
    return copyBytes(entry.bytes, offset - entry.offset, offset - entry.offset + length);
  }

  /** Keeps `bytes` without a copy; they must not change afterwards. What does not fit at all is not kept. */
  put(key: string, offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0 || bytes.length + ENTRY_COST > this.capacity) return;
    const entries = this.#ranges.get(key) ?? [];
    const entry: Entry = { key, offset, bytes };
    let at = firstAfter(entries, offset);
    const before = entries[at - 1];
    if (before !== undefined && endOf(before) >= endOf(entry)) return;
    if (before?.offset === offset) at--;
    let until = at;
    for (let other = entries[until]; other !== undefined && endOf(other) <= endOf(entry); other = entries[until])
      until++;
    const replaced = entries.splice(at, until - at, entry);
    this.#ranges.set(key, entries);
    this.#order.add(entry);
    this.#used += costOf(entry);
    for (const other of replaced) this.#forget(other);
    for (const oldest of this.#order) {
      if (this.#used <= this.capacity) break;
      this.#drop(oldest);
    }
  }

  #drop(entry: Entry): void {
    const entries = this.#ranges.get(entry.key) ?? [];
    entries.splice(firstAfter(entries, entry.offset) - 1, 1);
    if (entries.length === 0) this.#ranges.delete(entry.key);
    this.#forget(entry);
  }

  #forget(entry: Entry): void {
    this.#order.delete(entry);
    this.#used -= costOf(entry);
  }
}

function endOf(entry: Entry): number {
  return entry.offset + entry.bytes.length;
}

function costOf(entry: Entry): number {
  return entry.bytes.length + ENTRY_COST;
}

/** Index of the first entry that starts after `offset`. */
function firstAfter(entries: readonly Entry[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.offset ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The same source with `cache` in front of it; a range that is being read already is not asked for a second time. Entries are
 * kept under address, validator and size, so that a cache can outlive a source: a new one finds them as soon as its first answer
 * shows the same version. A source without a validator shares nothing.
 */
export function cached(source: ByteSource, cache: RangeCache): ByteSource {
  return new CachedSource(source, cache);
}

let sourcesWithoutValidator = 0;

class CachedSource implements ByteSource {
  readonly url: string;
  readonly #ownKey: string;
  readonly #running = new Map<string, SharedRead>();

  constructor(
    private readonly source: ByteSource,
    private readonly cache: RangeCache,
  ) {
    this.url = source.url;
    this.#ownKey = `${++sourcesWithoutValidator}\n${source.url}`;
  }

  size(): number | undefined {
    return this.source.size();
  }

  validator(): ReturnType<ByteSource['validator']> {
    return this.source.validator();
  }

  ignoresRanges(): boolean | undefined {
    return this.source.ignoresRanges?.();
  }

  held(offset: number, length: number): Uint8Array | undefined {
    return this.cache.get(this.#key(), offset, length);
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(signal);
    const wanted = clampLength({ offset, length }, this.source.size());
    if (wanted === 0) return new Uint8Array(0);
    const held = this.held(offset, wanted);
    if (held !== undefined) return held;
    const id = `${offset}+${wanted}`;
    const running = this.#running.get(id);
    if (running !== undefined) return running.join(signal);
    const shared = new SharedRead(
      async (stop) => {
        const bytes = await this.source.read(offset, wanted, stop);
        this.cache.put(this.#key(), offset, bytes);
        return bytes;
      },
      () => {
        if (this.#running.get(id) === shared) this.#running.delete(id);
      },
    );
    this.#running.set(id, shared);
    return shared.join(signal);
  }

  #key(): string {
    const { etag, lastModified } = this.source.validator() ?? {};
    if (etag === undefined && lastModified === undefined) return this.#ownKey;
    return [this.url, etag, lastModified, this.source.size()].join('\n');
  }
}

/** One read for several callers: it is stopped when the last of them has cancelled, and only then. */
class SharedRead {
  readonly #controller = new AbortController();
  readonly #bytes: Promise<Uint8Array>;
  readonly #onEnd: () => void;
  #callers = 0;

  constructor(read: (signal: AbortSignal) => Promise<Uint8Array>, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#bytes = read(this.#controller.signal).finally(onEnd);
  }

  /** A copy of the bytes for one more caller. */
  join(signal: AbortSignal | undefined): Promise<Uint8Array> {
    this.#callers++;
    return new Promise((resolve, reject) => {
      const takeBack = onCancel(signal, () => {
        reject(cancelled());
        if (--this.#callers > 0) return;
        this.#onEnd();
        this.#controller.abort();
      });
      this.#bytes.finally(takeBack).then((bytes) => {
        resolve(copyBytes(bytes));
      }, reject);
    });
  }
}
