import { Tag } from './tags';
import type { Georeferencing } from './types';
import type { TagValues } from './values';

const RASTER_TYPE_KEY = 1025;
const PIXEL_IS_POINT = 2;

/**
 * The georeferencing that an image's tags state, as GDAL's GTiff driver computes it, operation by operation, so that the doubles are the
 * same: with ModelPixelScale the first tiepoint holds, whatever others there are, and ModelTransformation is not looked at; without
 * either, tiepoints are ground control points.
 */
export function readGeoreferencing(values: TagValues, warn: (warning: string) => void): Georeferencing {
  const directory = values.numbers(Tag.GeoKeyDirectory);
  const geoKeys = readGeoKeys(directory, values, warn);
  const rasterType = geoKeys.get(RASTER_TYPE_KEY) === PIXEL_IS_POINT ? 'point' : 'area';
  const tiepoints = values.numbers(Tag.ModelTiepoint);
  const [dx = 0, dy = 0] = values.numbers(Tag.ModelPixelScale);
  const hasScale = dx !== 0 && dy !== 0;
  const corner = hasScale ? fromScale(dx, dy, tiepoints) : fromMatrix(values.numbers(Tag.ModelTransformation));
  const revision = directory[2];
  return {
    ...(corner === undefined ? {} : { transform: rasterType === 'point' ? shiftToCorner(corner) : corner }),
    ...(hasScale && corner === undefined ? { scaleWithoutPlace: [dx, dy] as const } : {}),
    groundControlPoints: corner === undefined ? Math.floor(tiepoints.length / 6) : 0,
    rasterType,
    geoKeys,
    ...(revision === undefined ? {} : { geoKeyRevision: revision }),
  };
}

type Transform = NonNullable<Georeferencing['transform']>;

/**
 * ModelPixelScale (33550) and the first tiepoint (33922): (i, j, k) of the raster stands at (x, y, z). Rows go down whatever the sign of
 * the scale: GDAL takes a negative one for a mistake.
 */
function fromScale(dx: number, dy: number, tiepoints: readonly number[]): Transform | undefined {
  if (tiepoints.length < 6) return undefined;
  const [i = 0, j = 0, , x = 0, y = 0] = tiepoints;
  const down = -Math.abs(dy);
  return [x - i * dx, dx, 0, y - j * down, 0, down];
}

/** ModelTransformation (34264): the 4 x 4 matrix from raster to model space, row by row. */
function fromMatrix(matrix: readonly number[]): Transform | undefined {
  if (matrix.length !== 16) return undefined;
  const [a = 0, b = 0, , c = 0, d = 0, e = 0, , f = 0] = matrix;
  return [c, a, b, f, d, e];
}

/** PixelIsPoint: the tags locate the centre of the upper left pixel, a GDAL transform its upper left corner. */
function shiftToCorner([x0, dx, rx, y0, ry, dy]: Transform): Transform {
  return [x0 - (dx * 0.5 + rx * 0.5), dx, rx, y0 - (ry * 0.5 + dy * 0.5), ry, dy];
}

/** GeoKeyDirectory (34735; GeoTIFF 1.1 section 7.1): each key's value, taken from GeoDoubleParams or GeoAsciiParams where it stands there. */
function readGeoKeys(
  directory: readonly number[],
  values: TagValues,
  warn: (warning: string) => void,
): Georeferencing['geoKeys'] {
  const doubles = values.numbers(Tag.GeoDoubleParams);
  const text = values.text(Tag.GeoAsciiParams) ?? '';
  const keys = new Map<number, number | string | readonly number[]>();
  const stated = directory[3] ?? 0;
  const count = Math.min(stated, Math.max(0, Math.floor(directory.length / 4) - 1));
  if (count < stated) {
    warn(`${values.ifd} claims ${stated} geo keys and has room for ${count}; the rest was left out.`);
  }
  for (let index = 1; index <= count; index += 1) {
    const [key = 0, location = 0, length = 0, value = 0] = directory.slice(index * 4, index * 4 + 4);
    if (location === 0) keys.set(key, value);
    else if (location === Tag.GeoAsciiParams && value < text.length) {
      keys.set(key, text.slice(value, value + length).replace(/\|$/u, ''));
    } else if (location === Tag.GeoDoubleParams && value < doubles.length) {
      keys.set(key, oneOrMore(doubles.slice(value, value + length)));
    } else if (location === Tag.GeoKeyDirectory && value < directory.length) {
      keys.set(key, oneOrMore(directory.slice(value, value + length)));
    } else {
      warn(
        `Geo key ${key} of ${values.ifd} points to a value that is not there (tag ${location}, number ${value}); the key was left out.`,
      );
    }
  }
  return keys;
}

function oneOrMore(numbers: readonly number[]): number | readonly number[] {
  const [first] = numbers;
  return first !== undefined && numbers.length === 1 ? first : numbers;
}
