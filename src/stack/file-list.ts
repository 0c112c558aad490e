import { KerchunkError } from '../errors';
import { countInWords } from '../words';

/**
 * The lines of a list of files that name something; those that begin with # do not. @param name of the list, for messages.
 * @throws KerchunkError `invalid-argument` for what is no text, and for a list that names nothing.
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
  return named;
}
