import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ComparedSide } from '../../../preview/compare-types';
import { countInWords } from '../../../words';
import { floatText } from '../../../zarr/number-text';
import { numberText } from '../chunk/value-text';
import { isNodataNaN, missing } from '../chunk/legend';
import type { Page } from '../page';
import { fact, type Content } from '../parts';
import { moveTo } from './compare-pictures';
import { inSentence, type Titles } from './compare-titles';
import type { ComparedPair } from './pair';
import { parted, t } from '../../l10n';

/** What the differences are like, and what each of the two is. */
export function statisticsView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  return html`<div class="compared-statistics">
      <section>
        <h3>${t('Difference')}</h3>
        ${differenceView(page, comparison, titles)}
      </section>
      <section>
        <h3>${t('Each of the two')}</h3>
        ${sidesTable(comparison, titles)}
      </section>
    </div>
    <p class="hint">${ruleInWords(comparison, titles)}</p>`;
}

function differenceView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  const { difference } = comparison;
  const { compared, unequal, largest, noDifference, nanInBoth, nodataInBoth, nodataInFirst, nodataInSecond, notRead } =
    difference;
  return html`<dl class="rows">
    ${fact(t('Unequal'), unequalInWords(unequal, compared))} ${fact(t('Minimum'), textOf(difference.minimum))}
    ${fact(t('Maximum'), textOf(difference.maximum))} ${fact(t('Mean'), textOf(difference.mean))}
    ${fact('RMS', textOf(difference.rootMeanSquare))}
    ${fact(t('Largest'), largest === null ? t('none') : largestView(page, comparison, titles, largest))}
    ${noDifference === 0 ? nothing : fact(t('Without a number'), t('{0}: NaN or infinite in one', countInWords(noDifference)))}
    ${nanInBoth === 0 ? nothing : fact(t('NaN in both'), countInWords(nanInBoth))}
    ${fact(t('Nodata in both'), countInWords(nodataInBoth))}
    ${fact(t('Nodata in {0} alone', inSentence(titles.first)), countInWords(nodataInFirst))}
    ${fact(t('Nodata in {0} alone', inSentence(titles.second)), countInWords(nodataInSecond))}
    ${notRead === 0 ? nothing : fact(t('Not read'), countInWords(notRead))}
  </dl>`;
}

function largestView(
  page: Page,
  comparison: ComparedPair,
  titles: Titles,
  { difference, row, column }: NonNullable<ComparedPair['difference']['largest']>,
): Content {
  const { step } = comparison;
  const place = t('row {0}, column {1}', row, column);
  const link = html`<button
    type="button"
    class="link"
    aria-label=${t('Go to {0}', place)}
    @click=${() => {
      moveTo(page, comparison, titles, { row: Math.floor(row / step), column: Math.floor(column / step) });
    }}
  >
    ${place}
  </button>`;
  return parted<Content>(t('{0} at {1}'), textOf(difference), link);
}

/** Whole numbers with all their digits, others with those that a double has. */
function textOf(text: string | null): string {
  if (text === null) return t('none');
  return /^-?\d+$/u.test(text) ? text : numberText(Number(text));
}

function unequalInWords(unequal: number, compared: number): string {
  const [part, all] = [countInWords(unequal), countInWords(compared)];
  return compared === 0
    ? t('{0} of {1} compared', part, all)
    : t('{0} of {1} compared ({2})', part, all, shareText(unequal / compared));
}

/** "99.6 %"; never 0 or 100 for what is not. */
function shareText(share: number): string {
  const percent = 100 * share;
  if (share === 0 || share === 1) return `${percent} %`;
  return percent < 0.1 ? t('below 0.1 %') : percent > 99.9 ? t('above 99.9 %') : `${percent.toFixed(1)} %`;
}

function sidesTable({ first, second }: ComparedPair, titles: Titles): TemplateResult {
  const sides = [first, second];
  const number = ({ dataType }: ComparedSide, text: string | null): string =>
    text === null ? t('none') : dataType.kind === 'f' ? floatText(Number(text), dataType.itemSize) : text;
  const rows: readonly (readonly [string, (side: ComparedSide) => string])[] = [
    [t('Data type'), ({ dtype }) => dtype],
    [t('Minimum'), (side) => number(side, side.statistics?.minimum ?? null)],
    [t('Maximum'), (side) => number(side, side.statistics?.maximum ?? null)],
    [t('Mean'), ({ statistics }) => textOf(statistics?.mean ?? null)],
    [t('Valid'), ({ statistics }) => (statistics === null ? t('none') : countInWords(statistics.valid))],
    [
      t('Nodata'),
      (side) => (side.statistics === null ? t('none') : countInWords(missing(side.statistics, side).nodata)),
    ],
    ['NaN', (side) => (side.statistics === null ? t('none') : countInWords(missing(side.statistics, side).nan))],
  ];
  return html`<table class="numbers">
    <caption class="unseen">
      ${t('Statistics of each of the two')}
    </caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">${titles.first}</th>
        <th scope="col">${titles.second}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, cell]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${sides.map((side) => html`<td>${cell(side)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const sources: Record<Exclude<ComparedSide['nodataSource'], null>, string> = {
  fill_value: t('the array’s fill_value'),
  _FillValue: t('the attribute _FillValue'),
  missing_value: t('the attribute missing_value'),
  tiff: t('as the TIFF says'),
};

/** Which pairs are compared, and which of the metadata say what is nodata. */
function ruleInWords({ first, second }: ComparedPair, titles: Titles): string {
  const rule = (title: string, { nodata, nodataSource }: ComparedSide): string =>
    `${title}: ${nodata === null || nodataSource === null ? t('none') : `${nodata}, ${sources[nodataSource]}`}`;
  const isInteger = [first, second].every(({ dataType }) => 'biumM'.includes(dataType.kind));
  const isComplex = first.dataType.kind === 'c';
  return [
    t(
      'Exact, of all pairs in which neither is nodata ({0}; {1}).',
      rule(titles.first, first),
      rule(titles.second, second),
    ),
    ...(isInteger ? [t('Differences of integers are exact and do not wrap around.')] : []),
    ...(isComplex ? [t('Complex numbers differ by the magnitude of their difference.')] : []),
    ...([first, second].some(({ dataType, nodata }) => 'fc'.includes(dataType.kind) && !isNodataNaN({ nodata }))
      ? [t('NaN equals NaN.')]
      : []),
  ].join(' ');
}
