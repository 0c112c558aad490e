import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { readVarInt } from 'hyparquet/src/thrift.js';
import { KerchunkError } from '../../errors';

/** Bytes of one page, decompressed. */
const MAX_PAGE_BYTES = 2 ** 28;
/** Bytes in which the header of a page must end. */
const MAX_HEADER_BYTES = 2 ** 16;
/** Values that a run may have beyond those that are wanted: writers fill up to a group of 8, or to the 504 of the largest header. */
const PADDING = 504;

type DataHeader2 = NonNullable<PageHeader['data_page_header_v2']>;

/** The header of a page, and its bytes as they are stored. */
interface Page {
  header: PageHeader;
  stored: Uint8Array;
  /** Where it begins in the column chunk. */
  start: number;
}

/**
 * Looks through a column chunk for what would keep the decoder from ending in bounded time and memory, and which it does not look for
 * itself: pages that claim more values than the row group has or more bytes than any page needs, and runs of more values than their page.
 */
export class PageGuard {
  private readonly pages: Page[] = [];
  private next = 0;

  /**
   * `bytes` is the column chunk, of a row group of `rows` rows; `nullable`, whether its values may be null.
   * @throws Error where it is damaged; KerchunkError `limit-exceeded`.
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly column: Pick<ColumnMetaData, 'codec'>,
    rows: number,
    private readonly nullable: boolean,
  ) {
    let [at, left] = [0, rows];
    while (left > 0) {
      const page = this.pageAt(at);
      left -= rowsOf(page.header, left);
      this.checkStored(page);
      this.pages.push(page);
      at = page.start + page.stored.length;
    }
  }

  /** Checks what `compressed`, a part of the column chunk, has become; pages must come in their order. @throws as the constructor. */
  checkDecompressed(compressed: Uint8Array, values: Uint8Array): void {
    const at = compressed.byteOffset - this.bytes.byteOffset;
    let page = this.pages[this.next];
    while (page !== undefined && page.start + page.stored.length <= at) page = this.pages[++this.next];
    if (page === undefined) throw new Error('a page stands where none was announced');
    this.checkValues(page.header, values);
  }

  private pageAt(at: number): Page {
    const window = this.bytes.subarray(at, at + MAX_HEADER_BYTES);
    const reader = { view: viewOf(window), offset: 0 };
    const header = parquetHeader(reader);
    const start = at + reader.offset;
    const { compressed_page_size: size, uncompressed_page_size: whole } = header;
    if (!(size >= 0) || start + size > this.bytes.length) throw new Error('a page reaches past the end of its column');
    if (!(whole >= 0)) throw new Error('a page has no size');
    if (whole > MAX_PAGE_BYTES) throw tooLarge(`one of its pages has ${whole} bytes, and at most ${MAX_PAGE_BYTES}`);
    return { header, start, stored: this.bytes.subarray(start, start + size) };
  }

  /** Checks what is not compressed. */
  private checkStored({ header, stored }: Page): void {
    const isPlain = this.column.codec === 'UNCOMPRESSED';
    const data = header.data_page_header_v2;
    if (header.type !== 'DATA_PAGE_V2' || data === undefined) {
      if (isPlain) this.checkValues(header, stored);
      return;
    }
    const levels = data.repetition_levels_byte_length + data.definition_levels_byte_length;
    if (!(levels >= 0) || levels > stored.length) throw new Error('the levels of a page are longer than the page');
    if (this.nullable) checkRuns(stored, data.repetition_levels_byte_length, 1, data.num_values);
    if (isPlain || data.is_compressed === false) checkValues2(data, stored.subarray(levels));
  }

  private checkValues(header: PageHeader, values: Uint8Array): void {
    const { data_page_header: data, data_page_header_v2: data2 } = header;
    if (header.type === 'DATA_PAGE_V2' && data2 !== undefined) checkValues2(data2, values);
    if (header.type !== 'DATA_PAGE' || data === undefined) return;
    let at = 0;
    if (this.nullable) {
      at = 4 + viewOf(values).getUint32(0, true);
      checkRuns(values, 4, 1, data.num_values);
    }
    const width = values[at] ?? 0;
    if (isIndexed(data.encoding) && width > 0) checkRuns(values, at + 1, width, data.num_values);
  }
}

/** Rows that a page gives, of the `left` that are wanted still. */
function rowsOf(header: PageHeader, left: number): number {
  const { dictionary_page_header: dictionary, data_page_header: data, data_page_header_v2: data2 } = header;
  if (header.type === 'DICTIONARY_PAGE') {
    // Each value of a dictionary takes a byte at least.
    const count = dictionary?.num_values ?? -1;
    if (count >= 0 && count <= header.uncompressed_page_size) return 0;
    throw new Error('a dictionary has an impossible number of values');
  }
  const page = header.type === 'DATA_PAGE' ? data : data2;
  const count = page?.num_values ?? 0;
  if (!(count > 0) || count > left) throw new Error('its pages have another number of values than it has rows');
  // Values that share their beginnings may be far larger than the page that holds them.
  if (page?.encoding === 'DELTA_BYTE_ARRAY' && count * header.uncompressed_page_size > MAX_PAGE_BYTES) {
    throw tooLarge(`values that share their beginnings (DELTA_BYTE_ARRAY) may have more than ${MAX_PAGE_BYTES} bytes`);
  }
  return count;
}

function checkValues2(data: DataHeader2, values: Uint8Array): void {
  const count = data.num_values - data.num_nulls;
  if (!(count >= 0) || data.num_nulls < 0) throw new Error('a page has more nulls than values');
  if (count > 0 && isIndexed(data.encoding)) checkRuns(values, 1, values[0] ?? 0, count);
}

function isIndexed(encoding: string): boolean {
  return encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY' || encoding === 'RLE';
}

/**
 * Walks the runs of at most `count` values of `width` bits from `start` on (Parquet, "Run Length Encoding / Bit-Packing Hybrid"). Where there
 * are nulls there are fewer values than `count`: the walk ends where the bytes do.
 */
function checkRuns(bytes: Uint8Array, start: number, width: number, count: number): void {
  if (width > 32) throw new Error('the indices into a dictionary have more than 32 bits');
  const reader = { view: viewOf(bytes), offset: start };
  for (let seen = 0; seen < count && reader.offset < bytes.length;) {
    const header = readVarInt(reader);
    const isPacked = (header & 1) === 1;
    const values = isPacked ? (header >>> 1) * 8 : header >>> 1;
    seen += values;
    if (seen > count + PADDING) throw new Error('a run has more values than its page');
    reader.offset += isPacked ? (header >>> 1) * width : (width + 7) >>> 3;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tooLarge(what: string): KerchunkError {
  return new KerchunkError('limit-exceeded', `${what} are read here`);
}
