import type { TiffImage } from './types';
import type { ImageLayout } from './image';

const REDUCED = 1;
const MASK = 4;
const TRANSPARENCY_MASK = 4;

/**
 * What each image of a file is. NewSubfileType (254) tells masks and reduced images; a mask is told by its photometric interpretation too,
 * so that none is taken for an overview. The first image that is neither is the full resolution, any other such image a page.
 */
export function kindsOf(layouts: readonly ImageLayout[]): TiffImage['kind'][] {
  const isMask = (layout: ImageLayout): boolean =>
    (layout.subfileType & MASK) !== 0 || (layout.photometric === TRANSPARENCY_MASK && layouts.length > 1);
  const isReduced = (layout: ImageLayout): boolean => (layout.subfileType & REDUCED) !== 0;
  const fullIndex = Math.max(
    layouts.findIndex((layout) => !isMask(layout) && !isReduced(layout)),
    0,
  );
  const full = layouts[fullIndex];
  return layouts.map((layout, index) => {
    if (index === fullIndex || full === undefined) return 'full';
    if (isMask(layout)) return 'mask';
    return isReduced(layout) && isSmallerCopy(layout, full) ? 'overview' : 'page';
  });
}

function isSmallerCopy(layout: ImageLayout, full: ImageLayout): boolean {
  return (
    layout.width <= full.width &&
    layout.height <= full.height &&
    layout.samplesPerPixel === full.samplesPerPixel &&
    layout.bitsPerSample.every((bits, sample) => bits === full.bitsPerSample[sample])
  );
}

/** Full resolution first, then the overviews from large to small. */
export function levelsOf(images: readonly TiffImage[]): TiffImage[] {
  const overviews = images.filter(({ kind }) => kind === 'overview');
  return [
    ...images.filter(({ kind }) => kind === 'full'),
    ...overviews.sort((a, b) => b.width * b.height - a.width * a.height),
  ];
}
