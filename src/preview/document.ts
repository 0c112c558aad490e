import type { SourceOpener } from '../bytes/source';
import { folderAtAddress } from '../read/folder-at-address';
import { ParquetReferences } from '../references/parquet/parquet-references';
import type { ChunkRange } from '../references/parquet/set-loader';
import { type ParseOptions, parseReferences, parseReferencesInSlices } from '../references/parse';
import { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import type { TextSpan } from '../references/types';
import type { KnownTiffs } from '../validate/tiff-lookup';
import type { Finding } from '../validate/types';
import type { KeptChunk } from './kept-chunk';
import type { HoverChunk, TextRange } from './types';

/** A reference file that is held open, and what is known of it so far. */
export interface PreviewDocument {
  set: ReferenceSet;
  text: Uint8Array;
  positions: TextPositions;
  opener: SourceOpener;
  /** Descriptions of the TIFFs that its references point into. */
  tiffs: KnownTiffs;
  /** Chunks that a hover has shown, by key; failures are not kept. */
  hovered: Map<string, HoverChunk>;
  /** The chunk that was previewed last; undefined before one, and where it has no bytes. */
  kept?: KeptChunk | undefined;
  /** What the last check found; undefined before one. */
  findings?: readonly Finding[];
  /** Of a set in parquet whose record files have not been read, which holds metadata alone: reads them. */
  records?: DocumentRecords;
}

/** Reads the record files of a set in parquet. Both throw KerchunkError `fetch-failed` where some cannot be read. */
export interface DocumentRecords {
  /** All of them, once. */
  whole: () => Promise<PreviewDocument>;
  /**
   * Those that hold some ranges of chunks, one range for an array; all other chunks are absent from this document. Those of the last few
   * ranges are kept. @throws KerchunkError `limit-exceeded` too, as ParquetReferences' `load`.
   */
  part: (ranges: readonly ChunkRange[]) => Promise<PreviewDocument>;
}

/** Parts of a set in parquet that are kept. */
const MOST_PARTS = 8;

/**
 * Reads the `.zmetadata` of a reference set in parquet; its record files are read when chunks are first asked for. `url` is its address, beside
 * which they stand. `records` opens them, `targets` what references point at. `signal` stops reading them too.
 * @throws PlacedError `not-json`, `malformed-reference` where the text is something else.
 */
export function openParquetDocument(
  text: Uint8Array,
  url: string,
  { records, targets }: { records: SourceOpener; targets: SourceOpener },
  signal: AbortSignal,
): PreviewDocument {
  const references = ParquetReferences.ofText(folderAtAddress(url, records), text, url);
  let loading: Promise<PreviewDocument> | undefined;
  const whole = (): Promise<PreviewDocument> => {
    loading ??= references.load({ signal }).then((set) => documentOf(set, text, targets));
    loading.catch(() => (loading = undefined));
    return loading;
  };
  const parts = new Map<string, Promise<PreviewDocument>>();
  const part = (ranges: readonly ChunkRange[]): Promise<PreviewDocument> => {
    const { recordSize = 1 } = references;
    // Chunks of the same record files share a part.
    const wanted = ranges.map(({ path, first, end }): ChunkRange => {
      return {
        path,
        first: Math.floor(first / recordSize) * recordSize,
        end: Math.ceil(end / recordSize) * recordSize,
      };
    });
    const name = JSON.stringify(wanted.map(({ path, first, end }) => [path, first, end]));
    const known = parts.get(name);
    if (known !== undefined) return known;
    const found = references.load({ ranges: wanted, signal }).then((set) => documentOf(set, text, targets));
    parts.set(name, found);
    found.catch(() => parts.delete(name));
    const [oldest] = parts.keys();
    if (parts.size > MOST_PARTS && oldest !== undefined) parts.delete(oldest);
    return found;
  };
  return { ...documentOf(references.metadata, text, targets), records: { whole, part } };
}

/** Reads a reference file. @throws PlacedError `not-json` or `malformed-reference` as `parseReferences`. */
export function openDocument(text: Uint8Array, url: string | undefined, opener: SourceOpener): PreviewDocument {
  return documentOf(parseReferences(text, url === undefined ? {} : { url }), text, opener);
}

/** As `openDocument`, in slices between which others get their turn. @throws as it; KerchunkError `cancelled`. */
export async function openDocumentInSlices(
  text: Uint8Array,
  url: string | undefined,
  opener: SourceOpener,
  options: Omit<ParseOptions, 'url'>,
): Promise<PreviewDocument> {
  const set = await parseReferencesInSlices(text, url === undefined ? options : { ...options, url });
  return documentOf(set, text, opener);
}

function documentOf(set: ReferenceSet, text: Uint8Array, opener: SourceOpener): PreviewDocument {
  return { set, text, positions: new TextPositions(text), opener, tiffs: new Map(), hovered: new Map() };
}

/** The place of a span as editors count it. */
export function textRange(positions: TextPositions, { offset, length }: TextSpan): TextRange {
  const { line, column } = positions.lineColumn(offset);
  const end = positions.lineColumn(offset + length);
  return { line, column, endLine: end.line, endColumn: end.column };
}
