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

/** What the differences are like, and what each of the two is. */
export function statisticsView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  return html`<div class="compared-statistics">
      <section>
        <h3>Difference</h3>
        ${differenceView(page, comparison, titles)}
      </section>
      <section>
        <h3>Each of the two</h3>
        ${sidesTable(comparison, titles)}
      </section>
    </div>
    <p class="hint">${ruleInWords(comparison, titles)}</p>`;
}

function differenceView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  const { difference } = comparison;
  const { compared, unequal, largest, noDifference, nanInBoth, nodataInBoth, nodataInFirst, nodataInSecond, notRead } =
    difference;
  const share = compared === 0 ? '' : ` (${shareText(unequal / compared)})`;
  return html`<dl class="rows">
    ${fact('Unequal', `${countInWords(unequal)} of ${countInWords(compared)} compared${share}`)}
    ${fact('Minimum', textOf(difference.minimum))} ${fact('Maximum', textOf(difference.maximum))}
    ${fact('Mean', textOf(difference.mean))} ${fact('RMS', textOf(difference.rootMeanSquare))}
    ${fact('Largest', largest === null ? 'none' : largestView(page, comparison, titles, largest))}
    ${noDifference === 0 ? nothing : fact('Without a number', `${countInWords(noDifference)}: NaN or infinite in one`)}
    ${nanInBoth === 0 ? nothing : fact('NaN in both', countInWords(nanInBoth))}
    ${fact('Nodata in both', countInWords(nodataInBoth))}
    ${fact(`Nodata in ${inSentence(titles.first)} alone`, countInWords(nodataInFirst))}
    ${fact(`Nodata in ${inSentence(titles.second)} alone`, countInWords(nodataInSecond))}
    ${notRead === 0 ? nothing : fact('Not read', countInWords(notRead))}
  </dl>`;
}

function largestView(
  page: Page,
  comparison: ComparedPair,
  titles: Titles,
  { difference, row, column }: NonNullable<ComparedPair['difference']['largest']>,
): Content {
  const { step } = comparison;
  const place = `row ${row}, column ${column}`;
  return html`${textOf(difference)} at
    <button
      type="button"
      class="link"
      aria-label="Go to ${place}"
      @click=${() => {
        moveTo(page, comparison, titles, { row: Math.floor(row / step), column: Math.floor(column / step) });
      }}
    >
      ${place}
    </button>`;
}

/** Whole numbers with all their digits, others with those that a double has. */
function textOf(text: string | null): string {
  if (text === null) return 'none';
  return /^-?\d+$/u.test(text) ? text : numberText(Number(text));
}

/** "99.6 %"; never 0 or 100 for what is not. */
function shareText(share: number): string {
  const percent = 100 * share;
  if (share === 0 || share === 1) return `${percent} %`;
  return percent < 0.1 ? 'below 0.1 %' : percent > 99.9 ? 'above 99.9 %' : `${percent.toFixed(1)} %`;
}

function sidesTable({ first, second }: ComparedPair, titles: Titles): TemplateResult {
  const sides = [first, second];
  const number = ({ dataType }: ComparedSide, text: string | null): string =>
    text === null ? 'none' : dataType.kind === 'f' ? floatText(Number(text), dataType.itemSize) : text;
  const rows: readonly (readonly [string, (side: ComparedSide) => string])[] = [
    ['Data type', ({ dtype }) => dtype],
    ['Minimum', (side) => number(side, side.statistics?.minimum ?? null)],
    ['Maximum', (side) => number(side, side.statistics?.maximum ?? null)],
    ['Mean', ({ statistics }) => textOf(statistics?.mean ?? null)],
    ['Valid', ({ statistics }) => (statistics === null ? 'none' : countInWords(statistics.valid))],
    ['Nodata', (side) => (side.statistics === null ? 'none' : countInWords(missing(side.statistics, side).nodata))],
    ['NaN', (side) => (side.statistics === null ? 'none' : countInWords(missing(side.statistics, side).nan))],
  ];
  return html`<table class="numbers">
    <caption class="unseen">
      Statistics of each of the two
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
  fill_value: 'the array’s fill_value',
  _FillValue: 'the attribute _FillValue',
  missing_value: 'the attribute missing_value',
  tiff: 'as the TIFF says',
};

/** Which pairs are compared, and which of the metadata say what is nodata. */
function ruleInWords({ first, second }: ComparedPair, titles: Titles): string {
  const rule = (title: string, { nodata, nodataSource }: ComparedSide): string =>
    `${title}: ${nodata === null || nodataSource === null ? 'none' : `${nodata}, ${sources[nodataSource]}`}`;
  const isInteger = [first, second].every(({ dataType }) => 'biumM'.includes(dataType.kind));
  const isComplex = first.dataType.kind === 'c';
  return [
    `Exact, of all pairs in which neither is nodata (${rule(titles.first, first)}; ${rule(titles.second, second)}).`,
    ...(isInteger ? ['Differences of integers are exact and do not wrap around.'] : []),
    ...(isComplex ? ['Complex numbers differ by the magnitude of their difference.'] : []),
    ...([first, second].some(({ dataType, nodata }) => 'fc'.includes(dataType.kind) && !isNodataNaN({ nodata }))
      ? ['NaN equals NaN.']
      : []),
  ].join(' ');
}
