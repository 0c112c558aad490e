import type { Range } from './stretch';

/** How values between the ends of a range are spread over the colours. */
export const scaleNames = ['linear', 'log', 'symlog'] as const;
export type ScaleName = (typeof scaleNames)[number];

/** A symmetric logarithm is nearly linear below this part of the range's larger end: three decades to each side of zero are told apart. */
const LINEAR_PART = 1e-3;

/** Places from 0 (the range's low end) to 1 (its high end), and back. */
export interface Scale {
  /** Not limited to 0 to 1; NaN for NaN, and in a logarithm for what is not positive. */
  placeOf: (value: number) => number;
  valueAt: (place: number) => number;
}

/**
 * The scale over a range: `linear`; `log`, where both ends are positive; `symlog`, sign(x) * ln(1 + |x| / c), where c is a thousandth of
 * the range's larger end. A range of one value places that at 1/2, what is less at 0 and what is more at 1. Undefined for a logarithm
 * of a range that is not positive.
 */
export function scaleOver({ low, high }: Range, name: ScaleName): Scale | undefined {
  if (name === 'log' && !(low > 0 && high > 0)) return undefined;
  const { forward, back } = functionsOf(name, linearBelow({ low, high }));
  const [from, to] = [forward(low), forward(high)];
  const length = to - from;
  if (length === 0 || !Number.isFinite(length)) {
    return { placeOf: (value) => placeBeside(value, low, name), valueAt: () => low };
  }
  return {
    placeOf: (value) => (forward(value) - from) / length,
    // The ends themselves, not what the way there and back makes of them.
    valueAt: (place) => (place === 0 ? low : place === 1 ? high : back(from + place * length)),
  };
}

/** Up to which magnitude a symmetric logarithm over a range is nearly linear. */
export function linearBelow({ low, high }: Range): number {
  return Math.max(Math.abs(low), Math.abs(high)) * LINEAR_PART || 1;
}

function functionsOf(name: ScaleName, c: number): { forward: (x: number) => number; back: (y: number) => number } {
  switch (name) {
    case 'linear':
      // Halves: the distance of the farthest numbers is more than a double holds.
      return { forward: (x) => x / 2, back: (y) => y * 2 };
    case 'log':
      return { forward: (x) => (x > 0 ? Math.log(x) : NaN), back: Math.exp };
    case 'symlog':
      return {
        forward: (x) => Math.sign(x) * Math.log1p(Math.abs(x) / c),
        back: (y) => Math.sign(y) * Math.expm1(Math.abs(y)) * c,
      };
  }
}

function placeBeside(value: number, only: number, name: ScaleName): number {
  if (Number.isNaN(value) || (name === 'log' && value <= 0)) return NaN;
  return value < only ? 0 : value > only ? 1 : 0.5;
}
