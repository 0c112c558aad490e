import { KerchunkError } from '../errors';
import { openDocument, type PreviewDocument } from '../preview/document';
import type { HostBytes } from './host-source';

/** The reference files that the worker holds, by the names that the host gives them. */
export class Documents {
  readonly #open = new Map<string, PreviewDocument>();

  constructor(private readonly hostBytes: HostBytes) {}

  /** Reads a file and holds it in place of what had its name; where it cannot be read, nothing has that name afterwards. */
  open(name: string, text: Uint8Array, url: string | undefined): PreviewDocument {
    this.#open.delete(name);
    const document = openDocument(text, url, this.hostBytes.opener(name));
    this.#open.set(name, document);
    return document;
  }

  /** The address of an open document, where it is known. */
  urlOf(name: string): string | undefined {
    return this.#open.get(name)?.set.url;
  }

  close(name: string): void {
    this.#open.delete(name);
  }

  /** @throws KerchunkError `not-open`. */
  get(name: string): PreviewDocument {
    const document = this.#open.get(name);
    if (document !== undefined) return document;
    throw new KerchunkError('not-open', 'The reference file is not open here any more; open it again.');
  }
}
