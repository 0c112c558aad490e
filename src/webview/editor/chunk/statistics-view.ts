import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { StatisticsInWords } from '../../../preview/types';
import { floatText } from '../../../zarr/number-text';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import type { Content } from '../parts';
import { isNodataNaN, missing } from './legend';
import { histogramView } from './histogram-view';
import { sidesOf, type Pictured } from './pictured';
import { statisticsRule } from './statistics-rule';
import { computedText, scaledValueText, shortNumberText } from './value-text';
import { t } from '../../l10n';

/** Minimum, maximum and the rest, of both sides where the chunk drifts; scaled too where values are. */
export function statisticsView(page: Page, pictured: Pictured): TemplateResult {
  const { values, drift } = pictured;
  const { picture } = page.state;
  const sides = sidesOf(pictured, picture.side).map(({ side, title }) => ({
    title,
    statistics: side === 'truth' && drift !== null ? drift.truthStatistics : values.statistics,
  }));
  return html`<section class="statistics">
    <h4>${t('Statistics')}</h4>
    ${statisticsTable(pictured, sides)}
    <p class="hint">${statisticsRule(values)}</p>
    ${values.histogram === null ? nothing : histogramView(page, pictured)}
  </section>`;
}

interface Column {
  title: string;
  statistics: StatisticsInWords;
}

function statisticsTable({ values, drift }: Pictured, sides: readonly Column[]): TemplateResult {
  const { scaling, unit } = values;
  const scaledOf = (text: string | null, computed = false): Content => {
    // Dates and durations are words.
    if (scaling === null || text === null || Number.isNaN(Number(text))) return nothing;
    const value = values.dataType.itemSize === 8 && /^-?\d+$/u.test(text) ? BigInt(text) : Number(text);
    const scaled = scaledValueText(value, scaling, values.dataType);
    return html`<span class="scaled"
      >${computed ? computedText(scaled) : scaled}${unit === null ? '' : ` ${unit}`}</span
    >`;
  };
  const scaledDeviation = (text: string | null): Content => {
    if (scaling === null || text === null || Number.isNaN(Number(text))) return nothing;
    const scaled = shortNumberText(Number(text) * Math.abs(scaling.scale), 9);
    return html`<span class="scaled">${scaled}${unit === null ? '' : ` ${unit}`}</span>`;
  };
  // Of floats of 2 and 4 bytes the digits beyond their precision say nothing.
  const { kind, itemSize } = values.dataType;
  const textOf = (text: string | null): string =>
    text === null ? t('none') : kind === 'f' ? floatText(Number(text), itemSize) : text;
  // All digits are in the tooltip.
  const computedOf = (text: string | null): Content =>
    text === null ? t('none') : html`<span title=${text}>${computedText(text)}</span>`;
  const rows: readonly (readonly [string, (statistics: StatisticsInWords) => Content])[] = [
    [t('Minimum'), ({ minimum }) => html`${textOf(minimum)} ${scaledOf(minimum)}`],
    [t('Maximum'), ({ maximum }) => html`${textOf(maximum)} ${scaledOf(maximum)}`],
    [t('Mean'), ({ mean }) => html`${computedOf(mean)} ${scaledOf(mean, true)}`],
    [
      t('Standard deviation'),
      ({ standardDeviation }) => html`${computedOf(standardDeviation)} ${scaledDeviation(standardDeviation)}`,
    ],
    [t('Valid'), ({ valid, count }) => t('{0} of {1}', countInWords(valid), countInWords(count))],
    [t('Nodata'), (statistics) => countInWords(missing(statistics, values).nodata)],
    ...(isNodataNaN(values) ? [] : [['NaN', ({ nan }: StatisticsInWords) => countInWords(nan)] as const]),
  ];
  return html`<table class="numbers">
    <caption class="unseen">
      ${t("Statistics of the chunk's part inside the array")}
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
