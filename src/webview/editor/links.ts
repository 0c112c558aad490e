import { html, type TemplateResult } from 'lit/html.js';
import type { FindingSample, TextRange } from '../../preview/types';
import type { Content } from './parts';
import type { Page } from './page';
import { t } from '../l10n';

/** Leads to an array or group, and to one of its chunks in the grid where `indices` names one. */
export function nodeLink(page: Page, words: Content, path: string, indices: readonly number[] | null): TemplateResult {
  return link(words, () => {
    page.dispatch({ type: 'show', path, indices });
  });
}

/** Leads to a place in the text. */
export function placeLink(page: Page, words: Content, range: TextRange): TemplateResult {
  return link(words, () => {
    page.post({ type: 'showText', range });
  });
}

/** Where a finding stands: `Line 1,234`, or in a set in parquet `red/refs.0.parq, row 17`. */
export function placeInWords({
  range,
  record,
}: Pick<FindingSample, 'range'> & { record?: FindingSample['record'] | undefined }): string {
  return record === undefined ? lineInWords(range) : t('{0}, row {1}', record.file, record.row.toLocaleString('en-US'));
}

/** `Line 1,234`. */
export function lineInWords({ line }: TextRange): string {
  return t('Line {0}', line.toLocaleString('en-US'));
}

function link(words: Content, follow: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${follow}>${words}</button>`;
}
