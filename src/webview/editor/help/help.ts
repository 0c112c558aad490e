import { html, render, type TemplateResult } from 'lit/html.js';
import { icon } from '../parts';
import { keyParts, keyWords, type KeyPart } from './keys';
import { outcomeMeanings } from './outcomes';
import { t } from '../../l10n';

/**
 * Lets `?` open the help wherever no field has the focus. Taken before the parts of the page hear it: the tree would look for a name that
 * begins with it.
 */
export function listenForHelp(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      showHelp();
    },
    { capture: true },
  );
}

/** Opens the help as a modal dialog; the focus goes back to where it was when it closes. */
export function showHelp(): void {
  const dialog = dialogOfPage();
  if (dialog.open) return;
  render(helpView(dialog), dialog);
  dialog.showModal();
}

/** The button of the header. */
export function helpButton(): TemplateResult {
  return html`<button
    type="button"
    class="help-button"
    aria-label=${t('Keys and outcomes')}
    title=${t('Keys and outcomes (?)')}
    aria-haspopup="dialog"
    @click=${showHelp}
  >
    ?
  </button>`;
}

function dialogOfPage(): HTMLDialogElement {
  const known = document.querySelector<HTMLDialogElement>('dialog.help');
  if (known !== null) return known;
  const dialog = document.createElement('dialog');
  dialog.className = 'help';
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-labelledby', 'help-title');
  dialog.addEventListener('keydown', (event) => {
    onKey(dialog, event);
  });
  // Its box holds everything: a click on the dialog itself is one beside the box.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/** VS Code hears the keys that come up to the page: Escape and Tab are the dialog's alone. */
function onKey(dialog: HTMLDialogElement, event: KeyboardEvent): void {
  event.stopPropagation();
  if (event.key === 'Escape') {
    event.preventDefault();
    dialog.close();
  }
  if (event.key !== 'Tab') return;
  const stops = [...dialog.querySelectorAll<HTMLElement>('button, [tabindex="0"]')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const next = (at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length;
  event.preventDefault();
  stops[next]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = 'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select';
  return target.isContentEditable || target.matches(field);
}

function helpView(dialog: HTMLDialogElement): TemplateResult {
  return html`<div class="help-box">
    <header>
      <h2 id="help-title">${t('Keys and outcomes')}</h2>
      <button
        type="button"
        class="bare"
        aria-label=${t('Close')}
        title=${t('Close (Escape)')}
        @click=${() => {
          dialog.close();
        }}
      >
        ${icon('no')}
      </button>
    </header>
    <div class="help-body" tabindex="0" role="region" aria-labelledby="help-title">
      <section class="help-keys" aria-label=${t('Keys')}>${keyParts.map(partView)}</section>
      <section class="help-outcomes" aria-labelledby="help-outcomes-title">
        <h3 id="help-outcomes-title">${t('What can become of a chunk, besides its values')}</h3>
        <ul>
          ${outcomeMeanings.map(
            ({ kind, title, sign, meaning }) =>
              html`<li class="outcome outcome-${kind}">
                ${icon(sign)}
                <div>
                  <h4>${title}</h4>
                  <p>${meaning}</p>
                </div>
              </li>`,
          )}
        </ul>
      </section>
    </div>
  </div>`;
}

function partView({ part, lines }: KeyPart): TemplateResult {
  return html`<section class="help-part">
    <h3>${part}</h3>
    <dl>
      ${lines.map(
        ({ keys, does }) =>
          html`<div>
            <dt>${keys.map(chordView)}</dt>
            <dd>${does}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function chordView(chord: string): TemplateResult {
  const isMac = navigator.userAgent.includes('Mac OS');
  const keys = chord.length === 1 ? [chord] : chord.split('+');
  return html`<span class="chord"
    >${keys.map((key) => html`<kbd>${keyWords[isMac && key === 'Ctrl' ? 'Cmd' : key] ?? key}</kbd>`)}</span
  >`;
}
