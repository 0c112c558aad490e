import { html, nothing, type TemplateResult } from 'lit/html.js';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import type { Content } from '../parts';
import type { Pictured } from './pictured';

/** What is not a colour: nodata, NaN, filling; and what was thinned. */
export function legendView(page: Page, { values, readers, details }: Pictured): TemplateResult {
  const { nodata, statistics, step } = values;
  const entries: Content[] = [
    nodata === null
      ? nothing
      : html`<li><span class="swatch swatch-nodata"></span>nodata ${nodata}: ${countInWords(statistics.nodata)}</li>`,
    statistics.nan === 0
      ? nothing
      : html`<li><span class="swatch swatch-nodata"></span>NaN: ${countInWords(statistics.nan)}</li>`,
    beyondInWords(readers, details),
    step === 1
      ? nothing
      : html`<li>Every ${countInWords(step)}th row and column is shown; the statistics are of all.</li>`,
  ];
  return html`<ul class="legend" data-side=${page.state.picture.side}>
    ${entries}
  </ul>`;
}

/** Where the chunk reaches beyond the array. */
function beyondInWords({ inside, plane }: Pictured['readers'], { path }: Pictured['details']): Content {
  const rows = plane.height - inside.rows;
  const columns = plane.width - inside.columns;
  if (rows <= 0 && columns <= 0) return nothing;
  const parts = [
    ...(rows > 0 ? [`the last ${countInWords(rows)} rows`] : []),
    ...(columns > 0 ? [`the last ${countInWords(columns)} columns`] : []),
  ];
  return html`<li>
    <span class="swatch swatch-beyond"></span>${parts.join(' and ')}: filling beyond the edge of ${path || 'the array'}
  </li>`;
}
