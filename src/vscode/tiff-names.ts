import { TIFF_ENDINGS } from '../tiff/file-names';

/** The endings as the file dialog takes them, which some systems compare by case. */
export const dialogEndings = TIFF_ENDINGS.flatMap((ending) => [ending, ending.toUpperCase()]);

/** Finds TIFFs in a workspace; globs know no option to ignore case. */
export const tiffGlob = `**/*.{${TIFF_ENDINGS.map(inAnyCase).join(',')}}`;

function inAnyCase(word: string): string {
  return word.replace(/./gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** What the worker calls a TIFF that is shown itself: the user opened it, so that it is read wherever it stands. */
export function tiffDocumentName(url: string): string {
  return `tiff ${url}`;
}
