import type { KerchunkError } from '../../errors';
import type { JsonValue } from '../../json';
import { describeHierarchy } from '../array-documents';
import * as ascii from '../ascii';
import { EntryColumns, Kind } from '../columns';
import { isMetadataKey, readDocument, type MetadataDocument } from '../documents';
import { placed } from '../parse';
import { PlacedError } from '../placed-error';
import { hasByteOrderMark } from '../position';
import { ProblemList } from '../problems';
import type { ReferenceSetParts } from '../set-parts';
import { JsonCursor } from '../scan';
import type { TextSpan } from '../types';

/** What `.zmetadata` of a reference set in parquet says: the parts of a set whose chunks stand elsewhere, and how they are divided. */
export interface Zmetadata {
  parts: Omit<ReferenceSetParts, 'problems'>;
  problems: ProblemList;
  /** References of each record file; undefined where the text does not say so, for which there is a problem. */
  recordSize: number | undefined;
}

/**
 * Reads `.zmetadata` (kerchunk specification, "Parquet references"). What is malformed becomes problems and leaves the rest usable.
 * @throws PlacedError `not-json`, `malformed-reference` where it is JSON and holds no zarr metadata.
 */
export function parseZmetadata(text: Uint8Array, url?: string): Zmetadata {
  const reader = new Reader(text);
  try {
    return reader.read(url);
  } catch (error) {
    throw placed(text, error);
  }
}

class Reader {
  private readonly problems = new ProblemList();
  private readonly columns: EntryColumns;
  private readonly documents = new Map<string, MetadataDocument>();
  private readonly cursor: JsonCursor;
  private hasMetadata = false;

  constructor(private readonly text: Uint8Array) {
    this.columns = new EntryColumns(text.length);
    this.cursor = new JsonCursor(text, hasByteOrderMark(text) ? 3 : 0);
  }

  read(url: string | undefined): Zmetadata {
    const { cursor, text, columns, documents, problems } = this;
    let size: { value: JsonValue; span: TextSpan } | undefined;
    if (cursor.peek() !== ascii.OPEN_BRACE) {
      cursor.skip();
      throw this.foreign('it is no JSON object', { offset: 0, length: 1 });
    }
    const members = new Set<string>();
    cursor.members(0, (key, span) => {
      cursor.peek();
      members.add(key);
      const offset = cursor.at;
      if (key === 'metadata') this.readMetadata(span);
      else if (key === 'record_size') size = this.valueAt(offset);
      else cursor.skip(1);
      this.passOnNotices('');
    });
    cursor.finish();
    if (!this.hasMetadata) throw this.foreign('it has no "metadata"', { offset: 0, length: 1 });
    if (members.has('zarr_consolidated_format') && !members.has('record_size')) {
      throw this.foreign('it is the consolidated metadata of an ordinary zarr store', { offset: 0, length: 1 });
    }
    if (documents.size === 0) throw this.foreign('its "metadata" hold no zarr metadata', { offset: 0, length: 1 });
    const { arrays, groups } = describeHierarchy(documents.keys(), documents);
    const parts: Zmetadata['parts'] = {
      version: 1,
      url,
      text,
      columns,
      addresses: { count: 0, at: () => '' },
      documents,
      arrays,
      groups,
      indexes: new Map(),
      strays: new Map(),
      generated: { rows: [], unevaluated: [] },
    };
    return { parts, problems, recordSize: this.recordSizeOf(size) };
  }

  private valueAt(offset: number): { value: JsonValue; span: TextSpan } {
    const value = this.cursor.value(1);
    return { value, span: { offset, length: this.cursor.at - offset } };
  }

  private recordSizeOf(found: { value: JsonValue; span: TextSpan } | undefined): number | undefined {
    if (found === undefined) {
      const message =
        '"record_size" is missing, and fsspec and GDAL do not open the set. It is how many references each record file holds; fsspec writes 10000 unless told otherwise.';
      this.problems.add('parquet/record-size', '', { offset: 0, length: 1 }, message);
      return undefined;
    }
    const { value, span } = found;
    const written = new TextDecoder().decode(this.text.subarray(span.offset, span.offset + Math.min(span.length, 40)));
    if (typeof value === 'number' && /^\d+$/u.test(written) && value >= 1) return value;
    const message = `"record_size" is ${written}; it must be an integer of at least 1: how many references each record file holds.`;
    this.problems.add('parquet/record-size', '', span, message);
    return undefined;
  }

  private readMetadata(key: TextSpan): void {
    const { cursor } = this;
    if (cursor.peek() !== ascii.OPEN_BRACE) {
      const { span } = this.valueAt(cursor.at);
      throw this.foreign('its "metadata" is no object', span);
    }
    if (this.hasMetadata) {
      this.problems.add('kerchunk/duplicate-key', '', key, '"metadata" stands twice; the last one counts.');
      for (let row = 0; row < this.columns.length; row++) this.columns.target.set(row, Kind.superseded);
      this.documents.clear();
    }
    this.hasMetadata = true;
    cursor.members(1, (name, span) => {
      this.readEntry(name, span);
      this.passOnNotices(name);
    });
  }

  private readEntry(key: string, keySpan: TextSpan): void {
    const { cursor, problems, columns } = this;
    const byte = cursor.peek();
    const offset = cursor.at;
    if (!isMetadataKey(key) || (byte !== ascii.OPEN_BRACE && byte !== ascii.QUOTE)) {
      cursor.skip(2);
      const message = isMetadataKey(key)
        ? `"${key}" is neither object nor string; zarr metadata is an object.`
        : `"${key}" is no zarr metadata; fsspec gives its JSON text as the bytes of that key. Chunks belong into record files.`;
      problems.add('parquet/metadata-key', key, keySpan, message);
      return;
    }
    const earlier = this.documents.get(key);
    if (earlier !== undefined) {
      problems.add('kerchunk/duplicate-key', key, keySpan, `Key "${key}" stands twice; the last one counts.`);
      columns.target.set(earlier.row, Kind.superseded);
    }
    const document = { row: columns.length, ...readDocument(cursor, key, problems) };
    this.documents.set(key, document);
    const length = cursor.at - offset;
    columns.push(keySpan.offset, Kind.document, offset, length);
    if (document.nested || document.value === undefined) return;
    const message = `"${key}" stands as a string; in .zmetadata it must be an object. fsspec fails on such arrays, and GDAL on the whole set.`;
    problems.add('parquet/metadata-text', key, { offset, length }, message);
  }

  private passOnNotices(key: string): void {
    for (const { code, span, message } of this.cursor.notices) this.problems.add(code, key, span, message);
    this.cursor.notices = [];
  }

  private foreign(what: string, span: TextSpan): KerchunkError {
    const message = `This is no .zmetadata of a reference set in parquet: ${what}. It holds "metadata", an object of zarr metadata by key, and "record_size".`;
    return new PlacedError('malformed-reference', message, span);
  }
}
