import type { RasterGrid } from '../generate/raster-grid';

/** What units of CRS are called behind a number. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['metre', 'm'],
  ['meter', 'm'],
  ['kilometre', 'km'],
  ['foot', 'ft'],
  ['US survey foot', 'ft'],
  ['British foot (Sears 1922)', 'ft'],
]);

/**
 * The name of a group for one grid: its resolution in the unit of its CRS (`10m`, `0.5m`, `30ft`, `0.25deg`, `10x20m` where pixels are no squares); the
 * number alone, behind an r, where the unit is not known (`r10`); the size where it has no transform (`512x256`).
 */
export function resolutionName({ transform, system, width, height }: RasterGrid): string {
  if (transform === undefined) return `${width}x${height}`;
  const [, dx, rx, , ry, dy] = transform;
  const across = number(Math.hypot(dx, ry));
  const down = number(Math.hypot(rx, dy));
  const size = across === down ? across : `${across}x${down}`;
  const unit =
    system.kind === 'geographic' ? 'deg' : system.kind === 'projected' ? SYMBOLS.get(system.unit ?? '') : undefined;
  return unit === undefined ? `r${size}` : `${size}${unit}`;
}

/** At most six digits that count, without an exponent. */
function number(value: number): string {
  return String(Number(value.toPrecision(6))).includes('e')
    ? value.toFixed(12).replace(/0+$/u, '')
    : String(Number(value.toPrecision(6)));
}

/** A name that is not among those taken: `10m`, `10m_2`, `10m_3`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}

/** Pixels of a grid, for an order from fine to coarse: the area of one, or less where there is no transform than any with one has. */
export function pixelArea({ transform }: RasterGrid): number {
  return transform === undefined ? -1 : Math.abs(transform[1] * transform[5] - transform[2] * transform[4]);
}
