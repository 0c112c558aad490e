import { publicAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import type { ByteSource, SourceOpener } from '../bytes/source';
import { KerchunkError } from '../errors';
import { describeTiff } from '../tiff/describe';
import { beginsAsTiff } from '../tiff/format';
import type { TiffDescription } from '../tiff/types';
import { isAddress, type Terminal } from './terminal';

/**
 * The TIFF at a path or address; undefined for a path at which something else stands, or nothing.
 * @throws KerchunkError `invalid-argument` for an address at which no TIFF stands, and what describeTiff throws.
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
  try {
    return await describeTiff(opener.open(publicAddress(file)), { signal: terminal.signal });
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code !== 'not-a-tiff') throw error;
    const message = `${error.message} Of addresses only those of TIFFs are read here; download a reference file and name it by its path.`;
    throw new KerchunkError('invalid-argument', message, { cause: error });
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
