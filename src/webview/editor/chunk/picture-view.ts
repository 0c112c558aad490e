import { html, nothing, type TemplateResult } from 'lit/html.js';
import { stepOfKey, zoomOfKey } from '../gestures';
import { indexField } from '../grid/axis-field';
import type { Page } from '../page';
import { breakable, iconButton, type Content } from '../parts';
import type { PictureState } from '../state';
import { zoomedBy, type Cell } from '../viewport';
import { moveCursor, pictureElement } from './cursor';
import { curveView } from './curve-view';
import { bandAxisOf } from './composite';
import { bandFields, missingBandsView, shownBands, type ShownBand } from './composite-view';
import { planeIndices, type Elements } from './elements';
import { selectField } from './fields';
import { compositeImage, imageOf } from './image';
import { legendView } from './legend-view';
import { coloursView, rangeView } from './look-view';
import { lookOf, shownClasses, sidesOf, type Pictured } from './pictured';
import { readoutView } from './readout';
import { t } from '../../l10n';

/** The picture of a chunk of numbers with all that belongs to it. */
export function pictureView(page: Page, pictured: Pictured): TemplateResult {
  const { picture } = page.state;
  const sides = sidesOf(pictured, picture.side);
  const { readers } = pictured;
  const { coordinateProblem } = pictured.preview;
  const line = readers.rowAxis === null;
  const bands = shownBands(page, pictured);
  return html`<div class="picture-tools">
      ${planeFields(page, pictured)} ${bandChoice(page, pictured)} ${bandFields(page, pictured)}
      ${line ? nothing : coloursView(page, pictured)} ${line ? nothing : zoomTools(page)}
    </div>
    <div class="pictures pictures-${sides.length}">
      ${sides.map(({ side, title }) => {
        const elements = (side === 'truth' ? pictured.truth : null) ?? readers;
        return html`<figure>
          ${pictured.truth === null ? nothing : html`<figcaption>${title}</figcaption>`}
          ${line ? curveView(page, pictured, elements) : canvasView(page, pictured, elements, title, bands)}
        </figure>`;
      })}
    </div>
    ${readoutView(page, pictured)}
    ${coordinateProblem === null ? nothing : html`<p class="hint">${breakable(coordinateProblem)}</p>`}
    ${legendView(page, pictured, bands)} ${line ? nothing : rangeView(page, pictured)}`;
}

function canvasView(
  page: Page,
  pictured: Pictured,
  elements: Elements,
  title: string,
  bands: readonly ShownBand[] | null,
): Content {
  const { picture } = page.state;
  const image = bands === null ? mappedImage(page, pictured, elements) : bandsImage(page, elements, bands);
  if (image === undefined) return bands === null ? nothing : missingBandsView(page, bands);
  const { width, height } = elements.plane;
  const shown = {
    image,
    width,
    height,
    inside: elements.inside,
    viewport: picture.viewport,
    cursor: picture.cursor,
    onViewport: (viewport: PictureState['viewport']) => {
      page.dispatch({ type: 'picture', change: { viewport } });
    },
    onHover: (hover: Cell | null) => {
      page.dispatch({ type: 'picture', change: { hover } });
    },
    onClick: (cursor: Cell) => {
      page.dispatch({ type: 'picture', change: { cursor } });
    },
  };
  const { key } = pictured.preview;
  const label =
    pictured.truth === null
      ? t('Picture of chunk {0}: arrows read values, plus and minus zoom, Alt with arrows goes to neighbours', key)
      : t(
          'Picture, {0} of chunk {1}: arrows read values, plus and minus zoom, Alt with arrows goes to neighbours',
          title.toLowerCase(),
          key,
        );
  return html`<chunk-picture
    tabindex="0"
    role="application"
    aria-roledescription=${t('picture')}
    aria-label=${label}
    .shown=${shown}
    @keydown=${(event: KeyboardEvent) => {
      onKey(page, pictured, event);
    }}
  ></chunk-picture>`;
}

function mappedImage(page: Page, pictured: Pictured, elements: Elements): HTMLCanvasElement | undefined {
  const { picture } = page.state;
  const { plane, band } = picture;
  return imageOf(elements, { look: lookOf(pictured, picture), classes: shownClasses(pictured, picture), plane, band });
}

function bandsImage(page: Page, elements: Elements, bands: readonly ShownBand[]): HTMLCanvasElement | undefined {
  const [red, green, blue] = bands.map(({ painted }) => painted);
  if (!red || !green || !blue) return undefined;
  return compositeImage(elements, [red, green, blue], page.state.picture.scale);
}

function planeFields(page: Page, { readers, details }: Pictured): Content {
  const at = planeIndices(readers, page.state.picture.plane);
  return readers.otherAxes.map((axis) =>
    indexField(
      t('{0} in the chunk', details.dimensions?.[axis] ?? t('axis {0}', axis)),
      at[axis] ?? 0,
      readers.array.shape[axis] ?? 1,
      (index) => {
        const plane = at.map((old, other) => (other === axis ? index : old));
        page.dispatch({ type: 'picture', change: { plane } });
      },
    ),
  );
}

/** One sample of each pixel, their own colours, or three bands as colours. */
function bandChoice(page: Page, { readers, details, truth }: Pictured): Content {
  const { plane, colours } = readers;
  const inThree = truth === null && bandAxisOf(details) !== null;
  if (plane.bands === 1 && !inThree) return nothing;
  const { band } = page.state.picture;
  const shown = (band === 'colours' && !colours) || (band === 'composite' && !inThree) ? 0 : band;
  const choices = [
    ...(colours ? [['colours', t('As red, green, blue')] as const] : []),
    ...Array.from({ length: plane.bands }, (_, index) => {
      return [String(index), plane.bands === 1 ? t('One band') : t('Band {0}', index + 1)] as const;
    }),
    ...(inThree ? [['composite', t('Three as red, green, blue')] as const] : []),
  ];
  return selectField<string>(t('Bands'), choices, String(shown), (name) => {
    const chosen = name === 'colours' || name === 'composite' ? name : Number(name);
    page.dispatch({ type: 'picture', change: { band: chosen, range: null, locked: false } });
  });
}

function zoomTools(page: Page): TemplateResult {
  const { viewport } = page.state.picture;
  return html`<span class="tools">
    ${iconButton(
      t('Zoom out'),
      'minus',
      () => {
        zoomBy(page, 0.5);
      },
      viewport.zoom <= 1,
    )}
    ${iconButton(t('Zoom in'), 'plus', () => {
      zoomBy(page, 2);
    })}
    ${iconButton(
      t('Show the whole chunk'),
      'fit',
      () => {
        zoomBy(page, 0);
      },
      viewport.zoom <= 1,
    )}
  </span>`;
}

/** Zooms around the cursor, else around the middle; 0 for the whole. */
function zoomBy(page: Page, factor: number): void {
  const { viewport, cursor } = page.state.picture;
  const zoomed = zoomedBy(pictureElement()?.frame, viewport, factor, cursor);
  page.dispatch({ type: 'picture', change: { viewport: zoomed } });
}

/** Arrows move the cursor (10 pixels with Shift), plus, minus and 0 zoom. */
function onKey(page: Page, pictured: Pictured, event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const step = stepOfKey(event.key);
  const zoom = zoomOfKey(event.key);
  if (step !== undefined) moveCursor(page, pictured, step, event.shiftKey ? 10 : 1);
  else if (zoom !== undefined) zoomBy(page, zoom);
  else return;
  event.preventDefault();
}
