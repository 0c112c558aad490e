/** The endings that mark a TIFF; compared without regard to case. */
export const TIFF_ENDINGS = ['tif', 'tiff', 'gtiff'];

/** Whether a path or name ends like a TIFF's. */
export function isTiffName(path: string): boolean {
  return new RegExp(`\\.(${TIFF_ENDINGS.join('|')})$`, 'iu').test(path);
}
