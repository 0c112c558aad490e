/** A seeded generator (mulberry32, public domain): the same seed gives the same case on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** An integer in [0, below). */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

const extremes = [0, 1, 0x7f, 0x80, 0xff];

/** A copy of `bytes` with a few of them changed, cut off, repeated or moved, mostly near the start, where headers are. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let result = Uint8Array.from(bytes);
  const changes = 1 + random.below(8);
  for (let change = 0; change < changes && result.length > 0; change += 1) {
    const reach = random.below(3) === 0 ? result.length : Math.min(result.length, 1024);
    const at = random.below(reach);
    switch (random.below(6)) {
      case 0:
      case 1:
        result[at] = random.below(256);
        break;
      case 2:
        result[at] = random.pick(extremes);
        break;
      case 3:
        result.fill(random.pick(extremes), at, at + 1 + random.below(8));
        break;
      case 4:
        if (random.below(4) === 0) result = result.slice(0, at);
        break;
      default:
        result.copyWithin(at, random.below(result.length), Math.min(result.length, at + 1 + random.below(32)));
    }
  }
  return result;
}
