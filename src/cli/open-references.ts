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
  return { set: parseReferences(text, { url }), text, url };
}

/**
 * The array at `path`, leading and trailing slashes allowed.
 * @throws KerchunkError `invalid-argument` listing the arrays that there are.
 */
export function arrayAt(set: ReferenceSet, path: string): ZarrArray {
  const wanted = path.replace(/^\/+|\/+$/gu, '');
  const paths = set.arrayPaths();
  if (!paths.includes(wanted)) {
    const known = paths.length === 0 ? 'The file holds no array' : `The file holds: ${paths.slice(0, 20).join(', ')}`;
    throw new KerchunkError('invalid-argument', `There is no array "${wanted}". ${known}.`);
  }
  return set.array(wanted);
}
