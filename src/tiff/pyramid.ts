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
 * What each image of a file is. The first that is neither mask nor reduced is the full resolution, and without such a one the first of
 * all. A reduced image is its overview where it is smaller and has the same samples; of two of the same size the second belongs to another
 * page (GDAL writes the overviews of the first page behind all pages). Everything else is a page.
 * @param warn is told of reduced images that are no overviews, and where the full resolution is not the first image.
 */
export function kindsOf(images: readonly PlacedLayout[], warn: (warning: string) => void): TiffImage['kind'][] {
  const fullIndex = Math.max(
    images.findIndex(({ layout }) => mayBeFull(layout)),
    0,
  );
  const full = images[fullIndex]?.layout;
  const sizes = new Set<string>();
  const [first] = images;
  if (full !== undefined && first !== undefined && fullIndex > 0) {
    warn(
      `The first image of the file is ${isMask(first.layout) ? 'a mask' : 'a reduced one'} by its own word, of ${first.layout.width} x ${first.layout.height} pixels; ` +
        `IFD ${fullIndex} is taken for the full resolution, with ${full.width} x ${full.height}. GDAL opens the first: GTIFF_DIR:${fullIndex + 1}:in.tif gives it the same image.`,
    );
  }
  return images.map(({ layout, offset }, index) => {
    if (index === fullIndex || full === undefined) return 'full';
    if (isMask(layout)) return 'mask';
    if (mayBeFull(layout)) return 'page';
    const size = `${layout.width} x ${layout.height}`;
    if (isSmallerCopy(layout, full) && !sizes.has(size)) {
      sizes.add(size);
      return 'overview';
    }
    warn(
      `${ifdName({ index, offset })} says that it is a reduced image, but with ${size} pixels and ${samplesInWords(layout)} it is no ` +
        `overview of IFD ${fullIndex} (${full.width} x ${full.height}, ${samplesInWords(full)})${sizes.has(size) ? ' that is not there already' : ''}; it was taken for a page of its own.`,
    );
    return 'page';
  });
}

function isSmallerCopy(layout: ImageLayout, full: ImageLayout): boolean {
  return (
    layout.width <= full.width &&
    layout.height <= full.height &&
    layout.width + layout.height < full.width + full.height &&
    layout.samplesPerPixel === full.samplesPerPixel &&
    layout.bitsPerSample.every((bits, sample) => bits === full.bitsPerSample[sample]) &&
    layout.sampleFormat.every((format, sample) => format === full.sampleFormat[sample])
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
