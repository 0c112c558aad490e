import { html, nothing, type TemplateResult } from 'lit/html.js';
import { colourMapNames } from '../../../picture/colour-maps';
import type { ComparedFailure, ComparedSide, Comparison, WindowSize } from '../../../preview/compare-types';
import { countInWords } from '../../../words';
import type { ArrayDetails } from '../../../preview/types';
import type { Failure } from '../../editor-messages';
import { chunkKeys, neighbourTools } from '../chunk/chunk-view';
import { checkField, numberField, selectField } from '../chunk/fields';
import { mapWords } from '../chunk/look-view';
import { failureWords } from '../chunk/outcomes';
import { shortNumberText } from '../chunk/value-text';
import { chunkName } from '../grid/cells';
import { indexField } from '../grid/axis-field';
import type { Page } from '../page';
import { breakable, button, icon, iconButton, type Content } from '../parts';
import { isTiff, outlineOf } from '../state';
import { chunksInWords, legendView } from './compare-legend';
import { closeCompare } from './open-compare';
import { differenceLook, picturesView, sharedRange, zoomBy } from './compare-pictures';
import {
  choiceOf,
  comparedWith,
  firstWindow,
  otherArray,
  otherChunk,
  otherPair,
  stretchOfPair,
  windowOfArray,
  type CompareChoice,
  type CompareState,
} from './compare-state';
import { statisticsView } from './compare-statistics';
import { inSentence, slicesText, type Titles, titlesOf } from './compare-titles';
import { outcomeInWords } from './compare-words';
import type { ComparedPair } from './pair';
import type { PlaneWindow } from '../../../preview/compare-types';
import { parted, t } from '../../l10n';

/** Arrays that are offered to be compared with. */
const mostArrays = 1000;

/** Two windows beside each other, in place of the array that the first is of. */
export function compareView(page: Page, details: ArrayDetails): TemplateResult {
  const first = firstWindow(page.state, details);
  return html`<article
    class="compare"
    @keydown=${(event: KeyboardEvent) => {
      onKey(page, details, event);
    }}
  >
    <header class="section-head">
      <h2 id="compare-title" tabindex="-1">${icon('array')}<span>${t('Compare')}</span></h2>
      ${button(page.state.compare.window === null ? t('Back to the Chunk') : t('Back to the Array'), 'previous', () => {
        closeCompare(page);
      })}
    </header>
    ${
      first === null
        ? html`<p class="invitation">
            ${icon('array')}${t('Open a chunk or select a window of the array to compare it.')}
          </p>`
        : html`${choicesView(page, details, first)} ${answerView(page, details, first)}`
    }
  </article>`;
}

/** Other chunks come in place of the first; Escape leads back. */
function onKey(page: Page, details: ArrayDetails, event: KeyboardEvent): void {
  if (event.key === 'Escape' && !event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    closeCompare(page);
  } else if (page.state.compare.window === null) chunkKeys(page, details, event);
}

function change(page: Page, part: Partial<CompareState>): void {
  page.dispatch({ type: 'compare', change: part });
}

/** What is compared with what. */
function choicesView(page: Page, details: ArrayDetails, first: PlaneWindow): TemplateResult {
  const { compare, chunk } = page.state;
  const name = details.path || t('the array');
  const what =
    compare.window === null && chunk !== null
      ? t('chunk {0} of {1}', chunkName(chunk), name)
      : t('a window of {0}', name);
  const choices: (readonly [CompareChoice, string])[] = [
    ...(isTiff(page.state) ? [] : [['tiff', t('the TIFF behind the references')] as const]),
    ...(compare.window === null ? [['chunk', t('another chunk of the array')] as const] : []),
    ['array', compare.window === null ? t('another array') : t('another window or array')],
  ];
  return html`<div class="compare-choices">
    <p>${parted<Content>(t('First: {0}, {1}'), breakable(what), html`<code>${slicesText(first)}</code>`)}</p>
    ${compare.window === null && chunk !== null ? neighbourTools(page, details, chunk) : nothing}
    ${selectField(t('Compared with'), choices, choiceOf(compare), (choice) => {
      change(page, { choice, ...otherPair });
    })}
    ${choiceFields(page, details, first)}
  </div>`;
}

function choiceFields(page: Page, details: ArrayDetails, first: PlaneWindow): Content {
  const { state } = page;
  switch (choiceOf(state.compare)) {
    case 'tiff':
      return nothing;
    case 'chunk':
      return chunkFields(page, details);
    case 'array':
      return arrayFields(page, details, first);
  }
}

function chunkFields(page: Page, details: ArrayDetails): Content {
  const chunk = otherChunk(page.state, details);
  if (chunk === null) return nothing;
  return details.grid.map((length, axis) =>
    length === 1
      ? nothing
      : indexField(t('Chunk along {0}', nameOfAxis(details, axis)), chunk[axis] ?? 0, length, (index) => {
          change(page, { chunk: chunk.with(axis, index), ...otherPair });
        }),
  );
}

function nameOfAxis({ dimensions }: Pick<ArrayDetails, 'dimensions'>, axis: number): string {
  return dimensions?.[axis] ?? t('axis {0}', axis);
}

function arrayFields(page: Page, details: ArrayDetails, first: PlaneWindow): Content {
  const nodes = outlineOf(page.state)?.nodes ?? [];
  const { compare } = page.state;
  const chosen = otherArray(nodes, compare, details);
  if (chosen === undefined) return nothing;
  const all = nodes.filter(({ kind }) => kind === 'array');
  const offered = all.slice(0, mostArrays);
  const arrays = offered.some(({ path }) => path === chosen.path) ? offered : [chosen, ...offered];
  const window = windowOfArray(chosen, first, compare.starts);
  return html`${selectField(
    t('Array'),
    arrays.map(({ path }) => [path, path || '/'] as const),
    chosen.path,
    (path) => {
      change(page, { array: path, starts: null, ...otherPair });
    },
  )}
  ${all.length > mostArrays ? html`<span class="hint">${t('The first {0} arrays are offered.', mostArrays)}</span>` : nothing}
  ${
    typeof window === 'string'
      ? nothing
      : window.slices.map(({ start, stop }, axis) => {
          const places = (chosen.shape[axis] ?? 1) - (stop - start) + 1;
          const own = chosen.path === details.path ? nameOfAxis(details, axis) : t('axis {0}', axis);
          return places <= 1
            ? nothing
            : indexField(t('From {0}', own), start, places, (index) => {
                const starts = window.slices.map((slice, other) => (other === axis ? index : slice.start));
                change(page, { array: chosen.path, starts, ...otherPair });
              });
        })
  }`;
}

function answerView(page: Page, details: ArrayDetails, first: PlaneWindow): Content {
  const { answers } = page.state;
  const second = comparedWith(page.state, details, outlineOf(page.state)?.nodes ?? [], first);
  if (typeof second === 'string') return refusedView(second);
  const { status, value, error } = answers.comparison;
  const busy = status === 'waiting' || status === 'slow';
  // What was compared last stays while the next is waited for: whoever goes from chunk to chunk keeps the focus.
  return html`<div class="compare-answer" aria-busy=${busy ? 'true' : 'false'}>
    ${status === 'slow' ? loadingView(page) : nothing}
    <div class="compare-content">
      ${error !== null ? failureView(page, error, null) : value === null ? nothing : comparisonView(page, details, value)}
    </div>
  </div>`;
}

function loadingView(page: Page): TemplateResult {
  return html`<div class="outcome outcome-loading">
    <span class="spinner" aria-hidden="true"></span>
    <div>
      <h3>${t('Fetching, decoding and comparing…')}</h3>
      <p class="actions">
        ${button(t('Cancel'), 'no', () => {
          page.cancel('comparison');
        })}
      </p>
    </div>
  </div>`;
}

function refusedView(reason: string): TemplateResult {
  return html`<div class="outcome outcome-refused">
    ${icon('info')}
    <div>
      <h3>${t('Not compared')}</h3>
      <p>${breakable(reason)}</p>
    </div>
  </div>`;
}

function comparisonView(page: Page, details: ArrayDetails, comparison: Comparison): Content {
  switch (comparison.kind) {
    case 'refused':
      return refusedView(comparison.reason);
    case 'failed':
      return failureView(page, comparison, comparison.target);
    case 'compared':
      return comparedView(page, details, comparison);
  }
}

function comparedView(page: Page, details: ArrayDetails, comparison: ComparedPair): TemplateResult {
  const { difference, notes, first, second } = comparison;
  const titles = titlesOf(page.state, details, comparison);
  const isSame = difference.unequal === 0 && difference.compared > 0;
  return html`<p class="compare-outcome ${isSame ? 'is-same' : ''}">
      ${icon(isSame ? 'yes' : difference.compared === 0 ? 'info' : 'warning')}<strong
        >${outcomeInWords(comparison)}</strong
      >
    </p>
    ${cutNote(comparison, titles.short)} ${sideNotes(page, titles.short.first, first)}
    ${sideNotes(page, titles.short.second, second)} ${notes.map((note) => html`<p class="hint">${breakable(note)}</p>`)}
    ${lookView(page, comparison, titles.short)} ${picturesView(page, comparison, titles)}
    ${legendView(page, comparison, titles.short)} ${statisticsView(page, comparison, titles.short)}`;
}

/** Of two windows of two sizes which part of them was compared. */
function cutNote({ rows, columns, cut }: ComparedPair, { first, second }: Titles): Content {
  if (cut === null) return nothing;
  const size = ([high, wide]: WindowSize): string => `${countInWords(high)} × ${countInWords(wide)}`;
  return html`<p class="compare-note compare-cut">
    ${icon('info')}<span
      >${t(
        'Compared is the part that both have: the first {0} rows and columns of each. {1}: {2}, {3}: {4}.',
        size([rows, columns]),
        first,
        size(cut.first),
        second,
        size(cut.second),
      )}</span
    >
  </p>`;
}

/** Of one window what is absent, all fill, or could not be read: each is another thing. */
function sideNotes(page: Page, title: string, side: ComparedSide): Content {
  const { absent, chunks, fillValue, allFill, failures } = side;
  return html`${
    absent === 0
      ? nothing
      : html`<p class="compare-note">
          ${icon('hole')}<span
            >${parted<Content>(
              absent === 1 || chunks === 1
                ? t('{0}: {1} is absent and reads as the fill value, {2}.')
                : t('{0}: {1} are absent and read as the fill value, {2}.'),
              title,
              chunksInWords(absent, chunks),
              html`<code>${fillValue}</code>`,
            )}</span
          >
        </p>`
  }
  ${
    allFill
      ? html`<p class="compare-note">
          ${icon('fill')}<span
            >${parted<Content>(
              t('{0}: all is stored, and every element of it is the fill value, {1}.'),
              title,
              html`<code>${fillValue}</code>`,
            )}</span
          >
        </p>`
      : nothing
  }
  ${failures.map((failure) => sideFailure(page, title, side, failure))}`;
}

function sideFailure(page: Page, title: string, { chunks }: ComparedSide, failure: ComparedFailure): TemplateResult {
  const { code, key, message, count, target } = failure;
  const words = failureWords(code, null);
  return html`<div class="outcome outcome-${code}">
    ${icon(words.sign)}
    <div>
      <h3>${title}: ${words.title}</h3>
      <p>
        ${
          count === 1
            ? parted<Content>(
                t('{0} ({1}): {2}'),
                chunksInWords(count, chunks),
                html`<code>${breakable(key)}</code>`,
                breakable(message),
              )
            : parted<Content>(t('{0}, the first {1}: {2}'), chunksInWords(count, chunks), key, breakable(message))
        }
      </p>
      ${remedyView(page, words.remedy, target)}
    </div>
  </div>`;
}

/** Why nothing came at all. */
function failureView(page: Page, { code, message }: Failure, target: number | null): TemplateResult {
  const { title, sign, remedy } = failureWords(code, null);
  return html`<div class="outcome outcome-${code}">
    ${icon(sign)}
    <div>
      <h3>${title}</h3>
      <p>${breakable(message)}</p>
      ${remedyView(page, remedy, target)}
    </div>
  </div>`;
}

function remedyView(
  page: Page,
  remedy: ReturnType<typeof failureWords>['remedy'],
  target: number | null,
): TemplateResult {
  const again = button(t('Try Again'), 'again', () => {
    change(page, { attempt: page.state.compare.attempt + 1 });
  });
  const trust = button(t('Manage Workspace Trust'), 'shield', () => {
    page.post({ type: 'manageTrust' });
  });
  const allow =
    target === null
      ? again
      : button(t('Allow Reading…'), 'unlock', () => {
          page.post({ type: 'allowTarget', target });
        });
  return html`<p class="actions">
    ${{ again, trust, allow, text: nothing, none: nothing }[remedy]}
    ${button(t('Show Log'), 'file', () => {
      page.post({ type: 'showLog' });
    })}
  </p>`;
}

/** How both become colours, and how their difference does. */
function lookView(page: Page, comparison: ComparedPair, titles: Titles): TemplateResult {
  const { compare, picture } = page.state;
  const range = sharedRange(compare, comparison);
  const { limit } = differenceLook(compare, comparison);
  const bound = (name: 'low' | 'high', words: string, label: string): TemplateResult =>
    numberField(words, label, range === null ? '' : shortNumberText(range[name]), (typed) => {
      change(page, { range: { ...(range ?? { low: 0, high: 1 }), [name]: typed } });
    });
  return html`<div class="picture-tools">
    <div class="look" role="group" aria-label=${t('Colours of both')}>
      ${selectField(
        t('Colours'),
        colourMapNames.map((name) => [name, mapWords[name]] as const),
        picture.colourMap,
        (colourMap) => {
          page.dispatch({ type: 'picture', change: { colourMap } });
        },
      )}
      ${checkField(t('Reversed'), picture.reversed, (reversed) => {
        page.dispatch({ type: 'picture', change: { reversed } });
      })}
      ${selectField(
        t('Range'),
        [
          ['both', t('of both')],
          ['first', t('of {0}', inSentence(titles.first))],
          ['second', t('of {0}', inSentence(titles.second))],
          ...(compare.range === null ? [] : [['hand', t('by hand')] as const]),
        ],
        compare.range === null ? stretchOfPair(compare) : 'hand',
        (stretch) => {
          if (stretch !== 'hand') change(page, { stretch, range: null });
        },
      )}
      ${bound('low', t('from'), t('Lowest value of the range'))}
      ${bound('high', t('to'), t('Highest value of the range'))}
    </div>
    <div class="look" role="group" aria-label=${t('Colours of the difference')}>
      ${numberField(
        t('Difference up to ±'),
        t('Difference with the strongest colours'),
        limit === null ? '' : shortNumberText(limit),
        (typed) => {
          if (typed > 0) change(page, { limit: typed });
        },
        { low: 0, high: Infinity },
      )}
      ${iconButton(
        t('What suits the differences'),
        'again',
        () => {
          change(page, { limit: null });
        },
        compare.limit === null,
      )}
      ${selectField(
        t('Scale'),
        [
          ['linear', t('Linear')],
          ['symlog', t('Symmetric log')],
        ],
        compare.scale,
        (scale) => {
          change(page, { scale });
        },
      )}
    </div>
    <span class="tools">
      ${iconButton(
        t('Zoom out'),
        'minus',
        () => {
          zoomBy(page, 0.5);
        },
        compare.viewport.zoom <= 1,
      )}
      ${iconButton(t('Zoom in'), 'plus', () => {
        zoomBy(page, 2);
      })}
      ${iconButton(
        t('Show the whole window'),
        'fit',
        () => {
          zoomBy(page, 0);
        },
        compare.viewport.zoom <= 1,
      )}
    </span>
  </div>`;
}
