import { html, nothing, render } from 'lit/html.js';
import { KerchunkError } from '../../../errors';
import { countInWords } from '../../../words';
import { iconButton } from '../parts';
import { hexDump } from '../hex';
import { t } from '../../l10n';

/** Bytes that are shown at once. */
export const pageLength = 256;

/** Bytes of which the first are at hand. */
export interface BytesSource {
  /** Sources of one key have the same bytes. */
  key: string;
  /** Whose bytes they are: "Stored". */
  name: string;
  head: Uint8Array;
  length: number;
  /** Bytes from `offset` on. @throws KerchunkError. */
  read: (offset: number, length: number, signal: AbortSignal) => Promise<Uint8Array>;
}

/** Bytes in hex, a page at a time, with a field for the offset. */
export class StageBytes extends HTMLElement {
  #source: BytesSource | undefined;
  #offset = 0;
  #bytes = new Uint8Array();
  #failure = '';
  #reading = new AbortController();

  set source(source: BytesSource) {
    const isSame = this.#source?.key === source.key;
    this.#source = source;
    if (isSame) return;
    this.#reading.abort();
    this.#offset = 0;
    this.#bytes = new Uint8Array(source.head);
    this.#failure = '';
    this.#render();
  }

  disconnectedCallback(): void {
    this.#reading.abort();
  }

  /** Shows the bytes around an offset: the line of 16 that holds it comes first. */
  async goTo(offset: number): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    const last = Math.max(0, Math.floor((source.length - 1) / 16) * 16);
    const start = Math.min(last, Math.max(0, Math.floor(offset / 16) * 16));
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const bytes =
        start + pageLength <= source.head.length || source.head.length >= source.length
          ? source.head.subarray(start, start + pageLength)
          : await source.read(start, pageLength, reading.signal);
      if (reading.signal.aborted) return;
      this.#offset = start;
      this.#bytes = new Uint8Array(bytes);
      this.#failure = '';
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code === 'cancelled') return;
      this.#failure = error.message;
    }
    this.#render();
  }

  #render(): void {
    const source = this.#source;
    if (source === undefined) return;
    const { name, length } = source;
    const end = this.#offset + this.#bytes.length;
    const lines = hexDump(this.#bytes, this.#offset);
    render(
      html`${
          length <= pageLength
            ? nothing
            : html`<div class="picture-tools" role="group" aria-label=${t('Bytes of {0}', name)}>
                ${iconButton(t('Bytes before'), 'previous', () => void this.goTo(this.#offset - pageLength), this.#offset === 0)}
                <label class="field"
                  >${t('Offset')}
                  <input
                    class="bound"
                    title=${t('In decimal, or in hex after 0x')}
                    .value=${String(this.#offset)}
                    @change=${(event: Event) => {
                      if (event.target instanceof HTMLInputElement) this.#typed(event.target.value);
                    }}
                  />
                </label>
                ${iconButton(t('Bytes behind'), 'next', () => void this.goTo(this.#offset + pageLength), end >= length)}
                <span class="hint" role="status"
                  >${t('{0} to {1} of {2}', countInWords(this.#offset), countInWords(Math.max(0, end - 1)), countInWords(length))}</span
                >
              </div>`
        }
        ${this.#failure === '' ? nothing : html`<p class="fault" role="alert">${this.#failure}</p>`}
        <pre
          class="hex"
          tabindex="0"
          role="group"
          aria-label=${t('Bytes of {0}', name)}
          @keydown=${(event: KeyboardEvent) => {
            this.#onKey(event);
          }}
        >
${lines.map(
            ({ offset, hex, text }) =>
              html`<code><span class="hint">${offset}</span><span>${hex}</span><span>${text}</span></code>`,
          )}</pre>`,
      this,
    );
  }

  #typed(text: string): void {
    const offset = /^\s*(0x[0-9a-f]+|\d[\d,_ ]*)\s*$/iu.test(text) ? Number(text.replace(/[,_\s]/gu, '')) : NaN;
    if (Number.isSafeInteger(offset)) {
      void this.goTo(offset);
      return;
    }
    this.#failure = t('"{0}" is no offset: write it in decimal, or in hex after 0x.', text);
    this.#render();
  }

  /** Page Up and Page Down, Home and End, which must not go to another chunk. */
  #onKey(event: KeyboardEvent): void {
    const length = this.#source?.length ?? 0;
    const to = {
      PageDown: this.#offset + pageLength,
      PageUp: this.#offset - pageLength,
      Home: 0,
      End: length - pageLength,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (length > pageLength && to < length) void this.goTo(to);
  }
}
