import { countInWords, plural } from '../words';
import { isSmallerCopy } from './pyramid';
import type { TiffDescription, TiffImage } from './types';

/** What GDAL adds to a TIFF's whole name for a file of its overviews, and for one of its mask. */
export const BESIDE = { overviews: '.ovr', mask: '.msk' } as const;

/** The address of a file beside the one at `address`, whose query and fragment stay behind its name. */
export function addressBeside(address: string, ending: string): string {
  const isWeb = /^(?!file:)[a-z][a-z0-9+.-]+:\/\//iu.test(address);
  const [path = address] = isWeb ? (/^[^?#]*/u.exec(address) ?? []) : [];
  return `${path}${ending}${address.slice(path.length)}`;
}

/**
 * A description with the overviews that stand beside the file, in one that has its name and `.ovr`. GDAL reads them only where the file has
 * none of its own, and so do we; they follow the rules of overviews in the file: smaller, of the same samples, one of each size. Those in
 * strips are left out, which GDAL does not write.
 * @param other the file of overviews.
 */
export function withOverviewsBeside(tiff: TiffDescription, other: TiffDescription): TiffDescription {
  const [full] = tiff.levels;
  const name = `the file of overviews beside it (${BESIDE.overviews})`;
  if (full === undefined) return tiff;
  if (tiff.levels.length > 1) {
    return withWarning(tiff, `The TIFF has overviews of its own, so that ${name} is left out, as GDAL leaves it.`);
  }
  const sizes = new Set<string>();
  const overviews = other.images.flatMap((image): TiffImage[] => {
    const size = `${image.width} x ${image.height}`;
    if (image.kind === 'mask' || image.subIfd !== undefined || !image.tiled) return [];
    if (!isSmallerCopy(image, full) || sizes.has(size)) return [];
    sizes.add(size);
    const { size: bytes, validator, byteOrder } = other;
    const file = {
      ending: BESIDE.overviews,
      byteOrder,
      ...(bytes === undefined ? {} : { size: bytes }),
      ...(validator === undefined ? {} : { validator }),
    };
    return [{ ...image, kind: 'overview', file }];
  });
  const others = other.images.length - overviews.length;
  const described: TiffDescription = {
    ...tiff,
    images: [...tiff.images, ...overviews],
    levels: [full, ...overviews.sort((a, b) => b.width * b.height - a.width * a.height)],
  };
  const warnings = other.warnings ?? [];
  const said = warnings.reduce((result, warning) => withWarning(result, `In ${name}: ${warning}`), described);
  if (others === 0) return said;
  return withWarning(
    said,
    `${plural(others, 'image')} of ${countInWords(other.images.length)} in ${name} left out: masks, and what is no overview of the TIFF.`,
  );
}

/** A description that says that a mask stands beside the file. */
export function withMaskBeside(tiff: TiffDescription): TiffDescription {
  return withWarning(
    { ...tiff, maskBeside: true },
    `A mask stands beside the file (${BESIDE.mask}); it is left out: references hold the pixels alone.`,
  );
}

/** A description with one warning more. */
export function withWarning(tiff: TiffDescription, warning: string): TiffDescription {
  return { ...tiff, warnings: [...(tiff.warnings ?? []), warning] };
}
