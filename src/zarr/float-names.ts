const NAMES: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ['inf', 'Infinity'],
  ['infinity', 'Infinity'],
  ['-nan', 'NaN'],
  ['-inf', '-Infinity'],
  ['-infinity', '-Infinity'],
]);

/**
 * The name that zarr has for a float without digits (`NaN`, `Infinity`, `-Infinity`), of one as numpy, Python or others spell it, in letters of
 * any size and with a plus sign or without. Undefined for any other text.
 */
export function floatName(text: string): string | undefined {
  return NAMES.get(text.toLowerCase().replace(/^\+/u, ''));
}
