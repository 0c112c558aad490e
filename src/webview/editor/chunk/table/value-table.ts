import type { Cell } from '../../viewport';
import { firstLine, lengthOf, scrollTo, type Track } from './scrolling';
import { cellsAsText, type TableSource } from './table-source';
import { t } from '../../../l10n';

/** What a table shows, and what it tells. */
export interface ShownTable {
  source: TableSource;
  active: Cell;
  onActive: (cell: Cell) => void;
  /** Of a selection, both corners inclusive. */
  onSelect: (from: Cell, to: Cell) => void;
  onCopy: (text: string, cells: number) => void;
  onTooMany: (cells: number) => void;
}

const rowHeight = 22;
const padding = 14;
/** Characters of a column. */
const narrowest = 5;
const widest = 26;
const sampled = 12;
/** Cells that are copied at most. */
export const mostCopied = 100_000;

/**
 * A table of which only what is seen is in the page: cells are filled anew as it scrolls. Arrows, Page Up and Down, Home and End move the active
 * cell, with Shift the selection; Ctrl+C copies it.
 */
export class ValueTable extends HTMLElement {
  readonly #size = document.createElement('div');
  readonly #view = document.createElement('div');
  readonly #rows: HTMLElement[] = [];
  readonly #sizes = new ResizeObserver(() => {
    this.#redraw();
  });
  #shown: ShownTable | undefined;
  #anchor: Cell | undefined;
  #asked = 0;
  #measured: TableSource | undefined;
  #columnWidth = 80;
  #headWidth = 60;
  #dragging = false;

  get shown(): ShownTable | undefined {
    return this.#shown;
  }

  set shown(shown: ShownTable | undefined) {
    const before = this.#shown;
    this.#shown = shown;
    if (
      shown !== undefined &&
      (before?.source.rows !== shown.source.rows || before.source.columns !== shown.source.columns)
    ) {
      this.#anchor = undefined;
    }
    const moved = before?.active.row !== shown?.active.row || before?.active.column !== shown?.active.column;
    this.#redraw(moved);
  }

  connectedCallback(): void {
    this.#size.className = 'table-size';
    this.#view.className = 'table-view';
    this.#size.role = this.#view.role = 'presentation';
    this.append(this.#view, this.#size);
    this.#sizes.observe(this);
    this.addEventListener('scroll', () => {
      this.#redraw();
    });
    this.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.addEventListener('pointerdown', (event) => {
      this.#onPointer(event);
    });
    this.addEventListener('pointermove', (event) => {
      if (this.#dragging) this.#onDrag(event);
    });
    this.addEventListener('pointerup', () => {
      this.#dragging = false;
    });
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }

  /** Copies the selection, or the active cell. */
  copySelection(): void {
    if (this.#shown === undefined) return;
    const { source, active, onCopy, onTooMany } = this.#shown;
    const anchor = this.#anchor ?? active;
    const cells = (Math.abs(anchor.row - active.row) + 1) * (Math.abs(anchor.column - active.column) + 1);
    if (cells > mostCopied) onTooMany(cells);
    else onCopy(cellsAsText(source, anchor, active), cells);
  }

  #redraw(reveal = false): void {
    if (reveal && this.isConnected && this.#shown !== undefined) this.#reveal(this.#shown.active);
    if (this.#asked !== 0 || !this.isConnected) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      this.#draw();
    });
  }

  #tracks({ source }: ShownTable): { down: Track; across: Track } {
    return {
      down: { count: source.rows, size: rowHeight, room: Math.max(rowHeight, this.clientHeight - rowHeight) },
      across: {
        count: source.columns,
        size: this.#columnWidth,
        room: Math.max(this.#columnWidth, this.clientWidth - this.#headWidth),
      },
    };
  }

  #reveal({ row, column }: Cell): void {
    if (this.#shown === undefined || this.clientWidth === 0) return;
    const { down, across } = this.#tracks(this.#shown);
    this.scrollTop = scrollTo(down, this.scrollTop, row) ?? this.scrollTop;
    this.scrollLeft = scrollTo(across, this.scrollLeft, column) ?? this.scrollLeft;
  }

  #draw(): void {
    const shown = this.#shown;
    if (shown === undefined || this.clientWidth === 0) return;
    const { source } = shown;
    this.#measure(source);
    const { down, across } = this.#tracks(shown);
    this.#size.style.height = `${lengthOf(down) + rowHeight}px`;
    this.#size.style.width = `${lengthOf(across) + this.#headWidth}px`;
    this.#view.style.width = `${this.clientWidth}px`;
    this.#view.style.height = `${this.clientHeight}px`;
    const [top, left] = [firstLine(down, this.scrollTop), firstLine(across, this.scrollLeft)];
    const [firstRow, firstColumn] = [Math.floor(top), Math.floor(left)];
    const rows = Math.min(source.rows - firstRow, Math.ceil(down.room / rowHeight) + 1);
    const columns = Math.min(source.columns - firstColumn, Math.ceil(across.room / this.#columnWidth) + 1);
    const offset = {
      x: this.#headWidth - (left - firstColumn) * this.#columnWidth,
      y: rowHeight - (top - firstRow) * rowHeight,
    };
    this.#fillHeads(source, firstColumn, columns, offset.x);
    for (let i = 0; i < rows; i += 1) this.#fillRow(shown, i + 1, firstRow + i, firstColumn, columns, offset);
    for (const row of this.#rows.splice(rows + 1)) row.remove();
    this.setAttribute('aria-rowcount', String(source.rows + 1));
    this.setAttribute('aria-colcount', String(source.columns + 1));
    this.setAttribute('aria-activedescendant', idOf(shown.active));
  }

  #fillHeads(source: TableSource, firstColumn: number, columns: number, x: number): void {
    const row = this.#row(0, 1, 0, columns);
    const corner = row.children[0];
    if (corner instanceof HTMLElement)
      this.#fillHead(corner, { index: t('Index'), coordinate: null }, 0, this.#headWidth, 1);
    if (corner instanceof HTMLElement) {
      corner.role = 'columnheader';
    }
    row.classList.add('table-heads');
    for (let i = 0; i < columns; i += 1) {
      const cell = row.children[i + 1];
      if (!(cell instanceof HTMLElement)) continue;
      this.#fillHead(
        cell,
        source.columnHead(firstColumn + i),
        x + i * this.#columnWidth,
        this.#columnWidth,
        firstColumn + i + 2,
      );
      cell.role = 'columnheader';
    }
  }

  #fillHead(
    cell: HTMLElement,
    head: { index: string; coordinate: string | null },
    x: number,
    width: number,
    column: number,
  ): void {
    place(cell, x, width);
    write(cell, head.index);
    cell.title = head.coordinate ?? '';
    cell.setAttribute('aria-colindex', String(column));
  }

  #fillRow(
    { source, active }: ShownTable,
    slot: number,
    row: number,
    firstColumn: number,
    columns: number,
    offset: { x: number; y: number },
  ): void {
    const element = this.#row(slot, row + 2, offset.y + (slot - 1) * rowHeight, columns);
    const head = element.children[0];
    if (head instanceof HTMLElement) {
      this.#fillHead(head, source.rowHead(row), 0, this.#headWidth, 1);
      head.role = 'rowheader';
    }
    for (let i = 0; i < columns; i += 1) {
      const cell = element.children[i + 1];
      if (!(cell instanceof HTMLElement)) continue;
      const at = { row, column: firstColumn + i };
      place(cell, offset.x + i * this.#columnWidth, this.#columnWidth);
      const text = source.text(at);
      write(cell, text);
      cell.title = text.length > widest ? text : '';
      cell.id = idOf(at);
      cell.role = 'gridcell';
      cell.setAttribute('aria-colindex', String(at.column + 2));
      const isActive = row === active.row && at.column === active.column;
      const isSelected = this.#isSelected(at);
      cell.className = `table-cell${source.isNodata(at) ? ' table-nodata' : ''}${isSelected ? ' table-selected' : ''}${isActive ? ' table-active' : ''}`;
      cell.ariaSelected = isSelected || isActive ? 'true' : 'false';
    }
  }

  /** A row element at a slot, with a head and so many cells. */
  #row(slot: number, index: number, y: number, columns: number): HTMLElement {
    const row = this.#rows[slot] ?? document.createElement('div');
    if (this.#rows[slot] === undefined) {
      row.className = 'table-row';
      row.role = 'row';
      this.#rows[slot] = row;
      this.#view.append(row);
    }
    row.setAttribute('aria-rowindex', String(index));
    row.style.transform = `translateY(${y}px)`;
    while (row.children.length < columns + 1) {
      const cell = document.createElement('div');
      cell.className = row.children.length === 0 || slot === 0 ? 'table-head' : 'table-cell';
      row.append(cell);
    }
    while (row.children.length > columns + 1) row.lastElementChild?.remove();
    return row;
  }

  /** Columns as wide as the texts of some rows and columns from the first to the last. */
  #measure(source: TableSource): void {
    if (source === this.#measured) return;
    this.#measured = source;
    const style = getComputedStyle(this);
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return;
    context.font = `${style.fontSize} ${style.fontFamily}`;
    const character = context.measureText('0').width || 8;
    const spread = (count: number): number[] =>
      Array.from({ length: Math.min(sampled, count) }, (_, i) =>
        Math.floor((i * (count - 1)) / Math.max(1, Math.min(sampled, count) - 1)),
      );
    const [rows, columns] = [spread(source.rows), spread(source.columns)];
    const lengths = [
      ...rows.flatMap((row) => columns.map((column) => source.text({ row, column }).length)),
      ...columns.map((column) => source.columnHead(column).index.length),
    ];
    this.#columnWidth = widthOf(Math.max(...lengths), character);
    this.#headWidth = widthOf(Math.max(...rows.map((row) => source.rowHead(row).index.length)), character);
  }

  #isSelected({ row, column }: Cell): boolean {
    const active = this.#shown?.active;
    const anchor = this.#anchor;
    if (active === undefined || anchor === undefined) return false;
    return between(row, anchor.row, active.row) && between(column, anchor.column, active.column);
  }

  #move(to: Cell, extend: boolean): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const { source, active } = shown;
    const cell = {
      row: Math.min(source.rows - 1, Math.max(0, to.row)),
      column: Math.min(source.columns - 1, Math.max(0, to.column)),
    };
    this.#anchor = extend ? (this.#anchor ?? active) : undefined;
    if (extend) shown.onSelect(this.#anchor ?? active, cell);
    shown.onActive(cell);
  }

  #onKey(event: KeyboardEvent): void {
    const shown = this.#shown;
    if (shown === undefined || event.altKey) return;
    const { source, active } = shown;
    const command = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(this.clientHeight / rowHeight) - 2);
    if (command && event.key.toLowerCase() === 'c') {
      this.copySelection();
    } else if (command && event.key.toLowerCase() === 'a') {
      this.#anchor = { row: 0, column: 0 };
      const last = { row: source.rows - 1, column: source.columns - 1 };
      shown.onSelect(this.#anchor, last);
      shown.onActive(last);
    } else {
      const to = targetOf(event.key, active, command, page, source);
      if (to === undefined) return;
      this.#move(to, event.shiftKey);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #onPointer(event: PointerEvent): void {
    const cell = this.#cellAt(event);
    if (event.button !== 0 || cell === undefined) return;
    this.focus();
    this.#move(cell, event.shiftKey);
    this.#anchor ??= cell;
    this.#dragging = true;
  }

  #onDrag(event: PointerEvent): void {
    const cell = this.#cellAt(event);
    const active = this.#shown?.active;
    if (cell === undefined || (cell.row === active?.row && cell.column === active.column)) return;
    this.#move(cell, true);
  }

  /** The cell under a pointer; undefined over the heads and the scroll bars. */
  #cellAt(event: PointerEvent): Cell | undefined {
    const found = event.target instanceof HTMLElement ? event.target.closest('.table-cell') : null;
    const [, row, column] = /^value-(\d+)-(\d+)$/u.exec(found?.id ?? '') ?? [];
    return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
  }
}

function targetOf(
  key: string,
  { row, column }: Cell,
  command: boolean,
  page: number,
  source: TableSource,
): Cell | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: command ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: command ? source.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: command ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: command ? source.columns - 1 : column + 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: command ? 0 : row, column: 0 };
    case 'End':
      return { row: command ? source.rows - 1 : row, column: source.columns - 1 };
    default:
      return undefined;
  }
}

function between(value: number, one: number, other: number): boolean {
  return value >= Math.min(one, other) && value <= Math.max(one, other);
}

function widthOf(characters: number, character: number): number {
  return Math.ceil(Math.min(widest, Math.max(narrowest, characters)) * character) + padding;
}

function idOf({ row, column }: Cell): string {
  return `value-${row}-${column}`;
}

function place(cell: HTMLElement, x: number, width: number): void {
  cell.style.left = `${x}px`;
  cell.style.width = `${width}px`;
}

function write(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}
