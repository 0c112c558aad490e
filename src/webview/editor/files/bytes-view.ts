import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TargetBytes, TargetMap } from '../../../preview/target-types';
import { countInWords } from '../../../words';
import { hexDump } from '../hex';
import type { Page } from '../page';
import { button, iconButton, type Content } from '../parts';
import type { FilesState } from './files-state';
import { fileFailure } from './failure-view';
import { t } from '../../l10n';
import { exactSizeInWords } from '../../counts';

/** Bytes that are read at once, as the worker reads them. */
const block = 4096;
const perLine = 16;

/** Any bytes of the file in hex and ASCII. */
export function bytesView(page: Page, map: TargetMap): TemplateResult {
  const { bytesAt, region } = page.state.files;
  const at = bytesAt ?? region?.start ?? 0;
  return html`<section class="file-bytes" aria-label=${t('Bytes')}>
    <div class="section-head">
      <h3>${t('Bytes')}</h3>
      <span class="tools">
        <label class="field"
          >${t('Offset')}
          <input
            type="text"
            class="offset"
            spellcheck="false"
            placeholder=${t('1234 or 0x4d2')}
            aria-label=${t('Offset of the first byte, decimal or hexadecimal with 0x')}
            .value=${String(at)}
            @change=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) goToTyped(page, map, event.target);
            }}
        /></label>
        ${
          bytesAt === null
            ? button(t('Show Bytes'), 'file', () => {
                goTo(page, map, at);
              })
            : html`${iconButton(
                t('Previous {0} bytes', countInWords(block)),
                'up',
                () => {
                  goTo(page, map, bytesAt - block);
                },
                bytesAt === 0,
              )}${iconButton(
                t('Next {0} bytes', countInWords(block)),
                'down',
                () => {
                  goTo(page, map, bytesAt + block);
                },
                map.size !== null && bytesAt + block >= map.size,
              )}`
        }
      </span>
    </div>
    ${bytesAt === null ? nothing : contentView(page, map)}
  </section>`;
}

/** Reads a typed offset; what is none is said, and the field has the last one again. */
function goToTyped(page: Page, map: TargetMap, field: HTMLInputElement): void {
  const typed = field.value.trim().replaceAll(/[,_\s]/gu, '');
  const offset = /^(0x[0-9a-f]+|\d+)$/iu.test(typed) ? Number(typed) : NaN;
  if (Number.isSafeInteger(offset)) {
    goTo(page, map, offset);
    return;
  }
  page.announce(t('{0} is no offset: type a whole number, or 0x and hexadecimal digits.', field.value));
  field.setCustomValidity(t('Type a whole number, or 0x and hexadecimal digits.'));
  field.reportValidity();
  field.setCustomValidity('');
}

function goTo(page: Page, { size }: TargetMap, offset: number): void {
  const last = size === null ? Number.MAX_SAFE_INTEGER - block : Math.max(0, size - 1);
  showBytes(page, Math.max(0, Math.min(last, offset)));
}

/** Shows the bytes from an offset on: from the beginning of its line. */
export function showBytes(page: Page, offset: number): void {
  const bytesAt = offset - (offset % perLine);
  page.dispatch({ type: 'files', change: { bytesAt } });
  page.announce(t('Bytes from {0} on, hexadecimal {1}.', countInWords(bytesAt), bytesAt.toString(16)));
}

function contentView(page: Page, map: TargetMap): Content {
  const { value, status, error } = page.state.answers.targetBytes;
  if (error !== null) return fileFailure(page, map.target, error);
  if (value?.target !== map.target) {
    return status === 'slow'
      ? html`<p class="hint busy">${t('Reading {0} bytes…', countInWords(block))}</p>`
      : html`<p class="hint">&nbsp;</p>`;
  }
  return dumpView(page, map, value, status === 'slow');
}

function dumpView(page: Page, map: TargetMap, { bytes, offset }: TargetBytes, busy: boolean): TemplateResult {
  const content = new Uint8Array(bytes);
  if (content.length === 0)
    return html`<p class="hint">${t('The file ends before byte {0}.', countInWords(offset))}</p>`;
  const lines = hexDump(content);
  const { region } = page.state.files;
  return html`<pre
      class="hex file-hex"
      tabindex="0"
      role="group"
      aria-busy=${busy ? 'true' : 'false'}
      aria-label=${t('Bytes {0} to {1} in hexadecimal and ASCII: Page Down goes on behind the last', countInWords(offset), countInWords(offset + content.length - 1))}
      @keydown=${(event: KeyboardEvent) => {
        onKey(page, map, event);
      }}
    >
${lines.map(({ hex, text }, line) => {
        const at = offset + line * perLine;
        return html`<code
          ><span class="hint">${at.toString(16).padStart(8, '0')}</span
          ><span class="hint decimal">${countInWords(at)}</span>${marked(hex, at, region)}<span>${text}</span></code
        >`;
      })}</pre>
    <p class="hint">
      ${t('Offsets in hexadecimal and decimal.')}
      ${region === null ? nothing : t('Bytes of the selected region are marked.')}
      ${content.length < block ? t('The file ends here, after {0}.', exactSizeInWords(offset + content.length)) : nothing}
    </p>`;
}

/** A line of hex, its bytes of the selected region marked. */
function marked(hex: string, at: number, region: FilesState['region']): TemplateResult {
  const first = region === null ? perLine : Math.max(0, region.start - at);
  const end = region === null ? 0 : Math.min(perLine, region.start + region.length - at);
  if (first >= end) return html`<span>${hex}</span>`;
  // Two digits and a space for each byte, and one space more after the eighth.
  const placeOf = (byte: number): number => 3 * byte + (byte >= 8 ? 1 : 0);
  const [from, to] = [placeOf(first), placeOf(end - 1) + 2];
  return html`<span>${hex.slice(0, from)}<mark>${hex.slice(from, to)}</mark>${hex.slice(to)}</span>`;
}

/** Page keys scroll, and go on to the next bytes where there is no more to scroll. */
function onKey(page: Page, map: TargetMap, event: KeyboardEvent): void {
  const { bytesAt } = page.state.files;
  const box = event.currentTarget;
  if (bytesAt === null || !(box instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
  if (event.key === 'PageDown' && atEnd && (map.size === null || bytesAt + block < map.size)) {
    goTo(page, map, bytesAt + block);
    box.scrollTop = 0;
  } else if (event.key === 'PageUp' && box.scrollTop === 0 && bytesAt > 0) {
    goTo(page, map, bytesAt - block);
    box.scrollTop = box.scrollHeight;
  } else {
    return;
  }
  event.preventDefault();
}
