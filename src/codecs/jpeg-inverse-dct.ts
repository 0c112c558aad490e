/**
 * libjpeg's accurate integer inverse DCT (after Loeffler, Ligtenberg and Moschytz, ICASSP 1989) for samples of 12 bits: constants of 13
 * bits, and one bit kept between the two passes. Numbers are doubles here, because sums of 12-bit images pass 32 bits.
 */
const CONSTANT_BITS = 13;
const PASS_BITS = 1;

const constant = (value: number): number => Math.round(value * 2 ** CONSTANT_BITS);
const C0_298 = constant(0.298631336);
const C0_390 = constant(0.39018064);
const C0_541 = constant(0.5411961);
const C0_765 = constant(0.765366865);
const C0_899 = constant(0.899976223);
const C1_175 = constant(1.175875602);
const C1_501 = constant(1.50132111);
const C1_847 = constant(1.847759065);
const C1_961 = constant(1.96157056);
const C2_053 = constant(2.053119869);
const C2_562 = constant(2.562915447);
const C3_072 = constant(3.072711026);

/** Transforms 64 dequantised coefficients, row by row, into samples around 0, in place. */
export function inverseDct(block: Float64Array): void {
  for (let column = 0; column < 8; column++) transform(block, column, 8, CONSTANT_BITS - PASS_BITS);
  for (let row = 0; row < 8; row++) transform(block, row * 8, 1, CONSTANT_BITS + PASS_BITS + 3);
}

/** Eight values from `start` on, `step` apart; the results are divided by 2^shift and rounded half up. */
function transform(block: Float64Array, start: number, step: number, shift: number): void {
  const at = (index: number): number => block[start + index * step] ?? 0;
  const scale = 2 ** shift;
  const put = (index: number, value: number): void => {
    block[start + index * step] = Math.floor((value + scale / 2) / scale);
  };

  const even = (at(2) + at(6)) * C0_541;
  const even2 = even - at(6) * C1_847;
  const even3 = even + at(2) * C0_765;
  const even0 = (at(0) + at(4)) * 2 ** CONSTANT_BITS;
  const even1 = (at(0) - at(4)) * 2 ** CONSTANT_BITS;

  const both = (at(7) + at(3) + at(5) + at(1)) * C1_175;
  const z1 = -(at(7) + at(1)) * C0_899;
  const z2 = -(at(5) + at(3)) * C2_562;
  const z3 = both - (at(7) + at(3)) * C1_961;
  const z4 = both - (at(5) + at(1)) * C0_390;
  const odd0 = at(7) * C0_298 + z1 + z3;
  const odd1 = at(5) * C2_053 + z2 + z4;
  const odd2 = at(3) * C3_072 + z2 + z3;
  const odd3 = at(1) * C1_501 + z1 + z4;

  put(0, even0 + even3 + odd3);
  put(7, even0 + even3 - odd3);
  put(1, even1 + even2 + odd2);
  put(6, even1 + even2 - odd2);
  put(2, even1 - even2 + odd1);
  put(5, even1 - even2 - odd1);
  put(3, even0 - even3 + odd0);
  put(4, even0 - even3 - odd0);
}
