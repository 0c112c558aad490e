import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classFinder } from '../../../picture/classes';
import type { Pyramid } from '../../../preview/map-types';
import { storeKey } from '../../../zarr/grid';
import { scaledValueText } from '../chunk/value-text';
import type { Page } from '../page';
import { button, copyButton, fact } from '../parts';
import { CoordinateCache } from './coordinate-cache';
import { levelInWords } from './map-levels';
import { chunkOf, elementOf, indicesBeside, isInClasses, shownBands } from './map-state';
import { openChunkAt } from './open-chunk';
import type { MapReading } from './shown-map';
import { t } from '../../l10n';

const coordinates = new CoordinateCache();

/** The coordinate of the index that is shown along an axis which the picture does not have; empty until it is known, or where there is none. */
export function coordinateBeside(page: Page, pyramid: Pyramid, axis: number): string {
  const element = indicesBeside(pyramid, page.state.map.at);
  return coordinates.at(page, pyramid, element).find((coordinate) => coordinate.axis === axis)?.text ?? '';
}

/** What stands under the pointer, else under the cursor. */
export function mapReadout(page: Page, pyramid: Pyramid): TemplateResult {
  const { hover, cursor } = page.state.map.readings;
  const reading = hover ?? cursor;
  if (reading === null) {
    return html`<p class="readout hint">
      ${t('Point at a value to read it, or press Shift with the arrow keys. A double click or Enter opens the chunk; Shift with a drag selects.')}
    </p>`;
  }
  const readings = readingsOf(page, pyramid, reading);
  return html`<div class="readout">
    <dl class="readings">${readings.map(({ name, text }) => fact(name, text))}</dl>
    ${copyButton(page, t('Copy Value'), t('The value'), readings[0]?.text ?? '')}
    ${
      cursor === null
        ? nothing
        : button(t('Open Chunk'), 'array', () => {
            openChunkAt(page, pyramid, cursor.cell);
          })
    }
  </div>`;
}

/** The same in one sentence, for those who do not see it. */
export function readingInWords(page: Page, pyramid: Pyramid, reading: MapReading): string {
  return readingsOf(page, pyramid, reading)
    .map(({ name, text }) => `${name} ${text}`)
    .join(', ');
}

interface NamedText {
  name: string;
  text: string;
}

function readingsOf(page: Page, pyramid: Pyramid, reading: MapReading): NamedText[] {
  const element = elementOf(pyramid, page.state.map, reading.cell);
  const { keyEncoding, path, levels } = pyramid;
  const grid = { path, keyEncoding, shape: levels[0]?.shape ?? [], chunkShape: levels[0]?.chunkShape ?? [] };
  const isFull = reading.level === null || (reading.level.level === 0 && reading.level.step === 1);
  return [
    ...valuesOf(page, pyramid, reading),
    ...(isFull || reading.level === null || reading.kind !== 'value'
      ? []
      : [{ name: t('Of'), text: levelInWords(pyramid, reading.level) }]),
    { name: t('Index'), text: `[${element.join(', ')}]` },
    ...coordinates.at(page, pyramid, element).map(({ name, text }) => ({ name, text })),
    ...(pyramid.crs === null ? [] : [{ name: 'CRS', text: pyramid.crs }]),
    { name: t('Chunk'), text: storeKey(grid, chunkOf(pyramid, element)) },
  ];
}

function valuesOf(page: Page, pyramid: Pyramid, { kind, samples, failure }: MapReading): NamedText[] {
  if (kind === 'waiting') return [{ name: t('Stored'), text: t('not loaded') }];
  if (kind === 'failed') return [{ name: t('Not read'), text: failure ?? '' }];
  const { scaling, unit, dataType } = pyramid;
  const bands = shownBands(pyramid, page.state.map);
  const names = bands.length >= 3 ? [t('Red'), t('Green'), t('Blue'), t('Opacity')] : [t('Stored')];
  return samples.flatMap(({ text, number, isNodata }, index) => {
    const name = names[index] ?? t('Stored');
    if (isNodata) return [{ name, text: t('{0} (nodata)', text) }];
    const belongs = isInClasses(pyramid, page.state.map) ? pyramid.classes?.[findClass(pyramid)(number)] : undefined;
    if (belongs !== undefined)
      return [
        { name, text },
        { name: t('Class'), text: belongs.name },
      ];
    if (scaling === null) return [{ name, text: unit === null ? text : `${text} ${unit}` }];
    const scaled = scaledValueText(number, scaling, dataType);
    const scaledName = names.length === 1 ? t('Scaled') : t('{0} scaled', name);
    return [
      { name, text },
      { name: scaledName, text: unit === null ? scaled : `${scaled} ${unit}` },
    ];
  });
}

const finders = new WeakMap<Pyramid, ReturnType<typeof classFinder>>();

function findClass(pyramid: Pyramid): ReturnType<typeof classFinder> {
  const finder = finders.get(pyramid) ?? classFinder(pyramid.classes ?? []);
  finders.set(pyramid, finder);
  return finder;
}
