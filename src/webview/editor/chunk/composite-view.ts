import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayDetails } from '../../../preview/types';
import { cropNumbers } from '../../../picture/crop';
import type { ShownChunk } from '../../editor-messages';
import { chunkName } from '../grid/cells';
import type { Page } from '../page';
import { breakable, button, icon, type Content } from '../parts';
import { bandAxisOf, chosenBands, colourSlots, compositeBands, type ColourSlot, type CompositeBand } from './composite';
import { elementsOf, type Elements } from './elements';
import { selectField } from './fields';
import { failureWords } from './outcomes';
import type { Pictured } from './pictured';
import { numbersOfPlane, type PaintedBand } from './pixels';
import { stretchOfElements } from './stretches';
import { t } from '../../l10n';

export const slotWords: Record<ColourSlot, string> = { red: t('Red'), green: t('Green'), blue: t('Blue') };

/** A band of the picture in colours, as far as it is here. */
export interface ShownBand extends CompositeBand {
  /** What it is called: `Band 3`, or the coordinate along the axis of bands where there is one. */
  words: string;
  painted: PaintedBand | null;
  /** Why it is not here, and the chunk that says so. */
  problem: { title: string; message: string } | null;
}

const elementsOfChunks = new WeakMap<ShownChunk, Elements | undefined>();

/** The three bands of a picture in colours; null where the picture is none, and where the array has no three bands. */
export function shownBands(page: Page, pictured: Pictured): ShownBand[] | null {
  const { picture } = page.state;
  const { preview, details, truth } = pictured;
  if (picture.band !== 'composite' || truth !== null) return null;
  const bands = compositeBands(details, preview.indices, picture.composite);
  return bands?.map((band) => shownBand(page, pictured, band)) ?? null;
}

function shownBand(page: Page, pictured: Pictured, band: CompositeBand): ShownBand {
  const { preview, readers, details } = pictured;
  const words = bandWords(pictured, band.index);
  if (band.indices.join() === preview.indices.join()) {
    return { ...band, words, painted: paintedBand(page, details, readers, band), problem: null };
  }
  const { value, status, error } = page.state.answers[band.slot];
  if (error !== null) return { ...band, words, painted: null, problem: problemOf(error) };
  const isHere = status === 'ready' && value?.indices.join() === band.indices.join();
  if (!isHere) {
    return { ...band, words, painted: null, problem: null };
  }
  const { outcome } = value;
  if (outcome.kind === 'failed') return { ...band, words, painted: null, problem: problemOf(outcome) };
  if (outcome.kind === 'absent') {
    const message = t(
      'Chunk {0} is absent: it reads as the fill value {1}.',
      chunkName(band.indices),
      outcome.fillValue,
    );
    return { ...band, words, painted: null, problem: { title: t('Absent'), message } };
  }
  if (!elementsOfChunks.has(value)) {
    elementsOfChunks.set(value, elementsOf(outcome.values, outcome.values.data, details.chunkShape));
  }
  const elements = elementsOfChunks.get(value);
  return {
    ...band,
    words,
    painted: elements === undefined ? null : paintedBand(page, details, elements, band),
    problem: null,
  };
}

function problemOf({
  code,
  message,
}: {
  code: Parameters<typeof failureWords>[0];
  message: string;
}): ShownBand['problem'] {
  return { title: failureWords(code, null).title, message };
}

function paintedBand(page: Page, details: ArrayDetails, elements: Elements, { inChunk }: CompositeBand): PaintedBand {
  const { picture } = page.state;
  const axis = bandAxisOf(details) ?? 0;
  const isSample = elements.plane.bands > 1;
  const band = isSample ? inChunk : 0;
  const plane = isSample ? picture.plane : replaced(elements, picture.plane, axis, inChunk);
  return { elements, plane, band, range: picture.range ?? rangeOf(page, elements, plane, band) };
}

function replaced({ array }: Elements, plane: readonly number[], axis: number, index: number): number[] {
  return array.shape.map((_, other) => (other === axis ? index : (plane[other] ?? 0)));
}

/** The range of one band, of its values inside the array. */
function rangeOf(page: Page, elements: Elements, plane: readonly number[], band: number): PaintedBand['range'] {
  const { stretch, scale } = page.state.picture;
  const { width, height } = elements.plane;
  const numbers = numbersOfPlane(elements, plane, band) ?? new Float64Array();
  const { rows, columns } = elements.inside;
  const inside = cropNumbers(numbers, [height, width], [rows, columns]);
  return stretchOfElements(elements, inside, stretch, scale, JSON.stringify([plane, band]));
}

function bandWords({ preview, details }: Pictured, index: number): string {
  const axis = bandAxisOf(details);
  const name = axis === null ? null : (details.dimensions?.[axis] ?? null);
  const along = preview.coordinates.find((item) => item.axis === axis);
  const inChunk = index - (preview.indices[axis ?? 0] ?? 0) * (details.chunkShape[axis ?? 0] ?? 1);
  const coordinate = along?.texts[inChunk];
  const isCounted = name === null || /^bands?$/iu.test(name);
  if (isCounted) return t('Band {0}', index + 1);
  return coordinate === undefined || coordinate === null ? `${name} ${index}` : `${name} ${coordinate}`;
}

/** Bands that can be chosen from a list at most; beyond, the first of them. */
const mostBands = 1000;

/** Which band is red, green and blue. */
export function bandFields(page: Page, pictured: Pictured): Content {
  const { details } = pictured;
  const axis = bandAxisOf(details);
  if (axis === null || page.state.picture.band !== 'composite') return nothing;
  const chosen = chosenBands(details, page.state.picture.composite);
  const count = Math.min(mostBands, details.shape[axis] ?? 0);
  const choices = Array.from({ length: count }, (_, index) => [String(index), bandWords(pictured, index)] as const);
  return colourSlots.map((slot, place) =>
    selectField(slotWords[slot], choices, String(chosen[place]), (name) => {
      const [red, green, blue] = chosen.map((index, other) => (other === place ? Number(name) : index));
      page.dispatch({ type: 'picture', change: { composite: [red ?? 0, green ?? 0, blue ?? 0] } });
    }),
  );
}

/** What stands in place of the picture while bands are missing. */
export function missingBandsView(page: Page, bands: readonly ShownBand[]): TemplateResult {
  const failed = bands.filter(({ problem }) => problem !== null);
  const waited = bands.filter(({ problem, painted }) => problem === null && painted === null);
  return html`<div class="missing-bands" role="status">
    ${failed.map(
      ({ slot, words, problem }) =>
        html`<p>
          ${icon('warning')} ${slotWords[slot]}, ${words}: ${problem?.title}. ${breakable(problem?.message ?? '')}
        </p>`,
    )}
    ${
      waited.length === 0
        ? nothing
        : html`<p class="hint busy">${t('Fetching and decoding {0}…', waited.map(({ words }) => words).join(', '))}</p>`
    }
    ${
      failed.length === 0
        ? nothing
        : html`<p class="actions">
            ${button(t('Try Again'), 'again', () => {
              page.dispatch({ type: 'again' });
            })}
          </p>`
    }
  </div>`;
}
