import { html, type TemplateResult } from 'lit/html.js';
import type { OpenCode } from '../../preview/types';
import { copyButton } from './parts';
import type { Page } from './page';

/** Python that opens an array or a group, to be read and copied. */
export function openCodeView(page: Page, { xarray, zarr }: OpenCode): TemplateResult {
  return html`<details class="xarray">
      <summary><h3>Open it in Python</h3></summary>
      ${codeView('With xarray', xarray)} ${codeView('With zarr-python', zarr)}
    </details>
    <p class="actions">
      ${copyButton(page, 'Copy xarray Code', 'The xarray code', xarray)}
      ${copyButton(page, 'Copy zarr Code', 'The zarr code', zarr)}
    </p>`;
}

function codeView(name: string, code: string): TemplateResult {
  return html`<h4>${name}</h4>
    <pre
      tabindex="0"
      role="group"
      aria-label="Python code, ${name.toLowerCase()}"
    ><code>${code.trimEnd()}</code></pre>`;
}
