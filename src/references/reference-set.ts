import type { Compression } from '../compression';
import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { chunkCount, chunkNumber, chunkIndices, isInGrid, keyBelow, parseChunkKey, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { chunkKind, FIRST_KIND, Kind, WHOLE } from './columns';
import { innerText, isMetadataKey, type InnerText } from './documents';
import { generatedKey, type GeneratedRows } from './generated';
import { inlineBase64, inlineLength, inlineText } from './inline';
import { decodeString } from './json-string';
import { keyPlace, memberPlaces, placeAt } from './places';
import { chunkOfRow, runOfRow, type RecordRun } from './parquet/record-runs';
import { PlacedError } from './placed-error';
import { ReferenceRows } from './rows';
import { chunkName, ownerOf } from './resolver';
import type { Coverage, DocumentReference, ParquetRecords, RecordPlace, ReferenceSetParts } from './set-parts';
import type { ChunkReference, ReferenceProblem, ReferenceProblemCode, ReferenceWriterVersion, TextSpan } from './types';

/** Problems that leave an entry unusable; others only have a key that is at fault too. */
const BREAKING: ReadonlySet<ReferenceProblemCode> = new Set<ReferenceProblemCode>([
  'json/lone-surrogate',
  'kerchunk/reference-shape',
  'kerchunk/url-null',
  'kerchunk/url-empty',
  'kerchunk/offset',
  'kerchunk/length',
  'kerchunk/length-zero',
  'kerchunk/base64',
  'kerchunk/template-undefined',
  'kerchunk/template-arguments',
  'kerchunk/template-not-evaluated',
]);

/** The file of a set in parquet that holds its metadata. */
export const ZMETADATA = '.zmetadata';

/** A reference file in memory: its metadata, its references, and where in the text each stands. */
export class ReferenceSet {
  readonly version: ReferenceWriterVersion;
  /** Address of the reference file itself, against which relative targets resolve. */
  readonly url?: string;
  /** How the reference file is compressed, whose text was read. */
  readonly compression: Compression | undefined;
  readonly problems: readonly ReferenceProblem[];
  private readonly coverages = new Map<string, Coverage>();
  private readonly sizes = new Map<string, number>();
  private targets: readonly string[] | undefined;
  private reasons: ReadonlyMap<string, string> | undefined;
  /** The document that was looked into last, taken out of its string. */
  private lastInner: { row: number; text: InnerText | string } | undefined;

  constructor(private readonly parts: ReferenceSetParts) {
    this.version = parts.version;
    this.compression = parts.compression;
    if (parts.url !== undefined) this.url = parts.url;
    this.problems = parts.problems;
  }

  /** How a set in parquet divides its references; undefined for one in JSON. */
  get parquet(): Pick<ParquetRecords, 'recordSize'> | undefined {
    return this.parts.records;
  }

  /** Where a key of a set in parquet stands: its row of a record file, or `.zmetadata`; undefined in JSON. */
  recordPlace(key: string): RecordPlace | undefined {
    if (this.parts.records === undefined) return undefined;
    const row = this.rowOf(key);
    const run = row === undefined ? undefined : this.recordRun(row);
    if (row === undefined || run === undefined) return { file: ZMETADATA };
    return {
      file: run.file,
      ...(run.firstInFile === undefined ? {} : { row: run.firstInFile + row - run.firstRow + 1 }),
    };
  }

  /** The targets of all references, each once, in the order of the text, templates substituted. */
  get urls(): readonly string[] {
    return (this.targets ??= Array.from(this.targetNumbers(), (target) => this.parts.addresses.at(target)));
  }

  /** As `urls`: how many there are, and the first `limit`. */
  firstUrls(limit: number): { count: number; first: string[] } {
    const numbers = this.targetNumbers();
    const first = [...numbers].slice(0, limit).map((target) => this.parts.addresses.at(target));
    return { count: numbers.size, first };
  }

  /** Places of a top-level member (`version`, `templates`, `gen`, `refs`): of its key, and of its value as `span`. */
  member(name: string): { key: TextSpan; span: TextSpan } | undefined {
    return this.parts.members?.get(name);
  }

  /** Whether `gen` makes references, or might: an item of it may not have been evaluated. */
  get hasGenerated(): boolean {
    const { rows, unevaluated } = this.parts.generated;
    return rows.length > 0 || unevaluated.length > 0;
  }

  /**
   * Calls `visit` for every entry of an array's grid, by number of chunk, with the columns as they are: the number of its target (see
   * `address`) or a `Kind`, its offset (`WHOLE` for a whole file) and its length in bytes; for inline data the place in the text.
   */
  eachEntry(path: string, visit: (chunk: number, target: number, offset: number, extent: number) => void): void {
    const { target, offset, extent } = this.parts.columns;
    this.parts.indexes.get(path)?.forEach((chunk, row) => {
      visit(chunk, target.get(row), offset.get(row), extent.get(row));
    });
  }

  /** The address of a target by its number, templates substituted. */
  address(target: number): string {
    return this.parts.addresses.at(target);
  }

  /** Paths of all arrays in the order of the text, those with unreadable metadata too. '' is an array at the root. */
  arrayPaths(): string[] {
    return [...this.parts.arrays.keys()];
  }

  /** Paths of the groups that have metadata of their own, in the order of the text. '' is the root. */
  groupPaths(): string[] {
    return [...this.parts.groups];
  }

  /**
   * The array at a path.
   * @throws KerchunkError `malformed-metadata` where its metadata cannot be read, `invalid-argument` where there is no such array.
   */
  array(path: string): ZarrArray {
    const known = this.parts.arrays.get(path);
    if (known?.array !== undefined) return known.array;
    throw known?.error ?? new KerchunkError('invalid-argument', `There is no array "${path}" in this reference file.`);
  }

  /** Whether there is a metadata key, wherever its document stands and whatever it holds. */
  hasMetadata(key: string): boolean {
    return isMetadataKey(key) && this.rowOf(key) !== undefined;
  }

  /** The metadata document under a key that is JSON and stands in the file itself; undefined for any other key. */
  document(key: string): { value: JsonValue; span: TextSpan; nested: boolean } | undefined {
    const document = this.parts.documents.get(key);
    if (document?.value === undefined) return undefined;
    return { value: document.value, span: this.storedSpan(document.row), nested: document.nested };
  }

  /**
   * What is stored for the chunk with these indices; outside the grid too, where the file has such a key.
   * @throws KerchunkError `malformed-metadata` and `invalid-argument` as `array`; `malformed-reference` where the entry is malformed, or may
   * be missing only because an item of `gen` was not evaluated.
   */
  chunk(path: string, indices: readonly number[]): ChunkReference {
    const array = this.array(path);
    const key = storeKey(array, indices);
    if (!isInGrid(array, indices)) return this.reference(this.parts.strays.get(path)?.get(key), () => key);
    return this.reference(this.parts.indexes.get(path)?.row(chunkNumber(array, indices)), () => key);
  }

  /** What stands under any key. @throws KerchunkError `malformed-reference` as `chunk`. */
  lookup(key: string): ChunkReference | DocumentReference {
    const document = this.parts.documents.get(key);
    if (document === undefined) return this.reference(this.rowOf(key), () => key);
    return { kind: 'document', value: document.value, span: this.storedSpan(document.row), nested: document.nested };
  }

  /** How much of an array's grid is there. @throws as `array`. */
  coverage(path: string): Coverage {
    const known = this.coverages.get(path);
    if (known !== undefined) return known;
    const total = chunkCount(this.array(path));
    const found = { range: 0, inline: 0, absent: 0, broken: 0 };
    const { target } = this.parts.columns;
    this.parts.indexes.get(path)?.forEach((_chunk, row) => found[chunkKind(target.get(row))]++);
    const { range: ranges, inline, broken } = found;
    const coverage: Coverage = { total, ranges, inline, absent: total - ranges - inline - broken, broken };
    this.coverages.set(path, coverage);
    return coverage;
  }

  /** How many chunks of an array's grid have an entry, whatever it holds. */
  chunkEntries(path: string): number {
    return this.parts.indexes.get(path)?.count ?? 0;
  }

  /**
   * Number (in C order) and kind of every chunk of an array that has an entry, by number, of the chunks [first, end): as many steps as there
   * are entries, however large the grid is. `absent` is an entry of `null`.
   */
  *chunkKinds(path: string, first = 0, end = Infinity): Iterable<[chunk: number, kind: ReturnType<typeof chunkKind>]> {
    const { columns, indexes } = this.parts;
    for (const [chunk, row] of indexes.get(path)?.entries(first, end) ?? []) {
      yield [chunk, chunkKind(columns.target.get(row))];
    }
  }

  /** As `chunkKinds`, with what is stored for each chunk: for those who go through millions of them. @throws as `chunk`. */
  *chunkReferences(path: string): Iterable<[chunk: number, reference: ChunkReference]> {
    const array = this.array(path);
    for (const [chunk, row] of this.parts.indexes.get(path)?.entries() ?? []) {
      yield [chunk, this.reference(row, () => storeKey(array, chunkIndices(array, chunk)))];
    }
  }

  /** Whether chunks of an array that have no entry may be made by an item of `gen` that was not evaluated, which is a problem of its own. */
  mayHaveMore(path: string): boolean {
    const below = keyBelow(path, '');
    return this.parts.generated.unevaluated.some(({ prefix }) => prefix.startsWith(below) || below.startsWith(prefix));
  }

  /** Bytes of an array's stored chunks; those of references without a length are not known and not counted. */
  storedBytes(path: string): number {
    const known = this.sizes.get(path);
    if (known !== undefined) return known;
    const { columns, indexes, text } = this.parts;
    let total = 0;
    for (const [, row] of indexes.get(path)?.entries() ?? []) {
      const target = columns.target.get(row);
      const [offset, length] = [columns.offset.get(row), columns.extent.get(row)];
      if (target < FIRST_KIND) total += length;
      else if (target === Kind.text) total += inlineText(text, { offset, length }).length;
      else if (target === Kind.base64) total += inlineBase64(text, { offset, length }).length;
      else if (target === Kind.raw) total += length;
    }
    this.sizes.set(path, total);
    return total;
  }

  /** The references to targets by number of row. */
  get rows(): ReferenceRows {
    return new ReferenceRows(this.parts, (row) => this.keyOf(row));
  }

  /**
   * Chunks of an array's grid that are not stored in `length` bytes: how many, and the first in C order. References without a length are
   * not counted, nor are those of length 0, which are a fault of their own.
   */
  otherLengths(path: string, length: number): { count: number; chunk: number; length: number } | undefined {
    const { columns, indexes, text } = this.parts;
    const { target: targets, offset: offsets, extent: extents } = columns;
    let found: { count: number; chunk: number; length: number } | undefined;
    indexes.get(path)?.forEach((chunk, row) => {
      let actual: number | undefined = extents.get(row);
      const target = targets.get(row);
      if (target >= FIRST_KIND) {
        if (chunkKind(target) !== 'inline') return;
        if (target !== Kind.raw) {
          actual = inlineLength(text, { offset: offsets.get(row), length: actual }, target === Kind.base64);
        }
      } else if (actual === 0 || offsets.get(row) === WHOLE) {
        return;
      }
      if (actual === length || actual === undefined) return;
      if (found === undefined) found = { count: 1, chunk, length: actual };
      else found.count++;
    });
    return found;
  }

  /** All keys in the order of the text, those made by `gen` last; a key that stands twice once, where it stood last. */
  *keys(): Iterable<string> {
    const { columns } = this.parts;
    for (let row = 0; row < columns.length; row++) {
      if (columns.target.get(row) !== Kind.superseded) yield this.keyOf(row);
    }
  }

  /** Keys of an array's chunks: those of the grid in C order, then `strayKeys`. */
  *chunkKeys(path: string): Iterable<string> {
    const array = this.parts.arrays.get(path)?.array;
    const index = this.parts.indexes.get(path);
    if (array !== undefined && index !== undefined) {
      for (const [chunk] of index.entries()) yield storeKey(array, chunkIndices(array, chunk));
    }
    yield* this.strayKeys(path);
  }

  /** Keys of the metadata documents that stand in the file itself, in the order of the text. */
  documentKeys(): Iterable<string> {
    return this.parts.documents.keys();
  }

  /** Keys below an array's path (undefined: below none) that are neither a chunk of its grid nor metadata. */
  *strayKeys(path: string | undefined): Iterable<string> {
    if (path !== undefined && !this.parts.arrays.has(path)) return;
    for (const key of this.parts.strays.get(path)?.keys() ?? []) if (!isMetadataKey(key)) yield key;
  }

  /** Path of the array that a key lies in, and the chunk of its grid that the key names, if any; undefined outside all arrays. */
  ownerOf(key: string): { path: string; indices: number[] | undefined } | undefined {
    const owner = ownerOf(key, this.parts.arrays);
    if (owner === undefined) return undefined;
    const { path, array } = owner;
    const indices = array === undefined ? undefined : parseChunkKey(array, chunkName(path, key));
    const isChunk = array !== undefined && indices !== undefined && isInGrid(array, indices);
    return { path, indices: isChunk ? indices : undefined };
  }

  /** Place of an entry, from its key's opening quote to the end of its value; of the item of `gen` that makes it. */
  entrySpan(key: string): TextSpan | undefined {
    const row = this.rowOf(key);
    if (row === undefined) return undefined;
    const generated = this.generatedRows(row);
    if (generated !== undefined) return generated.item;
    return this.recordRun(row)?.place ?? this.textSpan(row);
  }

  /** Place of a key with its quotes; of the `key` of the item of `gen` that makes it. */
  keySpan(key: string): TextSpan | undefined {
    const row = this.rowOf(key);
    if (row === undefined) return undefined;
    const place = this.generatedRows(row)?.keyPlace ?? this.recordRun(row)?.place;
    return place ?? keyPlace(this.parts.text, this.parts.columns.place.get(row));
  }

  /**
   * Place of a value inside the value of an entry: `path` names keys and indices (from 0). Inside a metadata document that stands as a string the
   * place is that of the inner value, between the string's quotes. Undefined where there is no such value.
   */
  innerSpan(key: string, path: (string | number)[]): TextSpan | undefined {
    const row = this.rowOf(key);
    if (row === undefined || this.generatedRows(row) !== undefined || this.recordRun(row) !== undefined)
      return undefined;
    const { text, documents, columns } = this.parts;
    const document = documents.get(key);
    if (document === undefined || document.nested || path.length === 0) {
      return placeAt(text, memberPlaces(text, columns.place.get(row)).value.offset, path);
    }
    if (document.value === undefined) return undefined;
    const inner = this.innerOf(row);
    const place = inner === undefined ? undefined : placeAt(inner.bytes, 0, path);
    return place === undefined ? undefined : inner?.outer(place);
  }

  /**
   * The text of a value inside a metadata document as it stands there, which tells 1.0 from 1: `path` as for `innerSpan`. Undefined where there is
   * no such value.
   */
  valueText(key: string, path: (string | number)[]): string | undefined {
    const document = this.parts.documents.get(key);
    if (document?.value === undefined) return undefined;
    const { text } = this.parts;
    const stored = this.storedSpan(document.row);
    const inner = document.nested ? { bytes: text } : this.innerOf(document.row);
    if (inner === undefined) return undefined;
    const place = placeAt(inner.bytes, document.nested ? stored.offset : 0, path);
    if (place === undefined) return undefined;
    return new TextDecoder().decode(inner.bytes.subarray(place.offset, place.offset + place.length));
  }

  /** The entry whose key or value holds the byte at `offset` of the text; undefined between entries and in `gen`. */
  entryAt(offset: number): { key: string; span: TextSpan } | undefined {
    const { columns, generated, records } = this.parts;
    let low = 0;
    let high = generated.rows[0]?.firstRow ?? records?.runs[0]?.firstRow ?? columns.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (columns.place.get(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    const span = this.textSpan(low - 1);
    return offset < span.offset + span.length ? { key: this.keyOf(low - 1), span } : undefined;
  }

  /** The text of a document that stands as a string; undefined where it is not base64 and says it is. */
  private innerOf(row: number): InnerText | undefined {
    if (this.lastInner?.row !== row) this.lastInner = { row, text: innerText(this.parts.text, this.storedSpan(row)) };
    const { text } = this.lastInner;
    return typeof text === 'string' ? undefined : text;
  }

  private targetNumbers(): Set<number> {
    const { columns } = this.parts;
    const seen = new Set<number>();
    let last = -1;
    for (let row = 0; row < columns.length; row++) {
      const target = columns.target.get(row);
      if (target !== last && target < FIRST_KIND) seen.add(target);
      last = target;
    }
    return seen;
  }

  private rowOf(key: string): number | undefined {
    const { documents, arrays, indexes, strays } = this.parts;
    const document = documents.get(key);
    if (document !== undefined) return document.row;
    const owner = ownerOf(key, arrays);
    const array = owner?.array;
    const indices = array === undefined ? undefined : parseChunkKey(array, chunkName(array.path, key));
    if (array === undefined || indices === undefined || !isInGrid(array, indices))
      return strays.get(owner?.path)?.get(key);
    return indexes.get(array.path)?.row(chunkNumber(array, indices));
  }

  /** `keyOf` makes the key, which is asked for where there is something to say of it. */
  private reference(row: number | undefined, keyOf: () => string): ChunkReference {
    const { columns, text } = this.parts;
    if (row === undefined) return this.absent(keyOf());
    const target = columns.target.get(row);
    const offset = columns.offset.get(row);
    const length = columns.extent.get(row);
    if (target < FIRST_KIND) {
      const url = this.parts.addresses.at(target);
      return offset === WHOLE ? { kind: 'file', url } : { kind: 'range', url, offset, length };
    }
    if (target === Kind.none) return { kind: 'absent' };
    if (target === Kind.text) return { kind: 'inline', bytes: inlineText(text, { offset, length }) };
    const raw = target === Kind.raw ? this.parts.records?.raw[offset] : undefined;
    if (raw !== undefined) return { kind: 'inline', bytes: raw };
    const bytes = target === Kind.base64 ? inlineBase64(text, { offset, length }) : undefined;
    if (bytes instanceof Uint8Array) return { kind: 'inline', bytes };
    const key = keyOf();
    // Of several problems of a key the first counts.
    this.reasons ??= new Map(
      this.problems
        .filter(({ code }) => BREAKING.has(code))
        .toReversed()
        .map(({ key: concerned, message }) => [concerned, message]),
    );
    throw new PlacedError(
      'malformed-reference',
      `"${key}": ${this.reasons.get(key) ?? 'the reference is malformed.'}`,
      {
        offset,
        length,
      },
    );
  }

  private absent(key: string): ChunkReference {
    const item = this.parts.generated.unevaluated.find(({ prefix }) => key.startsWith(prefix));
    if (item === undefined) return { kind: 'absent' };
    throw new KerchunkError(
      'malformed-reference',
      `"${key}" is not in the file, but "gen" might make it. ${item.message}`,
    );
  }

  private keyOf(row: number): string {
    const generated = this.generatedRows(row);
    if (generated !== undefined) return generatedKey(generated, row - generated.firstRow);
    const run = this.recordRun(row);
    if (run !== undefined)
      return storeKey(this.array(run.path), chunkIndices(this.array(run.path), chunkOfRow(run, row)));
    const { offset, length } = keyPlace(this.parts.text, this.parts.columns.place.get(row));
    return decodeString(this.parts.text, offset + 1, offset + length - 1);
  }

  private generatedRows(row: number): GeneratedRows | undefined {
    const first = this.parts.generated.rows[0];
    if (first === undefined || row < first.firstRow) return undefined;
    const { rows } = this.parts.generated;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle]?.firstRow ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return rows[low - 1];
  }

  private recordRun(row: number): RecordRun | undefined {
    return runOfRow(this.parts.records?.runs ?? [], row);
  }

  private textSpan(row: number): TextSpan {
    const { key, value } = memberPlaces(this.parts.text, this.parts.columns.place.get(row));
    return { offset: key.offset, length: value.offset + value.length - key.offset };
  }

  /** Place of the value of an entry that keeps it in `offset` and `extent`. */
  private storedSpan(row: number): TextSpan {
    return { offset: this.parts.columns.offset.get(row), length: this.parts.columns.extent.get(row) };
  }
}
