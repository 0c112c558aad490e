import { guard } from 'lit/directives/guard.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ArrayGlance, GroupGlance } from '../../../preview/types';
import { countInWords } from '../../../words';
import { attributesView } from '../attributes-view';
import { openCodeView } from '../open-code-view';
import { breakable, copyButton, icon, moreInWords, type Content } from '../parts';
import type { Page } from '../page';
import { ratioInWords, sizesInWords } from '../sizes';
import { isTiff } from '../state';
import { nextSorting, ratioOf, sorted, type SortColumn } from './sort';
import { t } from '../../l10n';
import { arraysInWords, chunksInWords, listed, sizeInWords } from '../../counts';

type Coverage = GroupGlance['coverage'];

/** A group at a glance: what lies below it, what that takes, and the code that opens it. */
export function glanceView(page: Page, glance: GroupGlance): TemplateResult {
  const { path, count, arrays } = glance;
  return html`<p class="one-line">${inOneLine(glance)}</p>
    ${arrays.length === 0 ? nothing : tableView(page, glance)}
    ${moreInWords(
      count - arrays.length,
      t('1 more array: choose it in the tree.'),
      t('{0} more arrays: choose them in the tree.'),
    )}
    <section class="metadata">
      ${attributesView(glance)} ${isTiff(page.state) ? nothing : openCodeView(page, glance.code)}
      ${path === '' ? nothing : html`<p class="actions">${copyButton(page, t('Copy Path'), t('The path'), path)}</p>`}
    </section>`;
}

/** "3 arrays. 1.6 GiB stored, 1.7 GiB decoded. Compression ratio 1.1. 2 of 121 chunks are absent.". */
function inOneLine({ count, storedBytes, decodedBytes, presentBytes, coverage }: GroupGlance): string {
  if (count === 0) return t('No array stands below it.');
  // Of several arrays the chunks that are there have no one size: their bytes count as those of so many chunks of one byte.
  const present = { total: presentBytes, ranges: presentBytes, inline: 0, absent: 0, broken: 0 };
  const sizes = sizesInWords({ storedBytes, decodedBytes, chunkBytes: 1, coverage: present });
  return `${arraysInWords(count)}. ${sizes} ${coverageInWords(coverage)}`;
}

/** "121 chunks, all there.", "121 chunks: 2 absent, 1 malformed.". */
function coverageInWords({ total, absent, broken, inline }: Coverage): string {
  const parts = [
    ...(absent === 0 ? [] : [t('{0} absent', countInWords(absent))]),
    ...(broken === 0 ? [] : [t('{0} malformed', countInWords(broken))]),
    ...(inline === 0 ? [] : [t('{0} inline', countInWords(inline))]),
  ];
  const chunks = chunksInWords(total);
  return parts.length === 0 ? t('{0}, all there.', chunks) : t('{0}: {1}.', chunks, listed(parts));
}

const columns: readonly { column: SortColumn | null; name: string; title: string; numbers: boolean }[] = [
  { column: 'path', name: t('Array'), title: t('Path of the array'), numbers: false },
  { column: null, name: t('Dimensions'), title: t('Names and lengths of its axes'), numbers: false },
  { column: null, name: t('Type'), title: t('Data type as the metadata writes it'), numbers: false },
  { column: 'chunks', name: t('Chunks'), title: t('Chunks that are there, of those of the grid'), numbers: true },
  { column: 'stored', name: t('Stored'), title: t('Bytes of the stored chunks'), numbers: true },
  { column: 'decoded', name: t('Decoded'), title: t('Bytes of all values'), numbers: true },
  {
    column: 'ratio',
    name: t('Ratio'),
    title: t('Bytes of the chunks that are there, decoded, to stored'),
    numbers: true,
  },
];

function tableView(page: Page, { arrays, path }: GroupGlance): TemplateResult {
  const { glanceSorting: sorting } = page.state;
  return html`<div class="table-frame" tabindex="0" role="group" aria-label=${t('Arrays, a table')}>
    <table class="glance">
      <thead>
        <tr>
          ${columns.map(({ column, name, title, numbers }) => {
            const own = sorting !== null && sorting.column === column ? sorting : null;
            const order = own === null ? 'none' : own.descending ? 'descending' : 'ascending';
            if (column === null) return html`<th scope="col" title=${title}>${name}</th>`;
            return html`<th scope="col" class=${numbers ? 'number' : ''} aria-sort=${order}>
              <button
                type="button"
                class="bare"
                title=${t('{0}: sort by it', title)}
                @click=${() => {
                  page.dispatch({ type: 'glanceSorting', sorting: nextSorting(sorting, column) });
                }}
              >
                ${name}${own === null ? nothing : html`<span aria-hidden="true">${own.descending ? ' ↓' : ' ↑'}</span>`}
              </button>
            </th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${guard([arrays, sorting], () => sorted(arrays, sorting).map((array) => rowView(page, array, path)))}
      </tbody>
    </table>
  </div>`;
}

function rowView(page: Page, array: ArrayGlance, group: string): TemplateResult {
  const { path, dtype, storedBytes, decodedBytes, meaning, coverage } = array;
  const ratio = ratioOf(array);
  const below = group === '' ? path : path.slice(group.length + 1);
  return html`<tr>
    <th scope="row">
      <button
        type="button"
        class="link"
        @click=${() => {
          page.dispatch({ type: 'select', path });
        }}
      >
        ${breakable(below || '/')}
      </button>
      ${meaning === null ? nothing : html`<span class="detail">${breakable(meaning)}</span>`}
    </th>
    <td>${dimensionsOf(array)}</td>
    <td><code>${dtype}</code></td>
    <td class="number">${chunksOf(coverage)}</td>
    <td class="number">${sizeInWords(storedBytes)}</td>
    <td class="number">${sizeInWords(decodedBytes)}</td>
    <td class="number">${ratio === null ? '' : ratioInWords(ratio)}</td>
  </tr>`;
}

function dimensionsOf({ shape, dimensions }: ArrayGlance): Content {
  if (shape.length === 0) return t('scalar');
  return shape.map((length, axis) => {
    const name = dimensions?.[axis] ?? null;
    return html`${axis === 0 ? nothing : ' × '}${name === null ? nothing : html`<i>${name}</i> `}${countInWords(length)}`;
  });
}

/** "121", "119 of 121"; a malformed entry makes the reader look. */
function chunksOf({ total, ranges, inline, broken }: Coverage): Content {
  const present = ranges + inline;
  const count = present === total ? countInWords(total) : t('{0} of {1}', countInWords(present), countInWords(total));
  return broken === 0 ? count : html`${icon('error')}${t('{0}, {1} malformed', count, countInWords(broken))}`;
}
