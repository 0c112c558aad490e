import type { JsonObject, JsonValue } from '../json';
import { shortJson } from '../json';
import { formatJson } from '../references/write';
import type { RasterGrid } from '../generate/raster-grid';
import { isReordered } from './band-order';
import type { TiffPart } from './part';

/** A property in which one file differs from the others, both values in words. */
export interface Difference {
  property: string;
  own: string;
  others: string;
}

/** Attributes that change what the stored values mean; all others describe one file. */
const MEANING: readonly string[] = [
  'scale_factor',
  'add_offset',
  'band_scale_factors',
  'band_add_offsets',
  'units',
  'color_table',
];

/**
 * Where two grids differ: their place in thousandths of a pixel at each corner, their size, their CRS.
 * @param withPlace whether they must lie in the same place and have the same size too; tiles of a mosaic need not.
 */
export function gridDifferences(own: RasterGrid, others: RasterGrid, withPlace = true): Difference[] {
  const differences: Difference[] = [];
  const add = (property: string, a: string, b: string): void => void differences.push({ property, own: a, others: b });
  if (withPlace && (own.width !== others.width || own.height !== others.height)) {
    add('size in pixels', `${own.width} x ${own.height}`, `${others.width} x ${others.height}`);
  }
  if (!isSameTransform(own, others, withPlace)) add('transform', transformInWords(own), transformInWords(others));
  if (formatJson(own.crs) !== formatJson(others.crs)) add('CRS', crsInWords(own.crs), crsInWords(others.crs));
  return differences;
}

/** Whether two grids are one: the same pixels in the same place. */
export function isSameGrid(a: RasterGrid, b: RasterGrid): boolean {
  return gridDifferences(a, b).length === 0;
}

function isSameTransform(
  { width, height, transform: a }: RasterGrid,
  { transform: b }: RasterGrid,
  withPlace: boolean,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  const pixel = Math.max(Math.abs(b[1]), Math.abs(b[2]), Math.abs(b[4]), Math.abs(b[5]));
  const corners = withPlace
    ? ([
        [0, 0],
        [width, 0],
        [0, height],
      ] as const)
    : ([
        [1, 0],
        [0, 1],
      ] as const);
  const origins = withPlace ? [0, 0] : [a[0] - b[0], a[3] - b[3]];
  const tolerance = withPlace ? 1e-3 * pixel : 1e-6 * pixel;
  return corners.every(([column, row]) => {
    const across = a[0] - b[0] - (origins[0] ?? 0) + column * (a[1] - b[1]) + row * (a[2] - b[2]);
    const down = a[3] - b[3] - (origins[1] ?? 0) + column * (a[4] - b[4]) + row * (a[5] - b[5]);
    return Math.abs(across) <= tolerance && Math.abs(down) <= tolerance;
  });
}

/** What must agree where chunks of several files become one array, apart from the grid. */
export function arrayDifferences(own: TiffPart, others: TiffPart): Difference[] {
  const differences: Difference[] = [];
  const compare = (property: string, a: JsonValue | undefined, b: JsonValue | undefined): void => {
    const [text, other] = [a, b].map((value) => (value === undefined ? 'none' : formatJson(value)));
    if (text === other) return;
    // Long values, such as the tables of a JPEG, may begin alike.
    const [shown = '', shownOther = ''] = [a, b].map((value) => (value === undefined ? 'none' : shortJson(value, 120)));
    const isHidden = shown === shownOther;
    differences.push({
      property,
      own: shown,
      others: isHidden ? `${shownOther} (they differ behind what is shown)` : shownOther,
    });
  };
  compare('dimensions', [...own.dimensions], [...others.dimensions]);
  compare('bands', bandsOf(own), bandsOf(others));
  if (isReordered(own, others)) {
    compare('order of the bands', [...(own.descriptions ?? [])], [...(others.descriptions ?? [])]);
  }
  compare('data type', own.metadata.dtype, others.metadata.dtype);
  compare('chunk shape', [...own.chunkShape], [...others.chunkShape]);
  compare('compressor', own.metadata.compressor, others.metadata.compressor);
  if (differences.every(({ property }) => property !== 'chunk shape' && property !== 'data type')) {
    compare('filters', own.metadata.filters, others.metadata.filters);
  }
  if (own.hasNodata || others.hasNodata) {
    const [nodata, other] = [own, others].map(({ hasNodata, metadata }) =>
      hasNodata ? metadata.fill_value : undefined,
    );
    compare('nodata', nodata, other);
  }
  for (const name of MEANING) compare(name, meaningOf(own.attributes, name), meaningOf(others.attributes, name));
  return differences;
}

/** A scale of 1 and an offset of 0 are those of values that nothing is said of. */
function meaningOf(attributes: JsonObject, name: string): JsonValue | undefined {
  const isScaled = attributes.band_scale_factors === undefined;
  if (name === 'scale_factor' && isScaled) return attributes.scale_factor ?? 1;
  if (name === 'add_offset' && isScaled) return attributes.add_offset ?? 0;
  return attributes[name];
}

function bandsOf({ dimensions, shape }: TiffPart): number {
  const axis = dimensions.indexOf('band');
  return axis < 0 ? 1 : (shape[axis] ?? 1);
}

/**
 * All that must agree but the order of bands, as text: equal for files that agree, as far as the grid's place is not measured in fractions of a
 * pixel.
 */
export function signatureOf(part: TiffPart): string {
  const { metadata, attributes } = part;
  return formatJson([
    [...part.dimensions],
    bandsOf(part),
    metadata.dtype ?? null,
    [...part.chunkShape],
    metadata.compressor ?? null,
    metadata.filters ?? null,
    part.hasNodata ? (metadata.fill_value ?? null) : 'none',
    ...MEANING.map((name) => meaningOf(attributes, name) ?? null),
  ]);
}

function transformInWords({ transform }: RasterGrid): string {
  return transform === undefined ? 'none' : transform.map(String).join(' ');
}

/** The code of a CRS where its WKT ends with one, else its name. */
export function crsInWords(crs: JsonObject): string {
  const wkt = typeof crs.crs_wkt === 'string' ? crs.crs_wkt : undefined;
  if (wkt === undefined) return Object.keys(crs).length === 0 ? 'none' : 'one without an EPSG code';
  const [, code] = /(?:AUTHORITY\["EPSG","|ID\["EPSG",)(\d+)"?\]\]$/u.exec(wkt) ?? [];
  return code === undefined ? (/"([^"]*)"/u.exec(wkt)?.[1] ?? wkt.slice(0, 40)) : `EPSG:${code}`;
}
