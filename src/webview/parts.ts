import { element } from './dom';
import { icon } from './icons';
import type { IconName } from './outlines';
import type { FromPage } from './messages';
import { t } from './l10n';

/** What the page does on a click. */
export interface Actions {
  post: (message: FromPage) => void;
  /** Says something to screen readers. */
  announce: (text: string) => void;
}

/** The level that section headings have: one below the heading they stand under. */
export type Heading = 'h2' | 'h3';

/** A part of the page under a heading. */
export function section(heading: Heading, title: string, ...children: Node[]): Node {
  return element('section', {}, element(heading, {}, title), ...children);
}

/** A button with a sign before its words. */
export function button(label: string, sign: IconName, onClick: () => void): HTMLButtonElement {
  return element('button', { attributes: { type: 'button' }, onClick }, icon(sign), element('span', {}, label));
}

/** A button that says for two seconds that it did its work. */
export function copyButton(label: string, copy: () => void): HTMLButtonElement {
  const words = element('span', {}, label);
  const made = element('button', { attributes: { type: 'button' } }, icon('copy'), words);
  made.addEventListener('click', () => {
    copy();
    words.textContent = t('Copied');
    setTimeout(() => {
      words.textContent = label;
    }, 2000);
  });
  return made;
}
