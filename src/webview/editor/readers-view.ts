import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ReaderStop, ReaderVerdict } from '../../preview/types';
import { lineInWords, nodeLink, placeLink } from './links';
import { breakable, icon, type Content } from './parts';
import type { Page } from './page';
import { t } from '../l10n';

const signs = { all: 'yes', some: 'warning', none: 'no' } as const;

/** What each reader makes of the file, and what stops it; nothing as long as that is not known. */
export function readersView(page: Page): Content {
  const { readers } = page.state;
  if (readers.length === 0) return nothing;
  return html`${guard(
    [readers],
    () =>
      html`<section class="readers" aria-label=${t('Readers')}>
        <h2>${t('Readers')}</h2>
        <p class="hint">${t('Whether each opens the file and reads every array in it.')}</p>
        <ul class="reader-list">
          ${readers.map((reader) => readerView(page, reader))}
        </ul>
      </section>`,
  )}`;
}

function readerView(page: Page, { name, tried, reads, verdict, obstacles }: ReaderVerdict): TemplateResult {
  const [first] = obstacles;
  return html`<li class="reader">
    ${icon(signs[reads])}
    <div>
      <p><strong>${name}</strong>: ${verdict}${first === undefined ? '' : html`, ${breakable(first.reason)}`}.</p>
      <p class="finding-facts">
        ${first === undefined ? nothing : stopLinks(page, first)}<span>${t('Tried: {0}', tried)}</span>
      </p>
      ${obstacles.length > 1 ? obstaclesView(page, name, obstacles) : nothing}
    </div>
  </li>`;
}

/** Obstacles that are known at most of a reader, which go on behind them. */
const mostObstacles = 100;

function obstaclesView(page: Page, name: string, obstacles: readonly ReaderStop[]): TemplateResult {
  const count = obstacles.length;
  return html`<details class="samples">
    <summary>
      ${
        count < mostObstacles
          ? t('All {0} places that stop {1}', count, name)
          : t('The first {0} places that stop {1}', count, name)
      }
    </summary>
    <ul>
      ${obstacles.map(
        (obstacle) =>
          html`<li>${breakable(obstacle.reason)} <span class="finding-facts">${stopLinks(page, obstacle)}</span></li>`,
      )}
    </ul>
  </details>`;
}

/** Leads to the entry in the text, and to the array or chunk that it keeps the reader from. */
function stopLinks(page: Page, { key, path, indices, range }: ReaderStop): Content {
  const line = lineInWords(range);
  return [
    placeLink(page, key === '' ? line : html`${line}, ${breakable(key)}`, range),
    path === null ? nothing : nodeLink(page, breakable(path || '/'), path, indices),
  ];
}
