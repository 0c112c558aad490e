import { cancelled } from '../bytes/cancel';
import { KerchunkError } from '../errors';
import { openDocumentInSlices, type PreviewDocument } from '../preview/document';
import type { ParseOptions } from '../references/parse';
import type { HostBytes } from './host-source';

/** The reference files that the worker holds, by the names that the host gives them. */
export class Documents {
  readonly #open = new Map<string, PreviewDocument>();
  /** What is read under a name at present; a text that comes later, or a close, is in its place. */
  readonly #reading = new Map<string, Uint8Array>();

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
    this.#open.delete(name);
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

  /** The address of an open document, where it is known. */
  urlOf(name: string): string | undefined {
    return this.#open.get(name)?.set.url;
  }

  close(name: string): void {
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
