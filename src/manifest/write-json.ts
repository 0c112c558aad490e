import { throwIfCancelled } from '../bytes/cancel';
import type { ByteSink } from '../bytes/sink';
import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { formatJson, FRAMES, SEPARATOR } from '../references/write';
import type { ReferenceWriterVersion } from '../references/types';
import { turns } from '../steps';
import { chunkNames, keyBelow } from '../zarr/grid';
import { dimensionNames, type GenItems, genItems } from './gen-items';
import { type TemplateChoice, templatesFor, UrlTemplates } from './templates';
import { arrayDocuments, entryValue, leadingDocuments } from './to-entries';
import type { Manifest, ManifestEntry } from './types';

/** Characters that are gathered before they go on: a few milliseconds' work. */
const PIECE = 2 ** 17;

export interface WriteJsonOptions {
  version: ReferenceWriterVersion;
  /** Metadata documents as objects, which VirtualiZarr and zarrita do not read; else as strings of JSON, which every reader takes. */
  nested?: boolean;
  /** Templates in place of addresses, or of what they begin with, which fewer readers take; version 1 only. */
  templates?: TemplateChoice | undefined;
  /** Items of `gen` in place of arithmetic runs of chunks, which still fewer readers take; version 1 only. */
  gen?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Told now and then how many chunks have been written. */
  onProgress?: (chunks: number) => void;
}

/** What was written. */
export interface WrittenCount {
  /** Chunks that have an entry. */
  chunks: number;
  bytes: number;
  /** What templates and `gen` came to, where they were asked for. */
  shortened?: Shortened;
}

/** What a file has in place of plain references. */
export interface Shortened {
  /** Bytes of the JSON, before any compression, and of the same without. */
  textBytes: number;
  plainBytes: number;
  templates: number;
  /** Given templates that no address begins with; they are not written. */
  unused: string[];
  /** Items of `gen`, and the chunks that they make. */
  items: number;
  generated: number;
}

/**
 * Writes a reference file of JSON, an entry a line, as `writeReferences` does, while it goes through the manifest: memory does not grow with
 * the number of references, but with `gen`: by a bit each, and by a number for each row of the boxes that are open at once.
 * @throws KerchunkError `invalid-argument` for ranges that are none, and for templates or `gen` in version 0;
 * `cancelled`, and what the entries of the manifest and the sink throw.
 */
export async function writeJson(
  manifest: Manifest,
  sink: ByteSink,
  { version, nested = false, templates: choice, gen = false, signal, onProgress }: WriteJsonOptions,
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
  const isShortened = choice !== undefined || gen;
  if (isShortened && version === 0) {
    throw new KerchunkError(
      'invalid-argument',
      'Version 0 has no templates and no gen. Write version 1 (--form json1).',
    );
  }
  const { templates, items } = await shortenedBy(manifest, choice, gen, signal, giveWay);
  const plain = new PlainSize();
  text.add(startOf(version, templates));
  for (const [key, document] of leadingDocuments(manifest)) {
    const member = documentMember(key, document, nested);
    if (isShortened) plain.add(member);
    add(member);
  }
  const format = entryFormatter(templates.values.size === 0 ? undefined : (url) => templates.encode(url));
  const formatPlain = entryFormatter();
  for (const array of manifest.arrays) {
    for (const [key, document] of arrayDocuments(array)) {
      const member = documentMember(key, document, nested);
      if (isShortened) plain.add(member);
      if (add(member)) await passOn();
    }
    const name = chunkNames(array.array);
    const start = JSON.stringify(keyBelow(array.array.path, '')).slice(0, -1);
    const made = items.made.get(array);
    let ordinal = 0;
    for (const [chunk, entry] of array.entries()) {
      chunks++;
      const key = `${start}${name(chunk)}":`;
      if (isShortened) plain.add(key + formatPlain(entry));
      if (made?.has(ordinal++) === true) {
        if ((ordinal & 0xfff) === 0) await giveWay();
      } else if (add(key + format(entry))) await passOn();
    }
  }
  text.add(endOf(version, items));
  await passOn();
  const written = { chunks, bytes: text.bytes };
  if (!isShortened) return written;
  return {
    ...written,
    shortened: {
      textBytes: text.bytes,
      plainBytes: plain.bytes,
      templates: templates.values.size,
      unused: choice?.given.map(([given]) => given).filter((given) => !templates.values.has(given)) ?? [],
      items: items.texts.length,
      generated: items.count,
    },
  };
}

async function shortenedBy(
  manifest: Manifest,
  choice: TemplateChoice | undefined,
  gen: boolean,
  signal: AbortSignal | undefined,
  giveWay: () => Promise<void>,
): Promise<{ templates: UrlTemplates; items: GenItems }> {
  const names = gen ? dimensionNames(choice?.given.map(([name]) => name) ?? []) : [];
  const templates =
    choice === undefined ? new UrlTemplates([], []) : await templatesFor(manifest, choice, new Set(names), giveWay);
  const items = gen
    ? await genItems(manifest, templates, names, signal, giveWay)
    : { texts: [], made: new Map<never, never>(), count: 0 };
  return { templates, items };
}

function startOf(version: ReferenceWriterVersion, { values }: UrlTemplates): string {
  if (values.size === 0) return FRAMES[version].start;
  const members = [...values].map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
  return `{"version":1,"templates":{\n${members.join(SEPARATOR)}\n},"refs":{\n`;
}

function endOf(version: ReferenceWriterVersion, { texts }: GenItems): string {
  return texts.length === 0 ? FRAMES[version].end : `\n},"gen":[\n${texts.join(SEPARATOR)}\n]}`;
}

/** The bytes of a file of version 1 without templates and `gen`. */
class PlainSize {
  private members = 0;
  private size = FRAMES[1].start.length + FRAMES[1].end.length;

  add(member: string): void {
    if (this.members++ > 0) this.size += SEPARATOR.length;
    this.size += utf8Length(member);
  }

  get bytes(): number {
    return this.size;
  }
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // A pair of surrogates is four bytes.
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
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
function entryFormatter(encode: (url: string) => string = (url) => url): (entry: ManifestEntry) => string {
  let url = '';
  let urlText = '""';
  return (entry) => {
    if (entry.kind === 'inline') return JSON.stringify(entryValue(entry));
    if (entry.url !== url) {
      url = entry.url;
      urlText = JSON.stringify(encode(url));
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
