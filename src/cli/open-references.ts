import type { SourceOpener } from '../bytes/source';
import { KerchunkError } from '../errors';
import { previewReferences } from '../generate/tiff-preview';
import { plainText } from '../read/compressed-text';
import { ParquetReferences } from '../references/parquet/parquet-references';
import type { ChunkRange } from '../references/parquet/set-loader';
import { parseReferences, parseReferencesInSlices } from '../references/parse';
import type { ReferenceSet } from '../references/reference-set';
import type { TiffDescription } from '../tiff/types';
import { chunkNumber, isInGrid } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { findParquet } from './find-parquet';
import { openTiff } from './open-tiff';
import { readFileOrAddress, urlOf } from './read-address';
import { isAddress, type Terminal } from './terminal';

/** The chunks that a command needs, by what the set holds, so that of a set in parquet no more is read. */
export type ChunksWanted = (metadata: ReferenceSet) => ChunkRange;

/**
 * Reads a reference file, or a reference set in parquet, at a path or address; of a TIFF by default the references that its pixels are read by,
 * whose codecs have no place in a reference file.
 * @throws KerchunkError `fetch-failed`, `not-json`, `malformed-reference`, and for a
 * TIFF what describeTiff and previewReferences throw.
 */
export async function openReferences(
  terminal: Terminal,
  file: string,
  opener: SourceOpener,
  chunks?: ChunksWanted,
  ofTiff: (tiff: TiffDescription) => Promise<ReferenceSet> = setOfTiff,
): Promise<ReferenceSet> {
  // What stands at an address says what it is; only where it is no TIFF, a folder of parquet may lie below.
  const atAddress = isAddress(file) ? await openTiff(terminal, file, opener) : undefined;
  if (atAddress !== undefined) return ofTiff(atAddress);
  const parquet = await findParquet(terminal, file);
  if (parquet !== undefined) {
    const references = await ParquetReferences.open(parquet.folder, parquet.url, terminal.signal);
    const range = chunks?.(references.metadata);
    return references.load({ signal: terminal.signal, ...(range === undefined ? {} : { ranges: [range] }) });
  }
  const tiff = isAddress(file) ? undefined : await openTiff(terminal, file, opener);
  if (tiff !== undefined) return ofTiff(tiff);
  return parseNamed(file, await readFileOrAddress(terminal, file), terminal);
}

/** The chunks of an array from the one at `first` to the one at `last`, in C order; none where these are not in its grid. */
export function chunksBetween(array: ZarrArray, first: readonly number[], last: readonly number[]): ChunkRange {
  const { path } = array;
  if (!isInGrid(array, first) || !isInGrid(array, last)) return { path, first: 0, end: 0 };
  return { path, first: chunkNumber(array, first), end: chunkNumber(array, last) + 1 };
}

/** The references of a TIFF, generated in memory. */
async function setOfTiff(tiff: TiffDescription): Promise<ReferenceSet> {
  const { text } = await previewReferences(tiff, tiff.url);
  return parseReferences(new TextEncoder().encode(text));
}

async function parseNamed(file: string, bytes: Uint8Array, terminal: Terminal): Promise<ReferenceSet> {
  const { signal } = terminal;
  try {
    const { text, compression } = await plainText(bytes, signal);
    return await parseReferencesInSlices(text, { url: urlOf(terminal, file), compression, signal });
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
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
