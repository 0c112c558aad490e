import { html, type TemplateResult } from 'lit/html.js';
import { countInWords } from '../../../words';
import type { ArrayDetails } from '../../../preview/types';
import { iconButton } from '../parts';
import type { Page } from '../page';
import { t } from '../../l10n';
import { chunksInWords } from '../../counts';

/** A place along one axis: previous, next, a number to type, a slider, how many there are (`of`), and what stands there (`label`). */
export function indexField(
  name: string,
  index: number,
  length: number,
  choose: (index: number) => void,
  { label = '', of = t('of {0}', countInWords(length)) }: { label?: string; of?: string } = {},
): TemplateResult {
  const last = length - 1;
  const take = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const typed = Math.round(event.target.valueAsNumber);
    if (Number.isNaN(typed)) return;
    choose(Math.min(last, Math.max(0, typed)));
  };
  return html`<div class="index-field" role="group" aria-label=${name}>
    <span class="index-name">${name}</span>
    ${iconButton(
      t('Previous along {0}', name),
      'previous',
      () => {
        choose(index - 1);
      },
      index <= 0,
    )}
    <input
      type="number"
      min="0"
      max=${last}
      .value=${String(index)}
      aria-label=${t('Index along {0}', name)}
      @change=${take}
    />
    ${iconButton(
      t('Next along {0}', name),
      'next',
      () => {
        choose(index + 1);
      },
      index >= last,
    )}
    <input
      type="range"
      min="0"
      max=${last}
      .value=${String(index)}
      aria-label=${t('Slider along {0}', name)}
      @input=${take}
    />
    <span class="hint">${of}</span>
    <span class="index-label">${label}</span>
  </div>`;
}

/** The place along an axis of the chunk grid that is not drawn. */
export function axisField(page: Page, { grid, dimensions }: ArrayDetails, axis: number): TemplateResult {
  const name = dimensions?.[axis] ?? t('axis {0}', axis);
  const choose = (index: number): void => {
    const indices = page.state.at.map((old, at) => (at === axis ? index : old));
    // The chunk that is open goes along: its picture would be of another index than the grid beside it.
    page.dispatch({ type: page.state.chunk === null ? 'at' : 'open', indices });
    page.announce(t('Chunk {0} along {1}', index, name));
  };
  const length = grid[axis] ?? 1;
  const of = t('of {0}', chunksInWords(length));
  return indexField(name, page.state.at[axis] ?? 0, length, choose, { label: labelOf(page, axis), of });
}

/** The coordinates of the chunks there: "2020-01-01", "2020-01-01 to 2020-01-05"; nothing until they are known. */
function labelOf({ state }: Page, axis: number): string {
  const { status, value } = state.answers.axes;
  const found = status === 'ready' ? value?.find((coordinates) => coordinates.axis === axis) : undefined;
  const [first, last] = [found?.texts[0], found?.texts.at(-1)];
  if (found === undefined || first === undefined || first === null) return '';
  const unit = found.unit === null ? '' : ` ${found.unit}`;
  return last === undefined || last === null || last === first
    ? `${first}${unit}`
    : t('{0} to {1}', first, `${last}${unit}`);
}
