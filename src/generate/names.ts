import { KerchunkError } from '../errors';
import type { TiffDescription } from '../tiff/types';
import { bandTexts } from './bands';

/** xarray's own name for the values of a raster. */
const DEFAULT_NAME = 'band_data';

/** Names that the coordinates have. */
const taken: ReadonlySet<string> = new Set(['x', 'y', 'band', 'spatial_ref']);

/**
 * The array's name: what the user says, else the only band's description where it is an identifier, else `band_data`. Never the file's name:
 * arrays of the same name are what a stack of files is made of.
 * @throws KerchunkError `invalid-argument` for a name that zarr or the coordinates cannot have beside them.
 */
export function arrayName(tiff: TiffDescription, wanted: string | undefined): string {
  if (wanted !== undefined) {
    if (/^[^/\\\0.][^/\\\0]*$/u.test(wanted) && !taken.has(wanted)) return wanted;
    const reason = taken.has(wanted)
      ? 'a coordinate has that name'
      : 'a name has no slash and does not begin with a dot';
    throw new KerchunkError('invalid-argument', `"${wanted}" cannot name the array: ${reason}.`);
  }
  const [description, ...others] = bandTexts(tiff, 'description');
  if (others.length > 0 || description === undefined) return DEFAULT_NAME;
  return /^[A-Za-z_]\w*$/u.test(description) && !taken.has(description) ? description : DEFAULT_NAME;
}

/** How messages name an image of a file: `red.tif`, `red.tif, overview of 5490 x 5490`. */
export function imageName(tiff: TiffDescription, level: number): string {
  const file = decodeURIComponentSafely(/[^/\\]*$/u.exec(tiff.url.replace(/[?#].*$/u, ''))?.[0] ?? tiff.url);
  const image = tiff.levels[level];
  const full = tiff.page === undefined ? file : `${file}, IFD ${tiff.page}`;
  return level === 0 || image === undefined ? full : `${full}, overview of ${image.width} x ${image.height}`;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
