/** A map whose entries cost at most `most` together, one each by default; the one not used for longest goes first, the last one never. */
export class BoundedMap<K, V> {
  /** From the least to the most recently used. */
  readonly #entries = new Map<K, V>();

  constructor(
    private readonly most: number,
    private readonly costOf: (value: V) => number = () => 1,
  ) {}

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /** Also for a value that costs more than it did. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    let cost = 0;
    for (const entry of this.#entries.values()) cost += this.costOf(entry);
    for (const [oldest, entry] of this.#entries) {
      if (cost <= this.most || this.#entries.size === 1) break;
      this.#entries.delete(oldest);
      cost -= this.costOf(entry);
    }
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
