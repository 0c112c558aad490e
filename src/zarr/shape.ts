/** Elements of an array of this shape; 1 for no axes. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
