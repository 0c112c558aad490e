/** Values of a block along each axis. */
export const SIDE = 4;

/**
 * Places in a block of four axes, in hex, two bits for each index, the first axis lowest. They follow no rule that is shorter: the table was
 * read off the streams that zfp 1.0.1 writes for blocks with one coefficient each.
 */
const FOUR_AXES = [
  '00010410400550114441140208208054514515061242184809602124818490030c30c055524616491958256461949185',
  '0aa0228882280713431c4c0d703134c1c4d056596595a189298626a41a989268624a5347174d1d5c357471d4d1c50b23',
  '832c8c0eb03238c2c8e05aa566999669a8a28a2a575d75d51b4b632787936c2d8d9c1e4eb1b436727839c6d2d8c9e1e4',
  '0ff033ccc33ca9a69a6a5b67976d9d5eb57679d6d9e5a38b2b8e2eac3ab8b2e8e2caf1cd3dc737f41fdcd37c734faaa7',
  '9b6b9e6ead7ab9b6e9e6da5ff577ddd77df2ce3ecb3bf82fece3bcb38fabaebaeaf6de7edb7bf96fede7bdb79ffcf3cf',
  '3faffabbeeebbefdf7df7ffefbefbfff',
].join('');

/**
 * The places in a block of 4^axes values at which the coefficients stand, in the order in which zfp keeps them: by the sum of their indices,
 * then by the sum of their squares, and where those agree as `tie` says. The first axis is the fastest.
 */
export function coefficientOrder(axes: number): Uint8Array {
  const places = Array.from({ length: SIDE ** axes }, (_, place) => place);
  if (axes === SIDE) return Uint8Array.from(places, (i) => Number.parseInt(FOUR_AXES.slice(2 * i, 2 * i + 2), 16));
  const keys = places.map((place) => {
    const indices = Array.from({ length: axes }, (_, axis) => (place >>> (2 * axis)) & 3);
    const degree = indices.reduce((sum, index) => sum + index, 0);
    const squares = indices.reduce((sum, index) => sum + index * index, 0);
    return [degree, squares, ...tie(indices)];
  });
  const compare = (a: number, b: number): number => {
    const [left, right] = [keys[a] ?? [], keys[b] ?? []];
    const differs = left.findIndex((key, i) => key !== right[i]);
    return (left[differs] ?? 0) - (right[differs] ?? 0);
  };
  return Uint8Array.from(places.sort(compare));
}

/** The place of the one of three indices that differs from the others; else that of the largest, then which of those behind it is next. */
function tie(indices: number[]): number[] {
  const largest = indices.indexOf(Math.max(...indices));
  if (indices.length === 3 && new Set(indices).size === 2) {
    return [indices.findIndex((index) => indices.filter((other) => other === index).length === 1)];
  }
  const behind = indices.map((_, i) => indices[(largest + 1 + i) % indices.length] ?? 0).slice(0, -1);
  return [largest, behind.indexOf(Math.max(...behind))];
}
