import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { noClassColour, type Colour } from '../../../picture/classes';
import { countInWords } from '../../../words';
import type { Page } from '../page';
import type { Content } from '../parts';
import { slotWords, type ShownBand } from './composite-view';
import { legendOf } from './legend';
import { isInColours, shownClasses, type Pictured } from './pictured';
import { shortNumberText } from './value-text';
import { t } from '../../l10n';

/** Classes named in the legend at most. */
const mostClasses = 200;

/** What the picture shows in other ways than by a colour of the map: classes, bands, nodata, filling. */
export function legendView(page: Page, pictured: Pictured, bands: readonly ShownBand[] | null): TemplateResult {
  const { values, readers, details } = pictured;
  const { picture } = page.state;
  const asClasses = shownClasses(pictured, picture) !== null && !isInColours(pictured, picture);
  return html`${asClasses ? classesView(pictured) : nothing}
    <ul class="legend">
      ${bands === null ? nothing : bandsView(bands)}
      ${picture.scale === 'log' && !isInColours(pictured, picture) && !asClasses ? html`<li>${t('transparent too: what is not above 0 and has no logarithm')}</li>` : nothing}
      ${legendOf(values, readers, details.path || t('the array')).map(
        ({ swatch, text }) =>
          html`<li>${swatch === null ? nothing : html`<span class="swatch swatch-${swatch}"></span>`}${text}</li>`,
      )}
    </ul>`;
}

/** The classes that are in the chunk, each with its colour and how many elements it has. */
function classesView({ values }: Pictured): Content {
  const { classes, others } = values.classes ?? { classes: [], others: 0 };
  return html`<ul class="legend classes" aria-label=${t('Classes')}>
    ${classes
      .slice(0, mostClasses)
      .map(({ name, value, colour, count }) =>
        classView(colour, name, name === String(value) ? '' : ` (${value})`, count),
      )}
    ${others === 0 ? nothing : classView(noClassColour, t('of no class'), '', others)}
    ${classes.length > mostClasses ? html`<li>${t('and {0} more classes', countInWords(classes.length - mostClasses))}</li>` : nothing}
  </ul>`;
}

function classView([red, green, blue, alpha]: Colour, name: string, value: string, count: number): Content {
  return html`<li>
    <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">
      ${svg`<rect width="1" height="1" fill="rgb(${red} ${green} ${blue} / ${alpha / 255})"></rect>`}</svg
    >${name}${value}: ${countInWords(count)}
  </li>`;
}

function bandsView(bands: readonly ShownBand[]): Content {
  const entries = bands.map(({ slot, words, painted }) => {
    const range = painted?.range;
    const band = `${slotWords[slot]}: ${words}`;
    const text = range ? t('{0}, {1} to {2}', band, shortNumberText(range.low), shortNumberText(range.high)) : band;
    return html`<li>${text}</li>`;
  });
  return [entries, html`<li>${t('transparent where all three bands are nodata or NaN')}</li>`];
}
