import { KerchunkError } from '../errors';
import { countInWords } from '../words';

/** Bytes of a list or of STAC that are read: some hundred thousand items. */
export const MOST_LIST_BYTES = 512 * 2 ** 20;

/** The text of a list or of STAC, and which of the two it is: STAC is JSON, which begins as an object. */
export function textOfList(bytes: Uint8Array): { text: string; isStac: boolean } {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/u, '');
  return { text, isStac: text.trimStart().startsWith('{') };
}

/** Whether a line of a list names STAC, or another list, by its ending: of a web address what stands before its query. */
export function isStacName(line: string): boolean {
  return /\.(?:json|geojson)$/iu.test(/^https?:/iu.test(line) ? line.replace(/[?#].*$/u, '') : line);
}

/** Whether a line has several columns: addresses have commas and semicolons too. */
function isRow(line: string): boolean {
  return !line.startsWith('#') && !/^[a-z][a-z0-9+.-]*:\/\//iu.test(line) && /[,;\t]/u.test(line);
}

/**
 * The lines of a list of files that name something; those that begin with # do not. @param name of the list, for messages.
 * @throws KerchunkError `invalid-argument` for what is no text, for a list that names nothing, and for a table (.csv) of more than
 * one column: which of them names the files is not guessed.
 */
export function linesOfList(text: string, name: string): string[] {
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  const binary = lines.findIndex((line) => /[\p{Cc}\ufffd]/u.test(line.replaceAll('\t', ' ')));
  const named = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (binary >= 0 || named.length === 0) {
    throw new KerchunkError(
      'invalid-argument',
      `${name} is no TIFF, no STAC and no list of files${binary >= 0 ? ` (line ${countInWords(binary + 1)} is no text)` : ', as it names none'}. ` +
        'A list has a path or address of a TIFF in each line.',
    );
  }
  const columns = /\.csv(?:[?#]|$)/iu.test(name) ? lines.findIndex(isRow) : -1;
  if (columns >= 0) {
    throw new KerchunkError(
      'invalid-argument',
      `${name} is a table of several columns (line ${countInWords(columns + 1)}), and a list has nothing but a path or address of a TIFF in each line. Write that column alone to a text file.`,
    );
  }
  return named;
}
