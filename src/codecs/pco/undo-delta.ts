import { damaged } from '../decode-error';
import type { Delta } from './chunk-meta';
import { middle } from './number-type';

/** Stored latents of a page, and those before them that stand for themselves. */
interface Stored {
  latents: BigUint64Array;
  state: readonly bigint[];
  bits: number;
}

/**
 * The latents of a page, `count` of them (format.md of pcodec, "Delta Encodings"). Differences are stored around the middle of their range.
 * @param lookbacks how far back each latent looks, for that kind.
 * @throws KerchunkError `decode-failed` where one looks back beyond the window.
 */
export function undoDelta(stored: Stored, delta: Delta, lookbacks: BigUint64Array, count: number): BigUint64Array {
  switch (delta.kind) {
    case 'none':
      return stored.latents;
    case 'consecutive':
      return sum(stored, count);
    case 'lookback':
      return lookBack(stored, delta.window, lookbacks, count);
  }
}

/** Adds up as often as there are first values, the last of which is of the last differences. */
function sum({ latents, state, bits }: Stored, count: number): BigUint64Array {
  const centre = middle(bits);
  let deltas = latents.map((latent) => latent ^ centre);
  for (const moment of state.toReversed()) {
    const sums = new BigUint64Array(deltas.length + 1);
    let total = moment;
    for (let i = 0; i < sums.length; i++) {
      sums[i] = total;
      total = BigInt.asUintN(bits, total + (deltas[i] ?? 0n));
    }
    deltas = sums;
  }
  return deltas.subarray(0, count);
}

/** What lies before the first latent counts as 0. */
function lookBack(stored: Stored, window: number, lookbacks: BigUint64Array, count: number): BigUint64Array {
  const { latents, state, bits } = stored;
  const centre = middle(bits);
  const out = new BigUint64Array(Math.max(count, state.length));
  out.set(state);
  for (let i = 0; i < latents.length; i++) {
    const back = Number(lookbacks[i] ?? 0n);
    if (back < 1 || back > window) throw damaged(`The pco data are damaged: a number looks ${back} numbers back.`);
    const at = state.length + i;
    out[at] = BigInt.asUintN(bits, ((latents[i] ?? 0n) ^ centre) + (out[at - back] ?? 0n));
  }
  return out.subarray(0, count);
}
