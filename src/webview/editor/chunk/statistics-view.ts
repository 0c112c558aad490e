import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Histogram, StatisticsInWords } from '../../../preview/types';
import type { Range } from '../../../picture/stretch';
import { floatText } from '../../../zarr/number-text';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import type { Content } from '../parts';
import type { ColourMapName } from '../state';
import { isNodataNaN, missing } from './legend';
import { colourRange, sidesOf, type Pictured } from './pictured';
import { colourMaps } from './pixels';
import { scaledValueText, shortNumberText } from './value-text';

/** Minimum, maximum and the rest, of both sides where the chunk drifts; scaled too where values are. */
export function statisticsView(page: Page, pictured: Pictured): TemplateResult {
  const { values, drift } = pictured;
  const { picture } = page.state;
  const sides = sidesOf(pictured, picture.side).map(({ side, title }) => ({
    title,
    statistics: side === 'truth' && drift !== null ? drift.truthStatistics : values.statistics,
  }));
  const range = colourRange(pictured, picture);
  return html`<section class="statistics">
    <h4>Statistics</h4>
    ${statisticsTable(pictured, sides)}
    ${
      values.histogram === null || (drift !== null && picture.side === 'truth')
        ? nothing
        : histogramView(values.histogram, range, picture.colourMap)
    }
  </section>`;
}

interface Column {
  title: string;
  statistics: StatisticsInWords;
}

function statisticsTable({ values, drift }: Pictured, sides: readonly Column[]): TemplateResult {
  const { scaling, unit } = values;
  const scaledOf = (text: string | null): Content => {
    // Dates and durations are words.
    if (scaling === null || text === null || Number.isNaN(Number(text))) return nothing;
    const value = values.dataType.itemSize === 8 && /^-?\d+$/u.test(text) ? BigInt(text) : Number(text);
    const scaled = scaledValueText(value, scaling, values.dataType);
    return html`<span class="scaled">${scaled}${unit === null ? '' : ` ${unit}`}</span>`;
  };
  // Of floats of 2 and 4 bytes the digits beyond their precision say nothing.
  const { kind, itemSize } = values.dataType;
  const textOf = (text: string | null): string =>
    text === null ? 'none' : kind === 'f' ? floatText(Number(text), itemSize) : text;
  const rows: readonly (readonly [string, (statistics: StatisticsInWords) => Content])[] = [
    ['Minimum', ({ minimum }) => html`${textOf(minimum)} ${scaledOf(minimum)}`],
    ['Maximum', ({ maximum }) => html`${textOf(maximum)} ${scaledOf(maximum)}`],
    ['Mean', ({ mean }) => html`${mean ?? 'none'} ${scaledOf(mean)}`],
    ['Valid', ({ valid, count }) => `${countInWords(valid)} of ${countInWords(count)}`],
    ['Nodata', (statistics) => countInWords(missing(statistics, values).nodata)],
    ...(isNodataNaN(values) ? [] : [['NaN', ({ nan }: StatisticsInWords) => countInWords(nan)] as const]),
  ];
  return html`<table class="numbers">
    <caption class="unseen">
      Statistics of the chunk's part inside the array
    </caption>
    ${
      drift === null
        ? nothing
        : html`<thead>
            <tr>
              <td></td>
              ${sides.map(({ title }) => html`<th scope="col">${title}</th>`)}
            </tr>
          </thead>`
    }
    <tbody>
      ${rows.map(
        ([name, cell]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${sides.map(({ statistics }) => html`<td>${cell(statistics)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const height = 60;
const barHeight = 8;

/** Counts as bars, the colours that the values are shown in below; what the range leaves out is dimmed. */
function histogramView(
  { low, high, counts }: Histogram,
  range: Range | null,
  colourMap: ColourMapName,
): TemplateResult {
  const most = Math.max(1, ...counts);
  const bars = counts
    .map((count, bin) =>
      count === 0 ? '' : `M${bin} ${height}V${(height * (1 - Math.max(0.02, count / most))).toFixed(2)}h1V${height}Z`,
    )
    .join('');
  const placeOf = (value: number): number => {
    const place = high > low ? ((value - low) / (high - low)) * counts.length : counts.length / 2;
    return Math.min(counts.length, Math.max(0, place));
  };
  const [from, to] = range === null ? [0, counts.length] : [placeOf(range.low), placeOf(range.high)];
  return html`<figure class="histogram">
    <svg
      viewBox="0 0 ${counts.length} ${height + barHeight + 2}"
      preserveAspectRatio="none"
      role="img"
      aria-label="Histogram from ${shortNumberText(low)} to ${shortNumberText(high)}; the range of the colours is marked"
    >
      <defs>
        <linearGradient
          id="colours"
          gradientUnits="userSpaceOnUse"
          x1=${from}
          x2=${Math.max(from + 0.001, to)}
          y1="0"
          y2="0"
        >
          ${gradientStops(colourMap)}
        </linearGradient>
      </defs>
      <path class="bars" d=${bars}></path>
      <rect class="dimmed" x="0" y="0" width=${from} height=${height}></rect>
      <rect class="dimmed" x=${to} y="0" width=${counts.length - to} height=${height}></rect>
      <line class="mark" x1=${from} x2=${from} y1="0" y2=${height + barHeight + 2}></line>
      <line class="mark" x1=${to} x2=${to} y1="0" y2=${height + barHeight + 2}></line>
      <rect x="0" y=${height + 2} width=${counts.length} height=${barHeight} fill="url(#colours)"></rect>
    </svg>
    <figcaption><span>${shortNumberText(low)}</span><span>${shortNumberText(high)}</span></figcaption>
  </figure>`;
}

function gradientStops(name: ColourMapName): Content[] {
  const map = colourMaps[name];
  return Array.from({ length: 17 }, (_, stop) => {
    const place = Math.round((stop / 16) * 255);
    const [red = 0, green = 0, blue = 0] = map.subarray(3 * place, 3 * place + 3);
    return svg`<stop offset=${stop / 16} stop-color="rgb(${red} ${green} ${blue})"></stop>`;
  });
}
