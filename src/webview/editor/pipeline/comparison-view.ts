import type { WhatIf } from '../../../preview/what-if-types';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ChunkOutcome, StageSummary, StatisticsInWords } from '../../../preview/types';
import { countInWords } from '../../../words';
import { floatText } from '../../../zarr/number-text';
import type { ShownChunk } from '../../editor-messages';
import { failureWords } from '../chunk/outcomes';
import { computedText } from '../chunk/value-text';
import { breakable, icon, type Content } from '../parts';
import type { Page } from '../page';
import { rangeView, stagePictureView } from './stage-picture';
import { parted, t } from '../../l10n';

/** What comes out of a chunk by an encoding. */
interface Side {
  title: string;
  stages: readonly StageSummary[];
  outcome: ChunkOutcome;
}

/** What comes out by the file's encoding and by another, beside each other. */
export function comparisonView(page: Page, { stages, outcome }: ShownChunk, { result }: WhatIf): Content {
  if (result === null)
    return html`<p class="fault">${icon('error')}${t('These metadata would describe no array.')}</p>`;
  const sides: Side[] = [
    { title: t('As the file says'), stages, outcome },
    { title: t('What if'), stages: result.stages, outcome: result.outcome },
  ];
  return html`<div class="pictures pictures-2">${sides.map((side) => pictureOf(page, side))}</div>
    ${statisticsTable(sides)}`;
}

function pictureOf(page: Page, { title, stages, outcome }: Side): TemplateResult {
  const picture = stages.at(-1)?.name === 'array' ? (stages.at(-1)?.picture ?? null) : null;
  return html`<figure class="tried-side">
    <figcaption>${title}</figcaption>
    ${
      outcome.kind === 'failed'
        ? html`<p class="fault">
            ${icon('error')}<span
              ><strong>${failureWords(outcome.code, stages.length).title}.</strong> ${breakable(outcome.message)}</span
            >
          </p>`
        : outcome.kind === 'absent'
          ? html`<p>${parted(t('All of it is the fill value, {0}.'), html`<code>${outcome.fillValue}</code>`)}</p>`
          : picture === null
            ? nothing
            : html`${stagePictureView(title, picture, `tried ${title}`, page.state.picture)}
                <p>${rangeView(picture)}</p>`
    }
  </figure>`;
}

type Values = Extract<ChunkOutcome, { kind: 'values' }>['values'];

/** An element, with the digits that its type has. */
function elementText(text: string | null, { dataType: { kind, itemSize } }: Values): string {
  if (text === null) return t('none');
  return kind === 'f' ? floatText(Number(text), itemSize) : text;
}

const rows: readonly (readonly [string, (statistics: StatisticsInWords, values: Values) => string])[] = [
  [t('Minimum'), ({ minimum }, values) => elementText(minimum, values)],
  [t('Maximum'), ({ maximum }, values) => elementText(maximum, values)],
  [t('Mean'), ({ mean }) => (mean === null ? t('none') : computedText(mean))],
  [t('Valid'), ({ valid, count }) => t('{0} of {1}', countInWords(valid), countInWords(count))],
  [t('Nodata'), ({ nodata }) => countInWords(nodata)],
  ['NaN', ({ nan }) => countInWords(nan)],
];

function statisticsTable(sides: readonly Side[]): Content {
  const found = sides.map(({ outcome }) => (outcome.kind === 'values' ? outcome.values : null));
  if (found.every((values) => values === null)) return nothing;
  return html`<table class="numbers">
    <caption class="unseen">
      ${t("Statistics by the file's encoding and by the other")}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${sides.map(({ title }) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, cell]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${found.map((values) => html`<td>${values === null ? '–' : cell(values.statistics, values)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** What comes out, for a screen reader. */
export function triedInWords({ faults, result }: WhatIf): string {
  if (result === null) return faults[0]?.message ?? t('These metadata would describe no array.');
  const { outcome } = result;
  if (outcome.kind === 'failed') return `${failureWords(outcome.code, result.stages.length).title}: ${outcome.message}`;
  if (outcome.kind === 'absent') return t('All of it is the fill value, {0}.', outcome.fillValue);
  const { minimum, maximum } = outcome.values.statistics;
  return minimum === null
    ? t('It would have no valid numbers.')
    : t('The values would be from {0} to {1}.', minimum, maximum ?? '');
}
