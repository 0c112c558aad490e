import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { bandValues } from '../../../picture/colours';
import type { Page } from '../page';
import { curvePath, curvePoints, extentOf } from './curve';
import type { Elements } from './elements';
import { moveCursor } from './cursor';
import type { Pictured } from './pictured';
import { shortNumberText } from './value-text';

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

/** A chunk of one axis as a line; arrows and the pointer read its values. */
export function curveView(page: Page, pictured: Pictured, elements: Elements): TemplateResult {
  const { plane, numbers, nodata, inside } = elements;
  const values =
    numbers === null ? new Float64Array() : bandValues(numbers, plane, 0, nodata).subarray(0, inside.columns);
  const { hover, cursor } = page.state.picture;
  const placeOf = (event: PointerEvent): number => {
    if (!(event.currentTarget instanceof HTMLElement)) return 0;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const place = Math.round(((event.clientX - left) / width) * (values.length - 1));
    return Math.min(values.length - 1, Math.max(0, place));
  };
  return html`<div
    class="curve-box"
    tabindex="0"
    role="application"
    aria-roledescription="line chart"
    aria-label="Line through the values of chunk ${pictured.preview.key}: arrows read values"
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
      if (event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      const column = event.key === 'ArrowLeft' ? -1 : 1;
      moveCursor(page, pictured, { row: 0, column }, event.shiftKey ? 10 : 1);
      event.preventDefault();
    }}
  >
    ${curve(values, (hover ?? cursor)?.column ?? null, 12)}
  </div>`;
}
