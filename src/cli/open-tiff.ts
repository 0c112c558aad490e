import { publicAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import type { ByteSource, SourceOpener } from '../bytes/source';
import { KerchunkError, NotFoundError } from '../errors';
import { isReferenceAddress } from '../read/folder-at-address';
import { describeTiff } from '../tiff/describe';
import { beginsAsTiff } from '../tiff/format';
import type { TiffDescription } from '../tiff/types';
import { isAddress, type Terminal } from './terminal';

/**
 * The TIFF at a path or address; undefined where something else stands there, or nothing, and for an address whose name is that of a reference
 * file.
 * @throws KerchunkError what describeTiff throws.
 */
export async function openTiff(
  terminal: Terminal,
  file: string,
  opener: SourceOpener,
): Promise<TiffDescription | undefined> {
  if (!isAddress(file)) {
    const url = terminal.fileUrl(file);
    // A look that is no part of reading a TIFF is not counted as such.
    if (!(await beginsSo(createOpener({}).open(url), terminal.signal))) return undefined;
    return describeTiff(opener.open(url), { signal: terminal.signal });
  }
  if (isReferenceAddress(file)) return undefined;
  const url = publicAddress(file);
  try {
    return await describeTiff(opener.open(url), { signal: terminal.signal });
  } catch (error) {
    const isOther = error instanceof NotFoundError || (error instanceof KerchunkError && error.code === 'not-a-tiff');
    if (isOther) return undefined;
    throw error;
  }
}

/** What cannot be read begins as nothing: who reads it next says why. */
async function beginsSo(source: ByteSource, signal: AbortSignal): Promise<boolean> {
  try {
    return beginsAsTiff(await source.read(0, 4, signal));
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    return false;
  }
}
