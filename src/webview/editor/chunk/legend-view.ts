import { html, nothing, type TemplateResult } from 'lit/html.js';
import { legendOf } from './legend';
import type { Pictured } from './pictured';

/** What the picture shows in other ways than by a colour. */
export function legendView({ values, readers, details }: Pictured): TemplateResult {
  return html`<ul class="legend">
    ${legendOf(values, readers, details.path || 'the array').map(
      ({ swatch, text }) =>
        html`<li>${swatch === null ? nothing : html`<span class="swatch swatch-${swatch}"></span>`}${text}</li>`,
    )}
  </ul>`;
}
