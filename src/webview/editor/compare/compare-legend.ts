import { html, nothing, type TemplateResult } from 'lit/html.js';
import { paintDifferences } from '../../../picture/difference-look';
import { pairStates } from '../../../picture/pair-states';
import { countInWords } from '../../../words';
import { shortNumberText } from '../chunk/value-text';
import type { Page } from '../page';
import type { Content } from '../parts';
import { inSentence, type Titles } from './compare-titles';
import { differenceLook } from './compare-pictures';
import type { ComparedPair } from './pair';
import { t } from '../../l10n';

/** What the colours of the difference stand for. */
export function legendView(page: Page, comparison: ComparedPair, { first, second }: Titles): TemplateResult {
  const { difference, step } = comparison;
  const { limit } = differenceLook(page.state.compare, comparison);
  const { compared, unequal, nodataInBoth, nodataInFirst, nodataInSecond, noDifference, notRead, largest } = difference;
  const beyond = limit !== null && largest !== null && Math.abs(Number(largest.difference)) > limit;
  const entry = (count: number, swatch: string, words: string): Content =>
    count === 0
      ? nothing
      : html`<li><span class="swatch swatch-${swatch}"></span>${words}: ${countInWords(count)}</li>`;
  return html`<ul class="legend">
    ${
      limit === null
        ? nothing
        : html`<li class="difference-scale">
            <span>${shortNumberText(-limit)}</span>${ramp(page.state.compare.scale)}<span
              >${shortNumberText(limit)}</span
            >
            ${beyond ? html`<span>${t('and beyond')}</span>` : nothing}
          </li>`
    }
    ${compared > unequal ? html`<li><span class="swatch swatch-same"></span>${t('the same')}</li>` : nothing}
    ${entry(nodataInFirst, 'first-only', t('nodata in {0} alone', inSentence(first)))}
    ${entry(nodataInSecond, 'second-only', t('nodata in {0} alone', inSentence(second)))}
    ${entry(noDifference, 'no-difference', t('NaN or infinite in one'))}
    ${entry(nodataInBoth, 'nodata', t('nodata in both'))} ${entry(notRead, 'not-read', t('not read'))}
    ${step === 1 ? nothing : html`<li>${t('Of every {0} rows and columns one is shown; the statistics are of all.', step)}</li>`}
  </ul>`;
}

const ramps = new Map<string, HTMLCanvasElement>();
const RAMP = 128;

/** The colours from one end to the other. */
function ramp(scale: 'linear' | 'symlog'): HTMLCanvasElement {
  const known = ramps.get(scale);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  canvas.className = 'difference-ramp';
  canvas.width = RAMP;
  canvas.height = 1;
  const values = Float64Array.from({ length: RAMP }, (_, at) => (2 * at) / (RAMP - 1) - 1);
  const states = new Uint8Array(RAMP).fill(pairStates.differs);
  const pixels = paintDifferences({ states, values }, { limit: 1, scale }, RAMP);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, RAMP, 1), 0, 0);
  ramps.set(scale, canvas);
  return canvas;
}

/** "1 chunk of 4 is absent". */
export function chunksInWords(count: number, all: number): string {
  if (all === 1) return t('The chunk');
  return count === all
    ? t('All {0} chunks', countInWords(all))
    : t('{0} of {1} chunks', countInWords(count), countInWords(all));
}
