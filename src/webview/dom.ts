import { breakableParts } from './breaks';

/** What an element is made of beside its children; `data` become `data-` attributes. */
export interface Properties {
  class?: string;
  id?: string;
  /** Any attribute: `aria-label`, `scope`, `role`. */
  attributes?: Record<string, string>;
  onClick?: () => void;
}

/** An element with its children; text goes in as text, never as markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (properties.class !== undefined) made.className = properties.class;
  if (properties.id !== undefined) made.id = properties.id;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) made.setAttribute(name, value);
  if (properties.onClick !== undefined) made.addEventListener('click', properties.onClick);
  made.append(...children);
  return made;
}

/** Text whose long words break after their dots, slashes and underscores rather than anywhere. */
export function breakable(text: string): Node {
  const fragment = document.createDocumentFragment();
  breakableParts(text).forEach((part, index) => {
    fragment.append(...(index === 0 ? [part] : [document.createElement('wbr'), part]));
  });
  return fragment;
}

/** A table with a caption for screen readers; the first cell of each row is its heading. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Node | string)[])[],
): Node {
  const head = columns.map(({ title, align }) =>
    element('th', { attributes: { scope: 'col' }, ...(align === undefined ? {} : { class: align }) }, title),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell, index) => {
        const align = columns[index]?.align;
        const kind = align === undefined ? {} : { class: align };
        return index === 0 ? element('th', { attributes: { scope: 'row' }, ...kind }, cell) : element('td', kind, cell);
      }),
    ),
  );
  const content = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
  // Wide tables scroll by themselves, and by keyboard.
  return element(
    'div',
    { class: 'scroll', attributes: { tabindex: '0', role: 'group', 'aria-label': caption } },
    content,
  );
}

/** A column of a table; `number` is set flush right in figures of one width. */
export interface Column {
  title: string;
  align?: 'number';
}
