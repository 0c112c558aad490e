import { Tag } from './tags';
import type { Georeferencing } from './types';
import type { TagValues } from './values';

const RASTER_TYPE_KEY = 1025;
const PIXEL_IS_POINT = 2;

/** The georeferencing that an image's tags state, as GDAL's GTiff driver computes it, so that the doubles are the same. */
export function readGeoreferencing(values: TagValues): Georeferencing {
  const geoKeys = readGeoKeys(values);
  const rasterType = geoKeys.get(RASTER_TYPE_KEY) === PIXEL_IS_POINT ? 'point' : 'area';
  const tiepoints = values.numbers(Tag.ModelTiepoint);
  const corner =
    fromScale(values.numbers(Tag.ModelPixelScale), tiepoints) ?? fromMatrix(values.numbers(Tag.ModelTransformation));
  if (corner === undefined) return { groundControlPoints: Math.floor(tiepoints.length / 6), rasterType, geoKeys };
  return {
    transform: rasterType === 'point' ? shiftToCorner(corner) : corner,
    groundControlPoints: 0,
    rasterType,
    geoKeys,
  };
}

type Transform = NonNullable<Georeferencing['transform']>;

/** ModelPixelScale (33550) and the first tiepoint (33922): (i, j, k) of the raster stands at (x, y, z). */
function fromScale(scale: readonly number[], tiepoints: readonly number[]): Transform | undefined {
  const [dx = 0, dy = 0] = scale;
  const [i, j, , x, y, z] = tiepoints;
  if (
    dx === 0 ||
    dy === 0 ||
    i === undefined ||
    j === undefined ||
    x === undefined ||
    y === undefined ||
    z === undefined
  ) {
    return undefined;
  }
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
function readGeoKeys(values: TagValues): Georeferencing['geoKeys'] {
  const directory = values.numbers(Tag.GeoKeyDirectory);
  const doubles = values.numbers(Tag.GeoDoubleParams);
  const text = values.text(Tag.GeoAsciiParams) ?? '';
  const keys = new Map<number, number | string | readonly number[]>();
  const count = Math.min(directory[3] ?? 0, Math.floor(directory.length / 4) - 1);
  for (let index = 1; index <= count; index += 1) {
    const [key = 0, location = 0, length = 0, value = 0] = directory.slice(index * 4, index * 4 + 4);
    if (location === 0) keys.set(key, value);
    else if (location === Tag.GeoAsciiParams) keys.set(key, text.slice(value, value + length).replace(/\|$/u, ''));
    else if (location === Tag.GeoDoubleParams) {
      const numbers = doubles.slice(value, value + length);
      const [first] = numbers;
      if (first !== undefined) keys.set(key, numbers.length === 1 ? first : numbers);
    } else if (location === Tag.GeoKeyDirectory) keys.set(key, directory.slice(value, value + length));
  }
  return keys;
}
