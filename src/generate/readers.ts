import type { JsonObject } from '../json';
import { codecsLacked, limits } from '../references/reader-facts';
import { packageFor } from './protocol';
import type { ReaderVerdict } from './types';

/** What the table of readers hangs on. */
export interface WrittenFile {
  /** Ids of all codecs of the arrays that lie in the file, filters and compressors. */
  codecs: ReadonlySet<string>;
  /** Metadata as objects rather than as strings. */
  nested: boolean;
  /** Whether all arrays stand in groups below the root. */
  inGroups: boolean;
  targetUrl: string;
  /** Whether the values that readers decode are wrong, though they open it. */
  wrong: boolean;
  /** Chunks whose bytes lie beyond the end of the TIFF. */
  unreadable: number;
}

/** Which readers open the file, and which cannot and why. */
export function readerVerdicts(file: WrittenFile): ReaderVerdict[] {
  return [xarrayVerdict(file), pythonVerdict('zarr-python 2 and 3', file), gdalVerdict(file), zarritaVerdict(file)];
}

/** The ids of a zarr v2 array's codecs. */
export function codecIds({
  compressor,
  filters,
}: {
  compressor: JsonObject | null;
  filters: JsonObject[] | null;
}): string[] {
  return [compressor, ...(filters ?? [])].flatMap((codec) => (typeof codec?.id === 'string' ? [codec.id] : []));
}

function xarrayVerdict(file: WrittenFile): ReaderVerdict {
  const reader = 'xarray (engine kerchunk)';
  return file.inGroups ? { reader, opens: false, reason: limits['in-group'].xarray } : pythonVerdict(reader, file);
}

function pythonVerdict(reader: string, file: WrittenFile): ReaderVerdict {
  const needed = [...file.codecs].some((id) => id.startsWith('imagecodecs_'));
  const codecs = needed
    ? 'with the package imagecodecs, after imagecodecs.numcodecs.register_codecs(verbose=False)'
    : 'with the codecs that numcodecs has built in';
  const forAddress = packageFor(file.targetUrl);
  const address = forAddress === undefined ? '' : `, and with the package ${forAddress} for the address`;
  return opening(reader, codecs + address, file);
}

function gdalVerdict(file: WrittenFile): ReaderVerdict {
  const unknown = codecsLacked('gdal', file.codecs);
  if (unknown.length > 0) return { reader: 'GDAL', opens: false, reason: `it has no codec ${unknown.join(', ')}` };
  return opening('GDAL', 'from 3.11', file);
}

function zarritaVerdict(file: WrittenFile): ReaderVerdict {
  const { codecs, nested, targetUrl } = file;
  const unknown = codecsLacked('zarrita', codecs);
  const no = (reason: string): ReaderVerdict => ({ reader: 'zarrita', opens: false, reason });
  if (unknown.length > 0) return no(`it has no codec ${unknown.join(', ')}`);
  if (nested) return no('it takes metadata as strings only, and this file has objects');
  if (!/^https?:/iu.test(targetUrl)) return no('it fetches web addresses only, and the references point elsewhere');
  return opening('zarrita', 'with its ReferenceStore', file);
}

function opening(reader: string, how: string, { wrong, unreadable }: WrittenFile): ReaderVerdict {
  return {
    reader,
    opens: true,
    ...(wrong ? { wrongValues: true } : {}),
    ...(unreadable > 0 ? { unreadableChunks: unreadable } : {}),
    reason: wrong ? `${how}; the values are wrong` : how,
  };
}
