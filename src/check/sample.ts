import { KerchunkError } from '../errors';

/** How many chunks of each array are decoded: a number of them, or all. */
export type SampleSize = number | 'all';

/** What is taken into account when few of many chunks are chosen. */
export interface Candidate {
  /** Bytes of the chunk as it is stored. */
  length: number;
  /** Whether the chunk reaches beyond the array's edge. */
  isEdge: boolean;
}

/**
 * Chooses chunks while they go by once, knowing only how many there will be at the end: the first, the last, one at the edge, the largest, and
 * others spread between them. Positions count the candidates from 0.
 */
export class SampleChooser {
  private count = 0;
  private largest: { position: number; length: number } | undefined;
  private edge: number | undefined;

  /** One more candidate. */
  see({ length, isEdge }: Candidate): void {
    const position = this.count++;
    if (length > (this.largest?.length ?? 0)) this.largest = { position, length };
    // The first and the last are taken anyway.
    if (isEdge && position > 0) this.edge ??= position;
  }

  /** Candidates seen so far. */
  get seen(): number {
    return this.count;
  }

  /** The positions of `size` candidates, or of all there are where these are fewer; undefined for all. */
  positions(size: SampleSize): ReadonlySet<number> | undefined {
    if (size === 'all' || size >= this.count) return undefined;
    const last = this.count - 1;
    const spread = Array.from({ length: size }, (_, i) => Math.round((i * last) / Math.max(1, size - 1)));
    // Each takes the place of what is chosen nearest to it, but for the first, the last and one another.
    const kept = new Set([0, last]);
    for (const special of [this.edge, this.largest?.position]) {
      if (special === undefined || kept.has(special)) continue;
      const nearest = Math.round((special * (size - 1)) / last);
      const at = [nearest, nearest - 1, nearest + 1].find((i) => {
        const position = spread[i];
        return position !== undefined && !kept.has(position);
      });
      if (at === undefined) continue;
      spread[at] = special;
      kept.add(special);
    }
    return new Set(spread);
  }
}

/**
 * Reads `4` or `all`.
 * @throws KerchunkError `invalid-argument` for anything else. @param option for the message.
 */
export function parseSampleSize(text: string, option: string): SampleSize {
  if (text === 'all') return text;
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new KerchunkError('invalid-argument', `${option} ${text}: it is a number of chunks from 1, or all.`);
}
