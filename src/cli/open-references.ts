import { KerchunkError } from '../errors';
import { parseReferences } from '../references/parse';
import type { ReferenceSet } from '../references/reference-set';
import type { ZarrArray } from '../zarr/types';
import { isAddress, type Terminal } from './terminal';

/**
 * Reads a reference file from the file system.
 * @throws KerchunkError `invalid-argument` for a web address, `fetch-failed`, `not-json`, `malformed-reference`.
 */
export async function openReferences(
  terminal: Terminal,
  file: string,
): Promise<{ set: ReferenceSet; text: Uint8Array; url: string }> {
  if (isAddress(file)) {
    throw new KerchunkError(
      'invalid-argument',
      `${file} is an address; download the reference file and name it by its path.`,
    );
  }
  const text = await terminal.readFile(file);
  const url = terminal.fileUrl(file);
  return { set: parseNamed(file, text, url), text, url };
}

function parseNamed(file: string, text: Uint8Array, url: string): ReferenceSet {
  try {
    return parseReferences(text, { url });
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    throw new KerchunkError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/**
 * The array at `path`, leading and trailing slashes allowed.
 * @throws KerchunkError `invalid-argument` listing the arrays that there are.
 */
export function arrayAt(set: ReferenceSet, path: string): ZarrArray {
  const wanted = path.replace(/^\/+|\/+$/gu, '');
  const paths = set.arrayPaths();
  if (!paths.includes(wanted)) {
    throw new KerchunkError('invalid-argument', `There is no array "${wanted}". ${arraysInWords(set)}.`);
  }
  return set.array(wanted);
}

/** The arrays of a file, the first 20 of them, as a sentence without its full stop. */
export function arraysInWords(set: ReferenceSet): string {
  const paths = set.arrayPaths();
  if (paths.length === 0) return 'The file holds no array';
  const more = paths.length > 20 ? `, and ${paths.length - 20} more` : '';
  return `The file holds: ${paths.slice(0, 20).join(', ')}${more}`;
}
