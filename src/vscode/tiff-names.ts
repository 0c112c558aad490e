/** The endings that mark a TIFF; compared without regard to case. */
const endings = ['tif', 'tiff', 'gtiff'];

/** The endings as the file dialog takes them, which some systems compare by case. */
export const dialogEndings = endings.flatMap((ending) => [ending, ending.toUpperCase()]);

/** Finds TIFFs in a workspace; globs know no option to ignore case. */
export const tiffGlob = `**/*.{${endings.map(inAnyCase).join(',')}}`;

/** Whether a path or name ends like a TIFF's. */
export function isTiffName(path: string): boolean {
  return new RegExp(`\\.(${endings.join('|')})$`, 'iu').test(path);
}

function inAnyCase(word: string): string {
  return word.replace(/./gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** What the worker calls a TIFF that is shown itself: the user opened it, so that it is read wherever it stands. */
export function tiffDocumentName(url: string): string {
  return `tiff ${url}`;
}
