import { html, type TemplateResult } from 'lit/html.js';
import { differenceAt } from '../../../picture/difference';
import { pairStates } from '../../../picture/pair-states';
import type { DifferenceLook } from '../../../picture/difference-look';
import type { Range } from '../../../picture/stretch';
import { valueText } from '../../../zarr/text';
import { valueAt } from '../../../zarr/values';
import { pictureElement } from '../chunk/cursor';
import { differenceText } from '../chunk/value-text';
import { stepOfKey, zoomOfKey } from '../gestures';
import type { Page } from '../page';
import { breakable, copyButton, fact } from '../parts';
import { revealing, stepped, zoomedBy, type Cell } from '../viewport';
import type { Titles } from './compare-titles';
import { type CompareState, stretchOfPair } from './compare-state';
import { differenceImage, type ComparedPair, type Pair, type PairSide, pairOf, sideImage } from './pair';
import { t } from '../../l10n';

/** The range that both windows' colours span. */
export function sharedRange(compare: CompareState, comparison: ComparedPair): Range | null {
  if (compare.range !== null) return compare.range;
  const stretch = stretchOfPair(compare);
  if (stretch === 'both') return comparison.stretch;
  return comparison[stretch].stretch ?? comparison.stretch;
}

export function differenceLook({ limit, scale }: CompareState, { difference }: ComparedPair): DifferenceLook {
  return { limit: limit ?? difference.limit, scale };
}

function change(page: Page, part: Partial<CompareState>): void {
  page.dispatch({ type: 'compare', change: part });
}

/** The two windows and their difference, with one cursor. */
export function picturesView(
  page: Page,
  comparison: ComparedPair,
  { long: titles, short }: { long: Titles; short: Titles },
): TemplateResult {
  const pair = pairOf(comparison);
  const { compare, picture } = page.state;
  const { colourMap, reversed } = picture;
  const look = { colourMap, reversed, scale: 'linear', range: sharedRange(compare, comparison) } as const;
  const shown = [
    { name: 'first', title: titles.first, image: sideImage(pair, pair.first, look) },
    { name: 'second', title: titles.second, image: sideImage(pair, pair.second, look) },
    {
      name: 'difference',
      title: t('Difference, first less second'),
      image: differenceImage(pair, differenceLook(compare, comparison)),
    },
  ];
  return html`<div class="pictures pictures-3">
      ${shown.map(
        ({ name, title, image }) =>
          html`<figure class="compared-${name}">
            <figcaption>${breakable(title)}</figcaption>
            ${pictureView(page, comparison, short, title, image)}
          </figure>`,
      )}
    </div>
    ${readoutView(page, comparison, short)}`;
}

function pictureView(
  page: Page,
  comparison: ComparedPair,
  short: Titles,
  title: string,
  image: HTMLCanvasElement,
): TemplateResult {
  const { viewport, cursor } = page.state.compare;
  const pair = pairOf(comparison);
  const { width, height } = pair;
  const shown = {
    image,
    width,
    height,
    inside: { rows: height, columns: width },
    viewport,
    cursor: cursor === null ? null : within(pair, cursor),
    onViewport: (moved: CompareState['viewport']) => {
      change(page, { viewport: moved });
    },
    onHover: (hover: Cell | null) => {
      change(page, { hover });
    },
    onClick: (clicked: Cell) => {
      change(page, { cursor: clicked });
    },
  };
  return html`<chunk-picture
    tabindex="0"
    role="application"
    aria-roledescription=${t('picture')}
    aria-label=${t('{0}: arrows read both values and their difference, plus and minus zoom', title)}
    .shown=${shown}
    @keydown=${(event: KeyboardEvent) => {
      onKey(page, comparison, short, event);
    }}
  ></chunk-picture>`;
}

/** The cursor stays where it was when another window is shown, as far as that has such a place. */
function within({ width, height }: Pair, { row, column }: Cell): Cell {
  return { row: Math.min(row, height - 1), column: Math.min(column, width - 1) };
}

export function zoomBy(page: Page, factor: number): void {
  const { viewport, cursor } = page.state.compare;
  change(page, { viewport: zoomedBy(pictureElement()?.frame, viewport, factor, cursor) });
}

/** Arrows move the cursor (10 pixels with Shift), plus, minus and 0 zoom. */
function onKey(page: Page, comparison: ComparedPair, titles: Titles, event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const step = stepOfKey(event.key);
  const zoom = zoomOfKey(event.key);
  if (step !== undefined) {
    const { width: columns, height: rows } = pairOf(comparison);
    const { cursor } = page.state.compare;
    moveTo(page, comparison, titles, stepped(cursor, step, event.shiftKey ? 10 : 1, { rows, columns }));
  } else if (zoom !== undefined) zoomBy(page, zoom);
  else return;
  event.preventDefault();
}

/** Moves the cursor to a place and reads what is there. */
export function moveTo(page: Page, comparison: ComparedPair, titles: Titles, to: Cell): void {
  const { viewport } = page.state.compare;
  const frame = pictureElement()?.frame;
  change(page, { cursor: to, hover: null, viewport: frame === undefined ? viewport : revealing(frame, viewport, to) });
  page.announce(
    readingsAt(comparison, titles, to)
      .map(({ name, text }) => `${name} ${text}`)
      .join(', '),
  );
}

interface Reading {
  name: string;
  text: string;
}

/** Both values under the pointer, else under the cursor, their difference and their place. */
function readoutView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  const { hover, cursor } = page.state.compare;
  const cell = hover ?? cursor;
  if (cell === null) {
    return html`<p class="readout hint">
      ${t('Point at a value to read it in both, or move with the arrow keys; Page Down and Page Up go to other chunks.')}
    </p>`;
  }
  const readings = readingsAt(comparison, titles, within(pairOf(comparison), cell));
  return html`<div class="readout">
    <dl class="readings">${readings.map(({ name, text }) => fact(name, text))}</dl>
    ${copyButton(page, t('Copy Difference'), t('The difference'), readings[2]?.text ?? '')}
  </div>`;
}

function readingsAt(comparison: ComparedPair, titles: Titles, { row, column }: Cell): Reading[] {
  const pair = pairOf(comparison);
  const { step } = comparison;
  const index = row * pair.width + column;
  return [
    { name: titles.first, text: textAt(pair.first, index) },
    { name: titles.second, text: textAt(pair.second, index) },
    { name: t('Difference'), text: differenceTextAt(pair, index) },
    { name: t('Row'), text: String(row * step) },
    { name: t('Column'), text: String(column * step) },
  ];
}

function textAt({ array, numbers, skip, open, nodata }: PairSide, index: number): string {
  if (open?.[index] === 1) return t('not read');
  const text = valueText(valueAt(array, index), array.dataType);
  const isNodata = numbers[index] === skip || (Number.isNaN(numbers[index]) && Number.isNaN(nodata));
  return skip !== undefined || Number.isNaN(nodata) ? (isNodata ? t('{0} (nodata)', text) : text) : text;
}

/** Exact for integers; in words where there is none. */
function differenceTextAt({ first, second, differences }: Pair, index: number): string {
  const state = differences.states[index];
  if (state === pairStates.equal) return '0';
  if (state === pairStates.notRead) return t('none: not read');
  if (state === pairStates.noDifference) return t('none: NaN or infinite in one');
  if (state !== pairStates.differs) return t('none: nodata');
  const difference = differenceAt(first, second, index);
  if (typeof difference === 'bigint') return difference.toString();
  const wide = [first, second].find(({ array }) => array.dataType.itemSize > 4 || array.dataType.kind !== 'f');
  return differenceText(difference, (wide ?? first).array.dataType);
}
