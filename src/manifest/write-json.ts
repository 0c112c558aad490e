import { throwIfCancelled } from '../bytes/cancel';
import type { ByteSink } from '../bytes/sink';
import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { formatJson, FRAMES, SEPARATOR } from '../references/write';
import type { ReferenceWriterVersion } from '../references/types';
import { turns } from '../steps';
import { chunkNames, keyBelow } from '../zarr/grid';
import { arrayDocuments, entryValue, leadingDocuments } from './to-entries';
import type { Manifest, ManifestEntry } from './types';

/** Characters that are gathered before they go on: a few milliseconds' work. */
const PIECE = 2 ** 17;

export interface WriteJsonOptions {
  version: ReferenceWriterVersion;
  /** Metadata documents as objects, which VirtualiZarr and zarrita do not read; else as strings of JSON, which every reader takes. */
  nested?: boolean;
  signal?: AbortSignal | undefined;
  /** Told now and then how many chunks have been written. */
  onProgress?: (chunks: number) => void;
}

/** What was written. */
export interface WrittenCount {
  /** Chunks that have an entry. */
  chunks: number;
  bytes: number;
}

/**
 * Writes a reference file of JSON, an entry a line, as `writeReferences` does, while it goes through the manifest: memory does not grow with
 * the number of references.
 * @throws KerchunkError `invalid-argument` for ranges that are none;
 * `cancelled`, and what the entries of the manifest and the sink throw.
 */
export async function writeJson(
  manifest: Manifest,
  sink: ByteSink,
  { version, nested = false, signal, onProgress }: WriteJsonOptions,
): Promise<WrittenCount> {
  const text = new TextPieces(sink);
  const giveWay = turns(signal);
  let chunks = 0;
  let separator = '';
  const passOn = async (): Promise<void> => {
    await text.passOn();
    onProgress?.(chunks);
    await giveWay();
  };
  const add = (member: string): boolean => {
    const isFull = text.add(separator + member);
    separator = SEPARATOR;
    return isFull;
  };
  throwIfCancelled(signal);
  text.add(FRAMES[version].start);
  for (const [key, document] of leadingDocuments(manifest)) add(documentMember(key, document, nested));
  const format = entryFormatter();
  for (const array of manifest.arrays) {
    for (const [key, document] of arrayDocuments(array)) {
      if (add(documentMember(key, document, nested))) await passOn();
    }
    const name = chunkNames(array.array);
    const start = JSON.stringify(keyBelow(array.array.path, '')).slice(0, -1);
    for (const [chunk, entry] of array.entries()) {
      chunks++;
      if (add(`${start}${name(chunk)}":${format(entry)}`)) await passOn();
    }
  }
  text.add(FRAMES[version].end);
  await passOn();
  return { chunks, bytes: text.bytes };
}

/** The text of a metadata document. One with a bare NaN, as Python writes them, stands as a string, so that the file is JSON all the same. */
function documentMember(key: string, document: JsonObject, nested: boolean): string {
  const text = formatJson(document, 'bare');
  return `${JSON.stringify(key)}:${nested && isJson(text) ? text : JSON.stringify(text)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text of entries, of which many in a row point into one file. */
function entryFormatter(): (entry: ManifestEntry) => string {
  let url = '';
  let urlText = '""';
  return (entry) => {
    if (entry.kind === 'inline') return JSON.stringify(entryValue(entry));
    if (entry.url !== url) {
      url = entry.url;
      urlText = JSON.stringify(url);
    }
    if (entry.kind === 'file') return `[${urlText}]`;
    if (!isCount(entry.offset) || !isCount(entry.length)) {
      throw new KerchunkError(
        'invalid-argument',
        `A chunk is to be bytes ${entry.offset} to ${entry.offset + entry.length} of ${url}; these are no whole numbers of bytes.`,
      );
    }
    return `[${urlText},${entry.offset},${entry.length}]`;
  };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Gathers text and gives it to a sink as UTF-8. */
class TextPieces {
  bytes = 0;
  private readonly encoder = new TextEncoder();
  private readonly parts: string[] = [];
  private length = 0;

  constructor(private readonly sink: ByteSink) {}

  /** Whether there is enough to be passed on. */
  add(part: string): boolean {
    this.parts.push(part);
    this.length += part.length;
    return this.length >= PIECE;
  }

  async passOn(): Promise<void> {
    const bytes = this.encoder.encode(this.parts.join(''));
    this.parts.length = 0;
    this.length = 0;
    this.bytes += bytes.length;
    await this.sink.write(bytes);
  }
}
