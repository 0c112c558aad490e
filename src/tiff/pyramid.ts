import { ifdName } from './directory';
import type { ImageLayout } from './image';
import { samplesInWords } from './names';
import type { TiffImage } from './types';

const REDUCED = 1;
const MASK = 4;
const TRANSPARENCY_MASK = 4;

/** An image and where its IFD stands. */
export interface PlacedLayout {
  layout: ImageLayout;
  offset: number;
}

/** Whether an image can be the full resolution: neither a mask nor reduced, by NewSubfileType (254) and photometric interpretation. */
export function mayBeFull(layout: { subfileType: number; photometric: number }): boolean {
  return !isMask(layout) && (layout.subfileType & REDUCED) === 0;
}

function isMask(layout: { subfileType: number; photometric: number }): boolean {
  return (layout.subfileType & MASK) !== 0 || layout.photometric === TRANSPARENCY_MASK;
}

/**
 * Which image is the full resolution: the first that is neither mask nor reduced, and without such a one the first of all.
 * @param page the one that was asked for, which it then is.
 */
export function fullIndexOf(images: readonly PlacedLayout[], page?: number): number {
  const first = images.findIndex(({ layout }) => layout.subIfd === undefined && mayBeFull(layout));
  return page ?? Math.max(first, 0);
}

/**
 * What each image of a file is, around the full resolution. A reduced image is its overview where it is smaller and has the same samples; of two of the same size the second belongs to another
 * page (GDAL writes the overviews of the first page behind all pages).
 * SubIFDs are overviews by the same rules, and also where they do not say that they are reduced but have the proportions of the full
 * resolution, because the tag that leads to them says whose they are. Everything else is a page.
 * @param fullIndex the full resolution, and `images` all of the chain before all SubIFDs.
 * @param warn is told of reduced images that are no overviews, and where the full resolution is not the first image.
 */
export function kindsOf(
  images: readonly PlacedLayout[],
  fullIndex: number,
  warn: (warning: string) => void,
): TiffImage['kind'][] {
  const isUsual = fullIndex === fullIndexOf(images);
  const full = images[fullIndex]?.layout;
  const sizes = new Set<string>();
  const [first] = images;
  if (isUsual && full !== undefined && first !== undefined && fullIndex > 0) {
    warn(
      `The first image of the file is ${isMask(first.layout) ? 'a mask' : 'a reduced one'} by its own word, of ${first.layout.width} x ${first.layout.height} pixels; ` +
        `IFD ${fullIndex} is taken for the full resolution, with ${full.width} x ${full.height}. GDAL opens the first: GTIFF_DIR:${fullIndex + 1}:in.tif gives it the same image.`,
    );
  }
  return images.map(({ layout, offset }, index) => {
    if (index === fullIndex || full === undefined) return 'full';
    if (isMask(layout)) return 'mask';
    const isSub = layout.subIfd !== undefined;
    if (!isSub && mayBeFull(layout)) return 'page';
    // Reduced images of the chain belong to another image than the one that was asked for.
    if (!isSub && !isUsual) return 'overview';
    const size = `${layout.width} x ${layout.height}`;
    const isReduced = !mayBeFull(layout) || hasProportions(layout, full);
    if (isReduced && isSmallerCopy(layout, full) && !sizes.has(size)) {
      sizes.add(size);
      return 'overview';
    }
    warn(
      `${ifdName({ ...layout, offset })} ${isSub ? 'is a SubIFD' : 'says that it is a reduced image'}, but with ${size} pixels and ${samplesInWords(layout)} it is no ` +
        `overview of IFD ${fullIndex} (${full.width} x ${full.height}, ${samplesInWords(full)})${sizes.has(size) ? ' that is not there already' : ''}; it was ${isSub ? 'left out' : 'taken for a page of its own'}.`,
    );
    return 'page';
  });
}

/** Whether an image has the proportions of the full resolution, up to a pixel by which its sides were rounded. */
function hasProportions(layout: ImageLayout, full: ImageLayout): boolean {
  const difference = Math.abs(full.width * layout.height - full.height * layout.width);
  return difference <= Math.max(full.width, full.height);
}

/** Whether an image is smaller than the full resolution and has its samples. */
export function isSmallerCopy(layout: ImageLayout, full: ImageLayout): boolean {
  return (
    layout.width <= full.width &&
    layout.height <= full.height &&
    layout.width + layout.height < full.width + full.height &&
    layout.samplesPerPixel === full.samplesPerPixel &&
    layout.bitsPerSample.every((bits, sample) => bits === full.bitsPerSample[sample]) &&
    layout.sampleFormat.every((format, sample) => format === full.sampleFormat[sample])
  );
}

/** Full resolution first, then its overviews from large to small. @param withChain whether those of the chain are its overviews, not SubIFDs alone. */
export function levelsOf(images: readonly TiffImage[], withChain: boolean): TiffImage[] {
  const overviews = images.filter(({ kind, subIfd }) => kind === 'overview' && (withChain || subIfd !== undefined));
  return [
    ...images.filter(({ kind }) => kind === 'full'),
    ...overviews.sort((a, b) => b.width * b.height - a.width * a.height),
  ];
}
