import type { TiffDescription, TiffImage } from '../../tiff/types';
import { firstFileReference } from '../first-reference';
import { imageOf } from '../tiff-lookup';
import type { FixContext } from './types';

/** The TIFF that an array's first reference points into, as far as it has been looked at, and the image that holds that reference. */
export function knownTiffBehind(
  { set, tiffs }: Pick<FixContext, 'set' | 'tiffs'>,
  path: string,
): { tiff: TiffDescription; image: TiffImage | undefined } | undefined {
  if (set === undefined || tiffs.size === 0) return undefined;
  const reference = firstFileReference(set, path);
  const tiff = reference === undefined ? undefined : tiffs.get(reference.url);
  if (reference === undefined || tiff === undefined || tiff === 'other') return undefined;
  return { tiff, image: imageOf(tiff, reference) };
}
