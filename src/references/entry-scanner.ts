import type { JsonValue } from '../json';
import type { Steps } from '../steps';
import { cutText } from '../words';
import * as ascii from './ascii';
import { ByteWords } from './byte-words';
import { EntryColumns, Kind, WHOLE } from './columns';
import { isMetadataKey, readDocument, type MetadataDocument } from './documents';
import { readFastEntries } from './fast-entries';
import { inlineBase64, isBeyondAscii, isInlineBase64 } from './inline';
import { JsonCursor } from './scan';
import { keyPlace } from './places';
import type { ProblemList, ProblemListOptions } from './problems';
import { TargetTable } from './target-table';
import type { ReferenceProblemCode, TextSpan } from './types';

/** Characters of a key inside an object that a message shows. */
const MOST_SHOWN = 40;

interface Element {
  value: JsonValue;
  span: TextSpan;
}

/** What goes along with reading. */
export interface ReadingWatch extends ProblemListOptions {
  /** Bytes of the text between two stops. */
  grain: number;
  /** Told at every stop how many bytes have been read. */
  onRead?: (bytes: number) => void;
}

/** Reads a map of references, entry by entry, into columns; malformed entries become problems. */
export class EntryScanner {
  readonly columns: EntryColumns;
  readonly targets: TargetTable;
  /** Metadata documents that stand in the text, by key. */
  readonly documents = new Map<string, MetadataDocument>();
  /** Row of every metadata key, of those too whose document stands in a file of its own. */
  readonly metadataRows = new Map<string, number>();

  constructor(
    private readonly cursor: JsonCursor,
    readonly problems: ProblemList,
    private readonly watch: ReadingWatch,
  ) {
    this.columns = new EntryColumns(cursor.text.length);
    this.targets = new TargetTable(cursor.text, new ByteWords(cursor.text), this.columns.target);
  }

  get text(): Uint8Array {
    return this.cursor.text;
  }

  /**
   * Reads the object at the cursor. `special` is run behind the colon of each member that is not plainly a reference; it
   * returns true where it has read the value itself.
   * @throws JsonSyntaxError.
   */
  *readObject(special?: (key: string, span: TextSpan) => Steps<boolean>): Steps<void> {
    const { cursor } = this;
    const start = cursor.at++;
    if (cursor.peek() === ascii.CLOSE_BRACE) {
      cursor.at++;
      return;
    }
    const { grain, onRead } = this.watch;
    let stop = cursor.at + grain;
    do {
      if (cursor.at >= stop) {
        stop = cursor.at + grain;
        onRead?.(cursor.at);
        yield;
      }
      if (!readFastEntries(cursor, this.columns, this.targets, stop)) yield* this.entry(special);
    } while (cursor.separator(ascii.CLOSE_BRACE, start));
    this.targets.settle();
  }

  private *entry(special?: (key: string, span: TextSpan) => Steps<boolean>): Steps<void> {
    const { cursor } = this;
    if (cursor.peek() !== ascii.QUOTE) throw cursor.unexpected('a key in double quotes');
    const place = cursor.at;
    const key = cursor.stringValue();
    const keySpan = { offset: place, length: cursor.at - place };
    if (cursor.peek() !== ascii.COLON) throw cursor.unexpected(`a colon after the key "${key}"`);
    cursor.at++;
    if (special === undefined || !(yield* special(key, keySpan))) this.readValue(key, place);
    this.passOnNotices(key);
  }

  private readValue(key: string, place: number): void {
    const { cursor } = this;
    const byte = cursor.peek();
    const start = cursor.at;
    const isMetadata = isMetadataKey(key);
    if (isMetadata) this.noteMetadata(key, place);
    if (byte === ascii.OPEN_BRACKET) {
      this.readList(key, place);
    } else if (isMetadata && (byte === ascii.QUOTE || byte === ascii.OPEN_BRACE)) {
      const row = this.columns.length;
      this.documents.set(key, { row, ...readDocument(cursor, key, this.problems) });
      this.columns.push(place, Kind.document, start, cursor.at - start);
    } else if (byte === ascii.QUOTE) {
      this.readInline(key, place);
    } else {
      cursor.skip();
      this.readOther(key, place, byte, { offset: start, length: cursor.at - start });
    }
  }

  private noteMetadata(key: string, place: number): void {
    const earlier = this.metadataRows.get(key);
    if (earlier !== undefined) {
      const span = keyPlace(this.cursor.text, place);
      this.problems.add('kerchunk/duplicate-key', key, span, `Key "${key}" stands twice; the last one counts.`);
      this.columns.target.set(earlier, Kind.superseded);
      this.documents.delete(key);
    }
    this.metadataRows.set(key, this.columns.length);
  }

  private readOther(key: string, place: number, byte: number, span: TextSpan): void {
    if (byte === 0x6e) {
      const message = isMetadataKey(key)
        ? 'The value is null, which is no zarr metadata. Leave the key out.'
        : 'The value is null, on which fsspec fails; here it reads as a missing chunk. Leave the key out.';
      this.problems.add('kerchunk/null-value', key, span, message);
      this.columns.push(place, Kind.none, span.offset, span.length);
      return;
    }
    const isObject = byte === ascii.OPEN_BRACE;
    const what = isObject ? 'an object, which only metadata keys may have' : 'a bare number or truth value';
    const inside = isObject ? this.firstKey(span.offset) : undefined;
    const nested =
      inside === undefined
        ? ''
        : ` Every key is a whole path: write "${key}/${inside}" beside the others, not "${inside}" inside "${key}".`;
    this.broken(
      'kerchunk/reference-shape',
      key,
      place,
      span,
      `The value is ${what}; a reference is [url], [url, offset, length] or a string.${nested}`,
    );
  }

  /** The first key of the object at `offset`, in short; undefined where it has none. */
  private firstKey(offset: number): string | undefined {
    const inside = new JsonCursor(this.cursor.text, offset + 1);
    return inside.peek() === ascii.QUOTE ? cutText(inside.stringValue(), MOST_SHOWN) : undefined;
  }

  private readInline(key: string, place: number): void {
    const { cursor, columns } = this;
    const { text } = cursor;
    const offset = cursor.at;
    const noticed = cursor.notices.length;
    cursor.string();
    const span = { offset, length: cursor.at - offset };
    const hasHalfPair = cursor.notices.slice(noticed).some((notice) => notice.code === 'json/lone-surrogate');
    if (hasHalfPair) {
      columns.push(place, Kind.broken, span.offset, span.length);
      return;
    }
    if (!isInlineBase64(text, span)) {
      if (cursor.notices.length === noticed && isBeyondAscii(text, span)) {
        const message =
          'The inline data has characters beyond ASCII, which readers turn into two bytes or more each. Write bytes as "base64:…".';
        this.problems.add('kerchunk/inline-not-ascii', key, span, message);
      }
      columns.push(place, Kind.text, span.offset, span.length);
      return;
    }
    const fault = inlineBase64(text, span);
    if (typeof fault !== 'string') columns.push(place, Kind.base64, span.offset, span.length);
    else this.broken('kerchunk/base64', key, place, span, `The inline data is not base64: ${fault}.`);
  }

  private readList(key: string, place: number): void {
    const { cursor } = this;
    const { text } = cursor;
    const start = cursor.at;
    const elements: Element[] = [];
    let count = 0;
    cursor.elements(1, () => {
      cursor.peek();
      const offset = cursor.at;
      const value = cursor.value(2);
      if (count++ < 3) elements.push({ value, span: { offset, length: cursor.at - offset } });
    });
    const span = { offset: start, length: cursor.at - start };
    const [target, offset, length] = elements;
    if (target === undefined || (count !== 1 && count !== 3)) {
      const wanted = isMetadataKey(key) ? 'metadata is an object or its text, and ' : '';
      const message = `The list has ${count} elements; ${wanted}a reference is [url] or [url, offset, length].`;
      this.broken('kerchunk/reference-shape', key, place, span, message);
      return;
    }
    // The address of a faulty range is looked at all the same.
    const number = isAddress(target.value)
      ? this.targets.intern(target.span.offset + 1, target.span.offset + target.span.length - 1)
      : undefined;
    const faults = faultsOf(text, target, offset, length);
    const [first] = faults;
    if (number === undefined || first !== undefined) {
      for (const { code, span, message } of faults) this.problems.add(code, key, span, message);
      const { span } = first ?? target;
      this.columns.push(place, Kind.broken, span.offset, span.length);
      return;
    }
    if (offset === undefined || length === undefined) this.columns.push(place, number, WHOLE, 0);
    else this.columns.push(place, number, Number(offset.value), Number(length.value));
  }

  private broken(code: ReferenceProblemCode, key: string, place: number, span: TextSpan, message: string): void {
    this.problems.add(code, key, span, message);
    this.columns.push(place, Kind.broken, span.offset, span.length);
  }

  private passOnNotices(key: string): void {
    if (this.cursor.notices.length === 0) return;
    for (const { code, span, message } of this.cursor.notices) this.problems.add(code, key, span, message);
    this.cursor.notices = [];
  }
}

interface Fault {
  code: ReferenceProblemCode;
  span: TextSpan;
  message: string;
}

/** What is wrong with each part of a reference, in the order of the text. */
function faultsOf(
  text: Uint8Array,
  target: Element,
  offset: Element | undefined,
  length: Element | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const isFile = isAddress(target.value);
  if (!isFile) {
    faults.push({ ...describeNoTarget(target.value), span: target.span });
  }
  if (offset === undefined || length === undefined) return faults;
  const wrongOffset = describeNoCount(text, offset);
  if (wrongOffset !== undefined) {
    const message = `The offset is ${wrongOffset}; it must be an integer from 0 to 2^53 - 1.`;
    faults.push({ code: 'kerchunk/offset', span: offset.span, message });
  }
  const wrongLength = describeNoCount(text, length);
  if (wrongLength !== undefined) {
    const message = `The length is ${wrongLength}; it must be an integer from 1 to 2^53 - 1.`;
    faults.push({ code: 'kerchunk/length', span: length.span, message });
  } else if (length.value === 0) {
    // Writers put ["", 0, 0] for a missing chunk: one thing to mend.
    if (!isFile) return faults;
    const message = 'The length is 0, which no chunk has. Remove the key: a chunk that is missing has none.';
    faults.push({ code: 'kerchunk/length-zero', span: length.span, message });
  } else if (wrongOffset === undefined && !Number.isSafeInteger(Number(offset.value) + Number(length.value))) {
    const message = 'The range ends beyond byte 2^53, which no file has.';
    faults.push({ code: 'kerchunk/length', span: length.span, message });
  }
  return faults;
}

function isAddress(value: JsonValue): value is string {
  return typeof value === 'string' && value !== '';
}

function describeNoTarget(value: JsonValue): Pick<Fault, 'code' | 'message'> {
  if (value === null) {
    const message =
      'The target is null, which stands for the file that fsspec is opened with (target=…); without it no reader gets the chunk. Write the address.';
    return { code: 'kerchunk/url-null', message };
  }
  if (value === '') {
    const message =
      'The target is an empty string, which is no file. Leave the key out where the chunk is missing, or write the address.';
    return { code: 'kerchunk/url-empty', message };
  }
  return {
    code: 'kerchunk/reference-shape',
    message: `The target is ${describe(value)}; it must be the address of a file.`,
  };
}

/** What is wrong with a value that should be an integer from 0 to 2^53 - 1 written without point and exponent; undefined if nothing. */
function describeNoCount(text: Uint8Array, { value, span }: Element): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return describe(value);
  const written = String.fromCharCode(...text.subarray(span.offset, span.offset + Math.min(span.length, 40)));
  if (/^\d+$/.test(written) && typeof value === 'number') return undefined;
  return written;
}

function describe(value: JsonValue): string {
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}...` : value}"`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
