import type { Compression } from '../compression';
import { nearestName } from '../edit-distance';
import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { runAtOnce, runInSlices, type Steps } from '../steps';
import { cutText, plural } from '../words';
import { describeHierarchy } from './array-documents';
import * as ascii from './ascii';
import { EntryScanner, type ReadingWatch } from './entry-scanner';
import { noteElsewhere, noteNested, noteUnreachable } from './key-notes';
import { JsonCursor, JsonSyntaxError } from './scan';
import { decodeString } from './json-string';
import { PlacedError } from './placed-error';
import { keyPlace, textAt } from './places';
import { hasByteOrderMark, TextPositions } from './position';
import { ProblemList } from './problems';
import { ReferenceSet } from './reference-set';
import { type Member, resolveAddresses } from './resolve-addresses';
import { resolveKeys } from './resolve-keys';
import type { ReferenceProblem, ReferenceWriterVersion, TextSpan } from './types';

export interface ParseOptions {
  /** Address of the reference file. */
  url?: string;
  /** How that file is compressed, whose text this is. */
  compression?: Compression | undefined;
  signal?: AbortSignal;
  /** Told of problems as they are met; of those of `refs` and of the top level, whichever of the two counts in the end. */
  onProblem?: (problem: ReferenceProblem) => void;
  /** Problems of a code that are kept, by default 10,000; the rest is counted. */
  mostProblems?: number;
  /** Told now and then how many bytes have been read. */
  onRead?: (bytes: number) => void;
}

/** What the top level of a reference file holds, before it is known whether that is version 0 or 1. */
interface TopLevel {
  entries: EntryScanner;
  refs: EntryScanner | undefined;
  members: Map<string, Member>;
  problems: ProblemList;
}

/** The members that version 1 has at the top level. */
const TOP_LEVEL = ['version', 'templates', 'gen', 'refs'];
/** Characters in which a misspelt one may differ. */
const MOST_EDITS = 2;

/** Bytes of a text that are read between two stops. */
const GRAIN = 1 << 18;

/**
 * Reads a reference file of version 0 or 1 (kerchunk's reference specification), at once. `text` is its bytes, which the set keeps.
 * Entries that are malformed become problems and leave the rest usable.
 * @throws PlacedError `not-json` with line and column, `malformed-reference` where the text is JSON and no reference file;
 * KerchunkError `cancelled` where the signal had fired.
 */
export function parseReferences(text: Uint8Array, options: ParseOptions = {}): ReferenceSet {
  return runAtOnce(parsing(text, options), options.signal);
}

/**
 * As `parseReferences`, in slices of 25 ms, between which everything else gets its turn: the text may have hundreds of megabytes.
 * @throws as `parseReferences`; KerchunkError `cancelled` as soon as the signal fires.
 */
export function parseReferencesInSlices(text: Uint8Array, options: ParseOptions = {}): Promise<ReferenceSet> {
  return runInSlices(parsing(text, options), options.signal);
}

/** The steps of `parseReferences`; `grain` is about how many bytes of the text are read between two of them. */
export function* parsing(text: Uint8Array, options: ParseOptions = {}, grain = GRAIN): Steps<ReferenceSet> {
  const top = yield* readTopLevel(text, { grain, ...options });
  const { scanner, version } = chooseLayout(top);
  const { problems } = scanner;
  problems.addAll(top.problems);
  if (scanner.metadataRows.size === 0) throw notReferences(text, top, scanner);
  if (scanner === top.refs) noteNested(scanner);
  noteElsewhere(scanner);
  const { columns } = scanner;
  const written = columns.length;
  const { generated, addresses } = yield* resolveAddresses(
    text,
    version === 1 ? { templates: top.members.get('templates'), gen: top.members.get('gen') } : {},
    scanner,
  );
  const { arrays, groups } = describeHierarchy(scanner.metadataRows.keys(), scanner.documents);
  const { indexes, strays } = yield* resolveKeys(scanner, arrays, generated, written);
  noteUnreachable(scanner, strays, (row) => {
    const rows = row < written ? undefined : generated.rows.findLast(({ firstRow }) => firstRow <= row);
    return rows?.keyPlace ?? keyPlace(text, columns.place.get(row));
  });
  return new ReferenceSet({
    version,
    url: options.url,
    compression: options.compression,
    text,
    columns,
    addresses,
    problems: problems.list(),
    documents: scanner.documents,
    arrays,
    groups,
    indexes,
    strays,
    generated,
    members: top.members,
  });
}

/**
 * Any JSON text as a value, read as leniently as reference files are.
 * @throws PlacedError `not-json` with line and column.
 */
export function parseJson(text: Uint8Array): JsonValue {
  const cursor = new JsonCursor(text, hasByteOrderMark(text) ? 3 : 0);
  try {
    const value = cursor.value();
    cursor.finish();
    return value;
  } catch (error) {
    throw placed(text, error);
  }
}

/** A fault of the JSON text as an error that says its line and column; any other error as it is. */
export function placed(text: Uint8Array, error: unknown): unknown {
  if (!(error instanceof JsonSyntaxError)) return error;
  const { line, column } = new TextPositions(text).lineColumn(error.span.offset);
  const message = `This is not JSON: line ${line}, column ${column}: ${error.detail}.`;
  return new PlacedError('not-json', message, error.span, { cause: error });
}

function* readTopLevel(text: Uint8Array, watch: ReadingWatch): Steps<TopLevel> {
  refuseForeign(text);
  const problems = new ProblemList(watch);
  const cursor = new JsonCursor(text);
  if (hasByteOrderMark(text)) {
    cursor.at = 3;
    const message = 'The file begins with a byte order mark, on which strict JSON readers fail.';
    problems.add('json/byte-order-mark', '', { offset: 0, length: 3 }, message);
  }
  try {
    if (cursor.peek() !== ascii.OPEN_BRACE) refuseValue(cursor);
    const top: TopLevel = {
      entries: new EntryScanner(cursor, new ProblemList(watch), watch),
      refs: undefined,
      members: new Map(),
      problems,
    };
    yield* top.entries.readObject((key, span) => readMember(cursor, key, span, top, watch));
    cursor.finish();
    return top;
  } catch (error) {
    throw placed(text, error);
  }
}

/** Reads a top-level member that version 1 has; `refs` as references wherever it stands. Returns false for any other key. */
function* readMember(
  cursor: JsonCursor,
  key: string,
  keySpan: TextSpan,
  top: TopLevel,
  watch: ReadingWatch,
): Steps<boolean> {
  if (!TOP_LEVEL.includes(key)) return false;
  const earlier = top.members.get(key);
  if (earlier !== undefined)
    top.problems.add('kerchunk/duplicate-key', key, keySpan, `"${key}" stands twice; the last one counts.`);
  const isMap = cursor.peek() === ascii.OPEN_BRACE;
  const offset = cursor.at;
  let value: JsonValue = null;
  if (key === 'refs') {
    top.refs = isMap ? new EntryScanner(cursor, new ProblemList(watch), watch) : undefined;
    if (top.refs === undefined) cursor.skip(1);
    else yield* top.refs.readObject();
  } else {
    value = cursor.value(1);
  }
  top.members.set(key, { value, key: keySpan, span: { offset, length: cursor.at - offset } });
  return true;
}

function chooseLayout(top: TopLevel): { scanner: EntryScanner; version: ReferenceWriterVersion } {
  const { members, entries, refs, problems } = top;
  const version = members.get('version');
  const hasOwn = entries.metadataRows.size > 0;
  if (version === undefined && (refs === undefined || hasOwn)) {
    for (const [name, { key }] of members) {
      const message = `"${name}" stands in a file without "version", whose keys are all references (version 0), and is no reference; it is not used.`;
      problems.add('kerchunk/version', name, key, message);
    }
    return { scanner: entries, version: 0 };
  }
  const refsMember = members.get('refs');
  if (version === undefined && refsMember !== undefined) {
    const message =
      'The file has "refs" and no "version"; fsspec takes it for version 0 and finds nothing. Add "version": 1.';
    problems.add('kerchunk/version', 'refs', refsMember.key, message);
  } else if (version !== undefined && textAt(entries.text, version.span) !== '1') {
    const written = cutText(textAt(entries.text, version.span), 40);
    const message = `"version" is ${written}; it must be the integer 1, as which the file is read here. fsspec refuses any other.`;
    problems.add('kerchunk/version', 'version', version.span, message);
  }
  if (refs === undefined && refsMember !== undefined) {
    problems.add('kerchunk/reference-shape', 'refs', refsMember.span, '"refs" must be an object.');
  }
  if (refs === undefined && hasOwn && version !== undefined) {
    const message =
      'The file has a "version" and its references beside it; version 1 wants them under "refs". They are read all the same.';
    problems.add('kerchunk/version', 'version', version.key, message);
    return { scanner: entries, version: 1 };
  }
  noteUnknown(entries, problems);
  return { scanner: refs ?? entries, version: 1 };
}

function noteUnknown(entries: EntryScanner, problems: ProblemList): void {
  const { columns, text } = entries;
  for (let row = 0; row < columns.length; row++) {
    problems.addLazily('kerchunk/unknown-key', () => {
      const span = keyPlace(text, columns.place.get(row));
      const key = decodeString(text, span.offset + 1, span.offset + span.length - 1);
      const near = nearestName(key, TOP_LEVEL, MOST_EDITS);
      const meant = near === undefined ? 'References stand under "refs".' : `Did you mean "${near}"?`;
      return { key, span, message: `Version 1 knows no "${key}"; readers ignore it. ${meant}` };
    });
  }
}

/** Refuses what begins like another kind of file, in words that say more than that it is not JSON. */
function refuseForeign(text: Uint8Array): void {
  const span = { offset: 0, length: Math.min(2, text.length) };
  const [first, second] = text;
  if (text.length === 0) throw new PlacedError('not-json', 'The file is empty.', span);
  if (isTiff(text)) {
    throw new PlacedError(
      'not-json',
      'This is a TIFF, not a reference file. Run kerchunk generate on it first, and name the reference file that it writes.',
      span,
    );
  }
  if (first === 0x1f && second === 0x8b)
    throw new PlacedError('not-json', 'This is a gzip file; decompress it first.', span);
  if (first === 0x28 && second === 0xb5)
    throw new PlacedError('not-json', 'This is a Zstandard file; decompress it first.', span);
  if (first === 0x50 && String.fromCharCode(...text.subarray(0, 4)) === 'PAR1') {
    const message =
      'This is a Parquet file. Of a reference set in parquet name the folder that holds .zmetadata, not one of its record files.';
    throw new PlacedError('not-json', message, span);
  }
  const container = CONTAINERS.find(({ start }) => start.every((byte, at) => text[at] === byte));
  if (container !== undefined) {
    throw new PlacedError('not-json', `This is ${container.name}, not a reference file. ${container.next}`, span);
  }
  if (first === 0xff || first === 0xfe || first === 0 || second === 0) {
    throw new PlacedError('not-json', 'This is not UTF-8 text; JSON files are UTF-8. Save it as UTF-8.', span);
  }
}

/** Files that are given for reference files, by their first bytes. */
const CONTAINERS = [
  {
    name: 'a NetCDF-4 or HDF5 file',
    start: [0x89, 0x48, 0x44, 0x46],
    next: 'Make references of it, as kerchunk.hdf does, and name the file that it writes.',
  },
  {
    name: 'a NetCDF-3 file',
    start: [0x43, 0x44, 0x46],
    next: 'Make references of it, as kerchunk.netCDF3 does, and name the file that it writes.',
  },
  {
    name: 'a ZIP file',
    start: [0x50, 0x4b, 0x03, 0x04],
    next: 'Unpack it, and name the reference file that is in it.',
  },
  {
    name: 'HTML or XML',
    start: [0x3c],
    next: 'Mostly a server sent it in place of the file: open the address in a browser, and download the reference file anew.',
  },
] as const;

/** `II` or `MM` and the number 42, or 43 of a BigTIFF, in the byte order that the letters say (TIFF 6.0, section 2). */
function isTiff([first, second, third = 0, fourth = 0]: Uint8Array): boolean {
  if (first !== second || (first !== 0x49 && first !== 0x4d)) return false;
  const [low, high] = first === 0x49 ? [third, fourth] : [fourth, third];
  return high === 0 && (low === 42 || low === 43);
}

function refuseValue(cursor: JsonCursor): never {
  const isList = cursor.peek() === ascii.OPEN_BRACKET;
  const offset = cursor.at;
  let elements = 0;
  if (isList) {
    cursor.elements(0, () => {
      cursor.skip(1);
      elements++;
    });
  } else {
    cursor.skip();
  }
  cursor.finish();
  const message = isList
    ? `The text is a JSON list of ${elements}; a reference file is one object. Save each document as a file of its own.`
    : 'The text is a single JSON value; a reference file is an object.';
  throw new PlacedError('malformed-reference', message, { offset, length: 1 });
}

function notReferences(text: Uint8Array, top: TopLevel, { columns }: EntryScanner): KerchunkError {
  const message = `${whereReferencesAre(top, columns.length)}; it is no reference file.`;
  return new PlacedError('malformed-reference', message, { offset: 0, length: Math.min(1, text.length) });
}

/** What is there in place of references, as a sentence without its full stop. */
function whereReferencesAre({ members, refs, entries: { text } }: TopLevel, entries: number): string {
  const member = members.get('refs');
  if (refs === undefined && member !== undefined) {
    const is = text[member.span.offset] === ascii.OPEN_BRACKET ? 'a list' : 'none';
    return `"refs" must be an object of keys and references, and is ${is}`;
  }
  if (refs !== undefined && entries === 0) return 'The file is JSON, and its "refs" is empty';
  if (members.has('version') && refs === undefined) {
    return 'The file is JSON with a "version" and without "refs" (in small letters), under which version 1 has its references';
  }
  const among = `among its ${plural(entries, 'key')}`;
  return `The file is JSON and holds no zarr metadata (.zgroup, .zarray or zarr.json) ${among}`;
}
