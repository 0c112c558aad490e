import { protocolOf } from '../address-form';
import type { AddressForm } from './address-forms';

/** Protocols of local files, and a path without one. */
const LOCAL: readonly (string | undefined)[] = [undefined, 'file', 'local'];

/**
 * Which protocols fsspec can open references by, unless it is told more: those of the templates, and the first other one that it meets in
 * the references (fsspec.implementations.reference, ReferenceFileSystem.__init__). A path without protocol goes to the file system
 * made last.
 */
export class Protocols {
  private readonly opened = new Set<string | undefined>();
  private last: string | undefined;
  private complete = false;

  constructor(templates: Iterable<string>) {
    for (const template of templates) {
      const protocol = protocolOf(template.replace(/\{\{.*?\}\}/gu, ''));
      if (protocol !== undefined) this.open(protocol);
    }
  }

  /** The protocols opened so far, in words, the one of paths without any left out. */
  get inWords(): string {
    return [...this.opened].map((protocol) => (protocol === undefined ? 'local paths' : `"${protocol}"`)).join(', ');
  }

  /** Whether the next address, in the order of the references, can be opened. */
  opens({ protocol }: AddressForm): boolean {
    if (!this.complete && !this.opened.has(protocol)) {
      this.open(protocol);
      this.complete = true;
    }
    return protocol === undefined ? LOCAL.includes(this.last) : this.opened.has(protocol);
  }

  private open(protocol: string | undefined): void {
    this.opened.add(protocol);
    this.last = protocol;
  }
}
