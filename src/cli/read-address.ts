import { readingInWords, readWholeAddress } from '../bytes/whole-address';
import { createOpener } from '../bytes/open';
import { KerchunkError } from '../errors';
import { isParquetAddress } from '../read/folder-at-address';
import { beginsAsTiff } from '../tiff/format';
import { isAddress, type Terminal } from './terminal';

/** The largest reference file that is read from an address: 2 GiB. */
const LARGEST = 2 ** 31;
/** Milliseconds between two messages of progress. */
const INTERVAL = 1000;

/** The reference file at a path or address, as it is stored. @throws KerchunkError `fetch-failed`, `cancelled`; as readWholeAddress. */
export function readFileOrAddress(terminal: Terminal, file: string): Promise<Uint8Array> {
  return isAddress(file) ? readAddress(terminal, file) : terminal.readFile(file);
}

/** The address against which relative targets of a reference file resolve. */
export function urlOf(terminal: Pick<Terminal, 'fileUrl'>, file: string): string {
  return isAddress(file) ? file : terminal.fileUrl(file);
}

/**
 * A TIFF may be a thousand times as large as a reference file: it is known by four bytes.
 * @throws KerchunkError `not-json`.
 */
async function refuseTiff(url: string, signal: AbortSignal): Promise<void> {
  let start: Uint8Array;
  try {
    start = await createOpener({}).open(url).read(0, 4, signal);
  } catch (error) {
    // A server without ranges gives the whole file all the same.
    if (error instanceof KerchunkError && error.code !== 'cancelled') return;
    throw error;
  }
  if (!beginsAsTiff(start)) return;
  throw new KerchunkError(
    'not-json',
    `${url} is a TIFF, not a reference file. Run kerchunk generate on it first, and name the reference file that it writes.`,
  );
}

/**
 * The whole file at an address; tells now and then how far it is.
 * @throws KerchunkError as readWholeAddress.
 */
async function readAddress(terminal: Pick<Terminal, 'tell' | 'signal'>, url: string): Promise<Uint8Array> {
  if (isParquetAddress(url) === undefined) await refuseTiff(url, terminal.signal);
  let last = performance.now();
  return readWholeAddress(url, {
    signal: terminal.signal,
    limit: LARGEST,
    onProgress: (bytes, size) => {
      const now = performance.now();
      if (now - last < INTERVAL) return;
      last = now;
      terminal.tell(`Reading ${url}: ${readingInWords(bytes, size)}`);
    },
  });
}
