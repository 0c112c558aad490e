import { isAbsolutePath, isChained, protocolOf } from '../address-form';
import { BACKSLASH, COLON, SLASH } from './ascii';
import type { ByteWords } from './byte-words';
import { decodeString } from './json-string';

/** What an address is to fsspec. */
export interface AddressForm {
  /** Undefined for a path. */
  protocol: string | undefined;
  /** A path that is not absolute. */
  isRelative: boolean;
  /** One that chains several protocols (`simplecache::s3://…`). */
  isChained: boolean;
}

const SLASHES = [SLASH, SLASH];
const SLASHES_ESCAPED = [BACKSLASH, SLASH, BACKSLASH, SLASH];

const ABSOLUTE: AddressForm = { protocol: undefined, isRelative: false, isChained: false };
const RELATIVE: AddressForm = { ...ABSOLUTE, isRelative: true };

/** The form of an address; templates must have been substituted in it. */
export function formOf(address: string): AddressForm {
  const protocol = protocolOf(address);
  const chained = isChained(address);
  return { protocol, isRelative: protocol === undefined && !chained && !isAbsolutePath(address), isChained: chained };
}

/** The forms of the tokens of a text, from their bytes: a file of a million addresses makes no million strings. */
export class TokenForms {
  /** The protocol that the last token with one began with: its bytes, `://` included, as they stand in the text. */
  private start = 0;
  private length = 0;
  private form = ABSOLUTE;

  constructor(
    private readonly text: Uint8Array,
    private readonly words: ByteWords,
  ) {}

  /** The form of the token with the characters [start, end), quotes not included. */
  of(start: number, end: number): AddressForm {
    const { text } = this;
    const alike = this.beginsAlike(start);
    const at = this.words.colonOrBackslash(alike ? start + this.length : start, end);
    if (at >= end) {
      if (alike) return this.form;
      if (text[start] !== SLASH) return RELATIVE;
    } else if (alike && text[at] === BACKSLASH && text[at + 1] === SLASH) {
      // Where one slash is escaped all are, so the rest is as good as any other.
      if (!this.hasColon(at, end)) return this.form;
    }
    const form = formOf(decodeString(text, start, end));
    if (form.protocol?.length === at - start && !form.isChained) this.remember(start, at, form);
    return form;
  }

  private hasColon(start: number, end: number): boolean {
    for (let i = start; i < end; i++) {
      const byte = this.text[i];
      if (byte === COLON || (byte === BACKSLASH && this.text[i + 1] !== SLASH)) return true;
    }
    return false;
  }

  private beginsAlike(start: number): boolean {
    if (this.length === 0) return false;
    return this.words.equal(start, this.start, this.length);
  }

  private remember(start: number, colon: number, form: AddressForm): void {
    const slashes = this.text[colon + 1] === BACKSLASH ? SLASHES_ESCAPED : SLASHES;
    if (slashes.some((byte, i) => this.text[colon + 1 + i] !== byte)) return;
    this.start = start;
    this.length = colon + 1 + slashes.length - start;
    this.form = form;
  }
}
