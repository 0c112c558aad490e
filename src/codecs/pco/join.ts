import { damaged } from '../decode-error';
import type { Mode } from './chunk-meta';
import { Floats, middle, type NumberType } from './number-type';

/** Makes the latent of a number of its primary and its secondary latent (format.md of pcodec, "Modes"). */
export function joiner(mode: Mode, { bits }: NumberType): (primary: bigint, secondary: bigint) => bigint {
  const wrapped = (value: bigint): bigint => BigInt.asUintN(bits, value);
  switch (mode.kind) {
    case 'classic':
      return (primary) => primary;
    case 'dict':
      return (primary) => {
        const value = mode.values[Number(primary)];
        if (value === undefined) throw damaged('The pco data are damaged: a number is not in their dictionary.');
        return value;
      };
    case 'int-mult':
      return (primary, secondary) => wrapped(primary * mode.base + secondary);
    case 'float-mult': {
      const floats = new Floats(bits);
      const base = floats.ofLatent(mode.base);
      return (primary, secondary) =>
        wrapped(floats.latentOf(floats.wholeOfLatent(primary) * base) + secondary) ^ middle(bits);
    }
    case 'float-quant': {
      const shift = BigInt(mode.shift);
      const most = (1n << shift) - 1n;
      return (primary, secondary) => {
        const shifted = wrapped(primary << shift);
        return wrapped(shifted + (shifted >= middle(bits) ? secondary : most - secondary));
      };
    }
  }
}
