import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Failure } from '../../editor-messages';
import { failureWords } from '../chunk/outcomes';
import type { Page } from '../page';
import { breakable, button, icon } from '../parts';
import { t } from '../../l10n';

/** Why bytes of a file could not be read, and what can be done about it. */
export function fileFailure(page: Page, target: number, { code, message }: Failure): TemplateResult {
  const { title, sign, advice, remedy } = failureWords(code, null);
  return html`<div class="outcome outcome-${code}">
    ${icon(sign)}
    <div>
      <h4>${title}</h4>
      <p>${breakable(message)}</p>
      ${remedy === 'again' || advice === '' ? nothing : html`<p class="hint">${advice}</p>`}
      <p class="actions">
        ${
          remedy === 'trust'
            ? button(t('Manage Workspace Trust'), 'shield', () => {
                page.post({ type: 'manageTrust' });
              })
            : remedy === 'allow'
              ? button(t('Allow Reading…'), 'unlock', () => {
                  page.post({ type: 'allowTarget', target });
                })
              : button(t('Try Again'), 'again', () => {
                  page.dispatch({ type: 'files', change: { attempt: page.state.files.attempt + 1 } });
                })
        }
      </p>
    </div>
  </div>`;
}
