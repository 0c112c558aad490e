import { html, nothing, type TemplateResult } from 'lit/html.js';
import { countInWords } from '../../../../words';
import type { Page } from '../../page';
import { button, icon, type Content } from '../../parts';
import type { TableState } from '../../state';
import type { Cell } from '../../viewport';
import type { Elements } from '../elements';
import { checkField, selectField } from '../fields';
import { isMeant, meantText } from '../meant';
import { placeOf, placeOfCell, stateAt, tableAxes, tableSource, type TableAxes, type Tabled } from './table-source';
import { mostCopied, type ShownTable, ValueTable } from './value-table';
import { ordinal } from '../../ordinal';
import { t } from '../../../l10n';

/** The values of a slice of the chunk as a table, which opens by a button; its active cell is the picture's cursor. */
export function tableView(page: Page, tabled: Tabled, name: string): Content {
  const { table } = page.state.picture;
  if (tabled.elements.array.shape.length === 0) return nothing;
  return html`<section class="table-section" aria-label=${t('Table of values')}>
    <h4>
      <button
        type="button"
        class="disclose"
        aria-expanded=${table.shown ? 'true' : 'false'}
        @click=${() => {
          changeTable(page, { shown: !table.shown });
        }}
      >
        ${icon(table.shown ? 'down' : 'next')}<span>${t('Table of Values')}</span>
      </button>
    </h4>
    ${table.shown ? openTable(page, tabled, name) : nothing}
  </section>`;
}

function changeTable(page: Page, change: Partial<TableState>): void {
  page.dispatch({ type: 'picture', change: { table: { ...page.state.picture.table, ...change } } });
}

function openTable(page: Page, tabled: Tabled, name: string): TemplateResult {
  const { picture } = page.state;
  const { elements, values } = tabled;
  const axes = tableAxes(elements, picture.table.axes);
  const at = placeOf(elements, picture);
  const scaled = picture.table.scaled && isMeant(values);
  const source = tableSource(tabled, axes, at, scaled);
  const active: Cell = {
    row: axes.rows === null ? 0 : (at[axes.rows] ?? 0),
    column: axes.columns === null ? 0 : (at[axes.columns] ?? 0),
  };
  const shown: ShownTable = {
    source,
    active,
    onActive: (cell) => {
      page.dispatch({ type: 'picture', change: stateAt(elements, placeOfCell(at, axes, cell), axes) });
    },
    onSelect: (from, to) => {
      const [rows, columns] = [Math.abs(from.row - to.row) + 1, Math.abs(from.column - to.column) + 1];
      page.announce(t('{0} by {1} values selected', countInWords(rows), countInWords(columns)));
    },
    onCopy: (text, cells) => {
      const count = countInWords(cells);
      page.post({ type: 'copy', text, what: cells === 1 ? t('The value') : t('{0} values', count) });
      page.announce(cells === 1 ? t('The value was copied.') : t('{0} values were copied.', count));
    },
    onTooMany: (cells) => {
      page.announce(
        t(
          '{0} values are selected, and at most {1} are copied: select fewer.',
          countInWords(cells),
          countInWords(mostCopied),
        ),
      );
    },
  };
  return html`<div class="picture-tools">
      ${axisFields(page, tabled, axes)} ${meaningField(page, tabled)}
      ${button(t('Copy Selected'), 'copy', () => {
        document.querySelector<ValueTable>('value-table')?.copySelection();
      })}
    </div>
    <value-table
      tabindex="0"
      role="grid"
      aria-label=${t('Values of {0}: arrows move, with Shift they select, Ctrl+C copies', name)}
      .shown=${shown}
    ></value-table>
    <p class="hint">${sliceInWords(tabled, axes, at)}</p>`;
}

/** Which axes of the chunk go down and across, where there are more than two to choose from. */
function axisFields(page: Page, { elements, details }: Tabled, axes: TableAxes): Content {
  const long = elements.array.shape.flatMap((length, axis) => (length > 1 ? [axis] : []));
  if (long.length < 2) return nothing;
  const choices = elements.array.shape.map((_, axis) => [String(axis), nameOf(details, axis)] as const);
  const field = (words: string, which: keyof TableAxes): Content =>
    selectField<string>(words, choices, String(axes[which]), (chosen) => {
      const axis = Number(chosen);
      const other = which === 'rows' ? 'columns' : 'rows';
      // Chosen for both, the axes change places.
      const swapped = axes[other] === axis ? axes[which] : axes[other];
      changeTable(page, {
        axes: which === 'rows' ? { rows: axis, columns: swapped } : { rows: swapped, columns: axis },
      });
    });
  return [field(t('Down'), 'rows'), field(t('Across'), 'columns')];
}

function nameOf({ dimensions }: Pick<Tabled['details'], 'dimensions'>, axis: number): string {
  return dimensions?.[axis] ?? t('axis {0}', axis);
}

function meaningField(page: Page, { values }: Tabled): Content {
  if (!isMeant(values)) return nothing;
  const isDate = meantText(0, values)?.name === 'Date';
  const scaled = values.unit === null ? t('Scaled') : t('Scaled in {0}', values.unit);
  return checkField(isDate ? t('As dates') : scaled, page.state.picture.table.scaled, (scaled) => {
    changeTable(page, { scaled });
  });
}

/** Where the table's slice stands along the other axes, and what it leaves out. */
function sliceInWords({ elements, details, chunk, values }: Tabled, axes: TableAxes, at: readonly number[]): string {
  const fixed = elements.array.shape.flatMap((length, axis) => {
    if (axis === axes.rows || axis === axes.columns || length === 1) return [];
    const index = (at[axis] ?? 0) * (elements.steps[axis] ?? 1) + (chunk[axis] ?? 0) * (details.chunkShape[axis] ?? 0);
    return [`${nameOf(details, axis)} ${index}`];
  });
  return [
    t('The heads of rows and columns are indices of the array.'),
    ...(fixed.length === 0 ? [] : [t('At {0}: the picture’s cursor and fields choose it.', fixed.join(', '))]),
    ...(values.step > 1
      ? [t('Only every {0} row and column of the chunk was sent, and stands here.', ordinal(values.step))]
      : []),
    ...missingTexts(values, elements),
  ].join(' ');
}

function missingTexts({ dataType, texts, statistics }: Tabled['values'], elements: Elements): string[] {
  if (elements.numbers !== null || dataType.kind !== 'O' || texts === null || texts.length >= statistics.count)
    return [];
  return [t('The first {0} values of the chunk are here.', countInWords(texts.length))];
}
