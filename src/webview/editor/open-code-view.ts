import { html, type TemplateResult } from 'lit/html.js';
import type { OpenCode } from '../../preview/types';
import { copyButton } from './parts';
import type { Page } from './page';
import { t } from '../l10n';

/** Python that opens an array or a group, to be read and copied. */
export function openCodeView(page: Page, { xarray, zarr }: OpenCode): TemplateResult {
  return html`<details class="xarray">
      <summary><h3>${t('Open it in Python')}</h3></summary>
      ${codeView(t('With xarray'), xarray)} ${codeView(t('With zarr-python'), zarr)}
    </details>
    <p class="actions">
      ${copyButton(page, t('Copy xarray Code'), t('The xarray code'), xarray)}
      ${copyButton(page, t('Copy zarr Code'), t('The zarr code'), zarr)}
    </p>`;
}

function codeView(name: string, code: string): TemplateResult {
  return html`<h4>${name}</h4>
    <pre
      tabindex="0"
      role="group"
      aria-label=${t('Python code, {0}', name.toLowerCase())}
    ><code>${code.trimEnd()}</code></pre>`;
}
