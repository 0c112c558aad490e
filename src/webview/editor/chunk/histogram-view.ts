import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Histogram } from '../../../preview/types';
import { paletteOf, type Look } from '../../../picture/look';
import { scaleOver, type Scale } from '../../../picture/scale';
import type { Range } from '../../../picture/stretch';
import type { Page } from '../page';
import type { Content } from '../parts';
import type { PictureState, Side } from '../state';
import { insideNumbers } from './elements';
import { checkField } from './fields';
import { isInColours, lookOf, rangedElements, shownClasses, type Pictured } from './pictured';
import { histogramOfElements, stretchOfElements } from './stretches';
import { shortNumberText } from './value-text';
import { t } from '../../l10n';

const box = { width: 1000, height: 60, bar: 8 };
/** Steps of the sliders from one end to the other. */
const steps = 1000;

/**
 * Counts as bars, the colours that the values are shown in below; two sliders at the ends of the range stretch the colours. Nothing for what
 * has no numbers.
 */
export function histogramView(page: Page, pictured: Pictured): Content {
  const { picture } = page.state;
  const look = lookOf(pictured, picture);
  const shown = shownHistogram(pictured, look, picture.side);
  if (shown === null) {
    return look.scale === 'log'
      ? html`<p class="hint">${t('No value is above 0: none has a logarithm.')}</p>`
      : nothing;
  }
  const { histogram, axis, scale } = shown;
  const range = look.range ?? axis;
  const placeOf = (value: number): number => box.width * Math.min(1, Math.max(0, scale.placeOf(value) || 0));
  const [from, to] = [placeOf(range.low), placeOf(range.high)];
  return html`<figure class="histogram">
    <div class="stretching">
      <svg
        viewBox="0 0 ${box.width} ${box.height + box.bar + 2}"
        preserveAspectRatio="none"
        role="img"
        aria-label=${t('Histogram from {0} to {1}; the range of the colours is marked', shortNumberText(axis.low), shortNumberText(axis.high))}
      >
        <defs>
          <linearGradient
            id="colours"
            gradientUnits="userSpaceOnUse"
            x1=${from}
            x2=${Math.max(from + 0.01, to)}
            y1="0"
            y2="0"
          >
            ${gradientStops(look)}
          </linearGradient>
        </defs>
        <path class="bars" d=${bars(histogram, placeOf, look, picture.logCounts)}></path>
        <rect class="dimmed" x="0" y="0" width=${from} height=${box.height}></rect>
        <rect class="dimmed" x=${to} y="0" width=${box.width - to} height=${box.height}></rect>
        <line class="mark" x1=${from} x2=${from} y1="0" y2=${box.height + box.bar + 2}></line>
        <line class="mark" x1=${to} x2=${to} y1="0" y2=${box.height + box.bar + 2}></line>
        <rect x="0" y=${box.height + 2} width=${box.width} height=${box.bar} fill="url(#colours)"></rect>
      </svg>
      ${isStretched(pictured, picture) ? [slider(page, 'low', range, scale), slider(page, 'high', range, scale)] : nothing}
    </div>
    <figcaption>
      <span>${shortNumberText(axis.low)}</span>
      ${checkField(t('Counts as logarithms'), picture.logCounts, (logCounts) => {
        page.dispatch({ type: 'picture', change: { logCounts } });
      })}
      <span>${shortNumberText(axis.high)}</span>
    </figcaption>
  </figure>`;
}

/** Whether the range changes the picture: neither classes nor samples shown as their own colours have one. */
function isStretched(pictured: Pictured, picture: PictureState): boolean {
  if (picture.band === 'composite') return true;
  return !isInColours(pictured, picture) && shownClasses(pictured, picture) === null;
}

interface ShownHistogram {
  histogram: Histogram;
  /** From where to where the sliders go. */
  axis: Range;
  scale: Scale;
}

/** The histogram of all values where it is at hand, else of those that were sent. */
function shownHistogram(pictured: Pictured, look: Look, side: Side): ShownHistogram | null {
  const { values, drift } = pictured;
  const whole = drift !== null && side !== 'readers' ? null : values.histogram;
  const elements = rangedElements(pictured, { side });
  const numbers = insideNumbers(elements);
  const extremes = look.scale === 'linear' ? whole : null;
  const extent = extremes ?? stretchOfElements(elements, numbers, { kind: 'extremes' }, look.scale);
  if (extent === null) return null;
  const data = widened(extent);
  const histogram =
    extremes ??
    (numbers instanceof BigInt64Array && 'mM'.includes(elements.array.dataType.kind)
      ? null
      : histogramOfElements(elements, numbers, data, look.scale));
  const own = stretchOfElements(elements, numbers, { kind: 'automatic' }, look.scale) ?? data;
  const axis = { low: Math.min(data.low, own.low), high: Math.max(data.high, own.high) };
  const scale = scaleOver(axis, look.scale);
  return histogram === null || scale === undefined ? null : { histogram, axis, scale };
}

/** Where all values are one, a little around it. */
function widened({ low, high }: Range): Range {
  if (high > low) return { low, high };
  const around = low === 0 ? 0.5 : Math.abs(low) / 2;
  return { low: low - around, high: high + around };
}

function bars(
  { low, high, counts }: Histogram,
  placeOf: (value: number) => number,
  { scale }: Look,
  log: boolean,
): string {
  const over = scaleOver({ low, high }, scale);
  if (over === undefined) return '';
  const lengthOf = (count: number): number => (log ? Math.log1p(count) : count);
  const most = Math.max(1, ...counts.map(lengthOf));
  return counts
    .map((count, bin) => {
      if (count === 0) return '';
      const [left, right] = [bin, bin + 1].map((edge) => placeOf(over.valueAt(edge / counts.length)).toFixed(2));
      const top = box.height * (1 - Math.max(0.02, lengthOf(count) / most));
      return `M${left} ${box.height}V${top.toFixed(2)}H${right}V${box.height}Z`;
    })
    .join('');
}

function gradientStops(look: Look): Content[] {
  const bytes = new Uint8Array(paletteOf(look).buffer);
  return Array.from({ length: 17 }, (_, stop) => {
    const place = Math.round((stop / 16) * 255);
    const [red = 0, green = 0, blue = 0] = bytes.subarray(4 * place, 4 * place + 3);
    return svg`<stop offset=${stop / 16} stop-color="rgb(${red} ${green} ${blue})"></stop>`;
  });
}

function slider(page: Page, bound: keyof Range, range: Range, scale: Scale): TemplateResult {
  const place = Math.round(steps * Math.min(1, Math.max(0, scale.placeOf(range[bound]) || 0)));
  return html`<input
    type="range"
    class="stretch stretch-${bound}"
    min="0"
    max=${steps}
    .value=${String(place)}
    aria-label=${bound === 'low' ? t('Low end of the colours') : t('High end of the colours')}
    aria-valuetext=${shortNumberText(range[bound])}
    @input=${(event: Event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      const value = roundedAt(scale, event.target.valueAsNumber / steps);
      const moved =
        bound === 'low'
          ? { low: Math.min(value, range.high), high: range.high }
          : { low: range.low, high: Math.max(value, range.low) };
      page.dispatch({ type: 'picture', change: { range: moved } });
    }}
  />`;
}

/** The value at a place, with no more digits than the slider's steps tell apart; at the ends the ends themselves. */
function roundedAt(scale: Scale, place: number): number {
  const value = scale.valueAt(place);
  if (place <= 0 || place >= 1) return value;
  const step = Math.abs(scale.valueAt(Math.min(1, place + 1 / steps)) - value);
  const unit = 10 ** Math.floor(Math.log10(step));
  const rounded = Number((Math.round(value / unit) * unit).toPrecision(12));
  return Number.isFinite(rounded) ? rounded : value;
}
