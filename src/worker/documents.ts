import { cancelled } from '../bytes/cancel';
import { KerchunkError } from '../errors';
import { openDocumentInSlices, openParquetDocument, type PreviewDocument } from '../preview/document';
import type { ChunkRange } from '../references/parquet/set-loader';
import type { ParseOptions } from '../references/parse';
import type { ReferenceSet } from '../references/reference-set';
import type { HostBytes } from './host-source';

/** The reference files that the worker holds, by the names that the host gives them. */
export class Documents {
  readonly #open = new Map<string, PreviewDocument>();
  /** What is read under a name at present; a text that comes later, or a close, is in its place. */
  readonly #reading = new Map<string, Uint8Array>();
  /** Stop reading the record files of sets in parquet. */
  readonly #stops = new Map<string, AbortController>();

  constructor(private readonly hostBytes: HostBytes) {}

  /**
   * Reads a file and holds it in place of what had its name; where it cannot be read, nothing has that name afterwards.
   * @throws as `openDocumentInSlices`; `cancelled` too where another text of that name has come in the meantime, or it was closed.
   */
  async open(
    name: string,
    text: Uint8Array,
    url: string | undefined,
    options: Omit<ParseOptions, 'url'>,
  ): Promise<PreviewDocument> {
    this.close(name);
    this.#reading.set(name, text);
    try {
      const document = await openDocumentInSlices(text, url, this.hostBytes.opener(name), options);
      if (this.#reading.get(name) !== text) throw cancelled();
      this.#open.set(name, document);
      return document;
    } finally {
      if (this.#reading.get(name) === text) this.#reading.delete(name);
    }
  }

  /**
   * As `open`, of a reference set in parquet by its `.zmetadata`.
   * @throws as `openParquetDocument`.
   */
  openParquet(name: string, text: Uint8Array, url: string): PreviewDocument {
    this.close(name);
    const stop = new AbortController();
    const { hostBytes } = this;
    const openers = { records: hostBytes.openerOfNow(name), targets: hostBytes.opener(name) };
    const document = openParquetDocument(text, url, openers, stop.signal);
    this.#open.set(name, document);
    this.#stops.set(name, stop);
    return document;
  }

  /**
   * As `get`, with all references: of a set in parquet its record files are read first.
   * @throws KerchunkError `not-open`; `fetch-failed` where record files cannot be read.
   */
  async whole(name: string): Promise<PreviewDocument> {
    const document = this.get(name);
    if (document.records === undefined) return document;
    const whole = await document.records.whole();
    // The first one who gets here; the document may be another one by now.
    if (this.#open.get(name) === document) this.#open.set(name, whole);
    return whole;
  }

  /**
   * As `whole`, with no more references of a set in parquet than those of the ranges of chunks that `needed` tells, by its metadata, where
   * these hold a reference to a file at all: where none does, only the others tell where the files are.
   * @throws what `needed` throws; KerchunkError `limit-exceeded` as ParquetReferences' `load`.
   */
  async part(name: string, needed: (metadata: ReferenceSet) => readonly ChunkRange[]): Promise<PreviewDocument> {
    const { set, records } = this.get(name);
    if (records === undefined) return this.get(name);
    const part = await records.part(needed(set));
    return part.set.firstUrls(1).first.length === 0 ? this.whole(name) : part;
  }

  /** The address of an open document, where it is known. */
  urlOf(name: string): string | undefined {
    return this.#open.get(name)?.set.url;
  }

  close(name: string): void {
    this.#stops.get(name)?.abort();
    this.#stops.delete(name);
    this.#reading.delete(name);
    this.#open.delete(name);
  }

  /** @throws KerchunkError `not-open`. */
  get(name: string): PreviewDocument {
    const document = this.#open.get(name);
    if (document !== undefined) return document;
    throw new KerchunkError('not-open', 'The reference file is not open here any more; open it again.');
  }
}
