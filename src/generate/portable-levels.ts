import type { TiffDescription } from '../tiff/types';
import { type Level, levelOf, writtenImages } from './level';
import { checkReferences } from './limits';
import { imageName } from './names';
import { scalingOf } from './scaling';
import { lastStripRefusal } from './short-strip';
import { obstacleOf } from './strip-obstacle';
import type { GenerateOptions } from './types';

/** What decides which levels of a TIFF are written, and how. */
export type LevelChoice = Pick<GenerateOptions, 'overviews' | 'preview' | 'lastStrip'>;

/**
 * The levels that the preset portable writes, by the headers alone, which say all that stands in the way but whether a short last strip decodes
 * and becomes short enough.
 * @throws KerchunkError `not-expressible`, `malformed-tiff`, `limit-exceeded` for more chunks than one file can list, and `short-last-strip` for one
 * that cannot be written anew.
 */
export function portableLevels(tiff: TiffDescription, choice: LevelChoice): Level[] {
  const levels = writtenImages(tiff, choice).map((image, index) => levelOf(tiff, index, image, choice));
  const [full] = levels;
  const references = levels.reduce((sum, { layout }) => sum + layout.chunks - layout.sparse, 0);
  if (full !== undefined) checkReferences(references, `${imageName(tiff, 0)} with its overviews`, full.image);
  scalingOf(tiff, imageName(tiff, 0));
  if (choice.preview === true) return levels;
  for (const [index, level] of levels.entries()) {
    const obstacle = level.layout.shortStrip === undefined ? undefined : obstacleOf(level);
    if (obstacle !== undefined) throw lastStripRefusal(level.stated, imageName(tiff, index), obstacle);
  }
  return levels;
}
