import type { TiffDescription, TiffImage } from '../tiff/types';
import { bandTexts } from './bands';
import { YCBCR } from './colours';
import { isJpeg } from './compression';

/** ExtraSamples (338): alpha, with the colours multiplied by it or not; 999 is CorelDRAW's, which libtiff takes for 2. */
const ALPHA: readonly (number | undefined)[] = [1, 2, 999];

/** What the samples of a pixel are before extra samples, by PhotometricInterpretation (262), in GDAL's words. */
const ROLES: ReadonlyMap<number, readonly string[]> = new Map([
  [0, ['gray']],
  [1, ['gray']],
  [2, ['red', 'green', 'blue']],
  [3, ['palette']],
  [5, ['cyan', 'magenta', 'yellow', 'black']],
]);

/**
 * What each band is of a colour, in GDAL's words: gray, red, green, blue, alpha, palette, undefined and so on; what GDAL_METADATA says of a band
 * counts more than the tags. Undefined where the only band is grey, and for colours that have no such words.
 */
export function colourRoles(tiff: TiffDescription): string[] | undefined {
  const [image] = tiff.levels;
  const roles = image === undefined ? undefined : rolesByTags(image);
  if (roles === undefined) return undefined;
  const said = bandTexts(tiff, 'colorinterp').map((text, band) => text?.toLowerCase() ?? roles[band] ?? 'undefined');
  return said.length === 1 && said[0] === 'gray' ? undefined : said;
}

function rolesByTags({ photometric, compression, samplesPerPixel, extraSamples }: TiffImage): string[] | undefined {
  const becomesRgb = photometric === YCBCR && isJpeg(compression);
  const colours = ROLES.get(becomesRgb ? 2 : photometric);
  if (colours === undefined) return undefined;
  const firstExtra = samplesPerPixel - extraSamples.length;
  return Array.from({ length: samplesPerPixel }, (_, band) => {
    const colour = colours[band];
    if (colour !== undefined) return colour;
    if (ALPHA.includes(extraSamples[band - firstExtra])) return 'alpha';
    // libtiff's RGB of four samples has alpha, though the file does not say so.
    return extraSamples.length === 0 && colours.length === 3 && band === 3 ? 'alpha' : 'undefined';
  });
}
