import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { checkTiles, type TileCheck } from '../tiff/check-tiles';
import type { TiffDescription } from '../tiff/types';
import { countInWords, plural } from '../words';
import { imageName } from './names';

/** Differences that a message names one by one. */
const NAMED = 5;

/** A check that found nothing, or could not be made. */
export type Verification = Exclude<TileCheck, { possible: true }> | { possible: true; checked: number; tiles: number };

/**
 * Checks the tiles of a TIFF before references to them are written.
 * @throws KerchunkError `malformed-tiff` naming the tiles that differ with both values, and what checkTiles throws.
 */
export async function verifyTiles(
  tiff: TiffDescription,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<Verification> {
  const check = await checkTiles(tiff, source, signal);
  if (!check.possible) return check;
  const { checked, tiles, differences } = check;
  if (differences.length === 0) return { possible: true, checked, tiles };
  const named = differences
    .slice(0, NAMED)
    .map(({ ifd, tile, message }) => `of tile ${countInWords(tile)} of IFD ${ifd}, ${message}`);
  const more = differences.length > NAMED ? `; and ${countInWords(differences.length - NAMED)} more` : '';
  throw new KerchunkError(
    'malformed-tiff',
    `${imageName(tiff, 0)}: ${plural(differences.length, 'difference')} in the ${plural(checked, 'tile')} that were checked against the file's ghost area: ` +
      `${named.join('; ')}${more}. Nothing was written. The file was edited or damaged after it was made; get it anew, or, where its pixels are right, ` +
      'rewrite it: gdal_translate -of COG in.tif out.tif.',
  );
}
