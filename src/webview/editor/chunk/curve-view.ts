import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { bandValues } from '../../../picture/colours';
import type { Page } from '../page';
import { stepped } from '../viewport';
import { curvePath, curvePoints, extentOf } from './curve';
import { putCursor } from './cursor';
import type { Elements } from './elements';
import { axesOfLine } from './line-axes';
import type { Pictured } from './pictured';
import { shortNumberText } from './value-text';
import { t } from '../../l10n';

const box = { width: 600, height: 140 };

/** A line through values with its extent beside it; decoration for what words and statistics say. */
export function curve(values: Float64Array, cursor: number | null = null, digits = 7): TemplateResult {
  const extent = extentOf(values);
  const points = curvePoints(values, box.width / 2);
  const across = box.width / Math.max(1, values.length - 1);
  const single =
    points.length === 1 ? svg`<circle class="curve-dot" cx="0" cy=${box.height / 2} r="3"></circle>` : nothing;
  return html`<div class="curve">
    <span class="curve-high">${shortNumberText(extent.high, digits)}</span>
    <span class="curve-low">${shortNumberText(extent.low, digits)}</span>
    <svg viewBox="0 0 ${box.width} ${box.height}" preserveAspectRatio="none" aria-hidden="true">
      <path class="curve-line" d=${curvePath(points, values.length, extent, box)}></path>
      ${single}
      ${
        cursor === null
          ? nothing
          : svg`<line class="curve-cursor" x1=${cursor * across} x2=${cursor * across} y1="0" y2=${box.height}></line>`
      }
    </svg>
  </div>`;
}

/** A chunk of one axis as a line between named axes; keys and the pointer read its values. */
export function curveView(page: Page, pictured: Pictured, elements: Elements): TemplateResult {
  const { plane, numbers, nodata, inside } = elements;
  const values =
    numbers === null ? new Float64Array() : bandValues(numbers, plane, 0, nodata).subarray(0, inside.columns);
  const { hover, cursor } = page.state.picture;
  const axes = axesOfLine(pictured);
  const last = Math.max(0, values.length - 1);
  const shown = (hover ?? cursor)?.column;
  const placeOf = (event: PointerEvent): number => {
    // The box holds the numbers beside the line too.
    const line = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector('svg') : null;
    if (line === null) return 0;
    const { left, width } = line.getBoundingClientRect();
    return Math.min(last, Math.max(0, Math.round(((event.clientX - left) / width) * last)));
  };
  const place = (column: number): void => {
    putCursor(page, pictured, { row: 0, column });
  };
  return html`<div class="line">
    <p class="line-values">${axes.values}</p>
    <div
      class="curve-box"
      tabindex="0"
      role="application"
      aria-roledescription=${t('line chart')}
      aria-label=${t('Line of {0} along {1}, chunk {2}: arrows, Home and End read values', axes.values, axes.places, pictured.preview.key)}
      @pointermove=${(event: PointerEvent) => {
        page.dispatch({ type: 'picture', change: { hover: { row: 0, column: placeOf(event) } } });
      }}
      @pointerleave=${() => {
        page.dispatch({ type: 'picture', change: { hover: null } });
      }}
      @click=${(event: PointerEvent) => {
        page.dispatch({ type: 'picture', change: { cursor: { row: 0, column: placeOf(event) } } });
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const times = event.shiftKey ? 10 : 1;
        const beside = (column: number): number =>
          stepped(cursor, { row: 0, column }, times, { rows: 1, columns: values.length }).column;
        if (event.key === 'ArrowLeft') place(beside(-1));
        else if (event.key === 'ArrowRight') place(beside(1));
        else if (event.key === 'Home') place(0);
        else if (event.key === 'End') place(last);
        else return;
        event.preventDefault();
      }}
    >
      ${curve(values, shown === undefined ? null : Math.min(last, shown), 8)}
    </div>
    <p class="line-places"><span>${axes.first}</span><span>${axes.places}</span><span>${axes.last}</span></p>
  </div>`;
}
