import type {
  ArrayDifferences,
  ChunkDifference,
  ChunkDifferences,
  ChunkPlace,
  SetDifferences,
  ValueDifference,
} from '../preview/set-difference-types';
import { countInWords } from '../words';
import { arraysInWords, chunksInWords } from './counts';
import type { ComparedSet, FromDifferencesPage, Side } from './differences-messages';
import { breakable, element, table } from './dom';
import { icon } from './icons';
import { t } from './l10n';
import type { IconName } from './outlines';
import { button, section } from './parts';

/** What the page shows: what was found, or why nothing was; while the sets are compared anew, what was found before. */
export interface DifferencesShown {
  sets: Record<Side, ComparedSet>;
  differences?: SetDifferences;
  message?: string;
  restricted?: boolean;
  comparing?: string;
}

/** What the page does on a click, and which arrays are unfolded. */
export interface DifferencesActions {
  post: (message: FromDifferencesPage) => void;
  /** Undefined where the user has not folded or unfolded any. */
  isOpen: (path: string) => boolean | undefined;
  /** `all` are those that are unfolded before. */
  fold: (path: string, isOpen: boolean, all: readonly string[]) => void;
}

/** Arrays that are unfolded from the start, and names that a list has at most. */
const MOST_UNFOLDED = 3;
const MOST_LISTED = 500;

const SIDES = ['before', 'after'] as const;

/** The whole page. */
export function differencesView(shown: DifferencesShown, actions: DifferencesActions): Node[] {
  return [headerView(shown, actions), ...contentView(shown, actions)];
}

function headerView({ sets, comparing, differences }: DifferencesShown, actions: DifferencesActions): Node {
  const title = differences === undefined ? t('References compared by meaning') : summaryOf(differences);
  return element(
    'header',
    { class: 'headline' },
    element('h1', {}, element('span', { attributes: { 'data-summary': '' } }, title)),
    element(
      'dl',
      { class: 'sides' },
      ...SIDES.map((side) =>
        element(
          'div',
          { class: `side-${side}` },
          element('dt', {}, sideInWords(side)),
          element(
            'dd',
            {},
            link(sets[side].name, `open-${side}`, () => {
              actions.post({ type: 'open', side, path: null, indices: null });
            }),
            element('span', { class: 'subtitle' }, breakable(sets[side].location)),
          ),
        ),
      ),
    ),
    element(
      'div',
      { class: 'actions' },
      withId(
        'swap',
        button(t('Swap Sides'), 'sides', () => {
          actions.post({ type: 'swap' });
        }),
      ),
      withId(
        'again',
        button(t('Compare Again'), 'again', () => {
          actions.post({ type: 'again' });
        }),
      ),
      element('span', { class: 'comparing' }, comparingInWords(comparing)),
    ),
  );
}

/** Says how far comparing is in the place that is kept for it, so that nothing moves. */
export function showComparing(page: HTMLElement, comparing: string): void {
  const place = page.querySelector('.comparing');
  if (place !== null) place.textContent = comparingInWords(comparing);
}

function comparingInWords(comparing: string | undefined): string {
  return comparing === undefined ? '' : t('Comparing… {0}', comparing);
}

function contentView(shown: DifferencesShown, actions: DifferencesActions): Node[] {
  const { differences, message, restricted } = shown;
  if (message !== undefined) {
    return [
      section('h2', t('Not compared'), element('p', { class: 'reason' }, breakable(message))),
      ...(restricted === true
        ? [
            element(
              'p',
              { class: 'actions' },
              button(t('Manage Workspace Trust'), 'shield', () => {
                actions.post({ type: 'manageTrust' });
              }),
            ),
          ]
        : []),
    ];
  }
  if (differences === undefined) return [];
  if (isEqual(differences)) {
    return [
      element(
        'p',
        { class: 'equal' },
        icon('yes'),
        element(
          'span',
          {},
          t(
            'Both sets mean the same: {0}, with all metadata and every chunk. The form, the order and the version of zarr do not count.',
            arraysInWords(differences.same),
          ),
        ),
      ),
    ];
  }
  const { groups, lost, added, changed, same } = differences;
  return [
    countsView(differences),
    ...listOf(t('Arrays lost ({0})', countInWords(lost.length)), 'before', lost.map(arrayEntry), actions),
    ...listOf(t('Arrays added ({0})', countInWords(added.length)), 'after', added.map(arrayEntry), actions),
    ...listOf(t('Groups lost ({0})', countInWords(groups.lost.length)), 'before', groups.lost.map(groupEntry), actions),
    ...listOf(
      t('Groups added ({0})', countInWords(groups.added.length)),
      'after',
      groups.added.map(groupEntry),
      actions,
    ),
    ...changedGroups(groups.changed),
    ...changedArrays(changed, actions),
    ...(same === 0
      ? []
      : [
          element(
            'p',
            { class: 'same' },
            same === 1 ? t('1 array is the same.') : t('{0} arrays are the same.', countInWords(same)),
          ),
        ]),
  ];
}

function summaryOf(differences: SetDifferences): string {
  if (isEqual(differences)) return t('No difference');
  const { lost, added, changed, groups } = differences;
  const arrays = [
    ...(changed.length > 0 ? [t('{0} changed', countInWords(changed.length))] : []),
    ...(added.length > 0 ? [t('{0} added', countInWords(added.length))] : []),
    ...(lost.length > 0 ? [t('{0} lost', countInWords(lost.length))] : []),
  ];
  if (arrays.length > 0) {
    const count = changed.length + added.length + lost.length;
    return count === 1 ? t('Array: {0}', arrays.join(', ')) : t('Arrays: {0}', arrays.join(', '));
  }
  return t('Groups differ: {0}', countInWords(groups.changed.length + groups.added.length + groups.lost.length));
}

function isEqual({ groups, lost, added, changed }: SetDifferences): boolean {
  return [groups.lost, groups.added, groups.changed, lost, added, changed].every((list) => list.length === 0);
}

/** How many chunks of all changed arrays are of each kind. */
function countsView({ changed }: SetDifferences): Node {
  const sum = (kind: 'moved' | 'added' | 'lost'): number => changed.reduce((all, array) => all + array[kind].count, 0);
  const same = changed.reduce((all, array) => all + array.same, 0);
  if (changed.length === 0) return document.createDocumentFragment();
  const facts: [string, number][] = [
    [t('Chunks moved'), sum('moved')],
    [t('Chunks added'), sum('added')],
    [t('Chunks lost'), sum('lost')],
    [t('In the same place'), same],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...facts.map(([name, count]) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, countInWords(count))),
    ),
  );
}

interface ListEntry {
  path: string;
  what: string;
  isArray: boolean;
}

function arrayEntry({ path, chunks }: { path: string; chunks: number }): ListEntry {
  return { path, what: chunksInWords(chunks), isArray: true };
}

function groupEntry(path: string): ListEntry {
  return { path, what: '', isArray: false };
}

function listOf(title: string, side: Side, entries: readonly ListEntry[], actions: DifferencesActions): Node[] {
  if (entries.length === 0) return [];
  const kind = side === 'before' ? 'lost' : 'added';
  const items = entries.slice(0, MOST_LISTED).map(({ path, what, isArray }) =>
    element(
      'li',
      { class: kind },
      sign(kind),
      isArray
        ? link(path || '/', `${kind}-${path}`, () => {
            actions.post({ type: 'open', side, path, indices: null });
          })
        : element('code', {}, breakable(path || '/')),
      element('span', { class: 'subtitle' }, what),
    ),
  );
  const more = entries.length - items.length;
  return [
    section(
      'h2',
      title,
      element('ul', { class: 'entries' }, ...items),
      ...(more > 0 ? [element('p', { class: 'subtitle' }, t('And {0} more.', countInWords(more)))] : []),
    ),
  ];
}

function changedGroups(groups: SetDifferences['groups']['changed']): Node[] {
  if (groups.length === 0) return [];
  return [
    section(
      'h2',
      t('Groups changed ({0})', countInWords(groups.length)),
      ...groups
        .slice(0, MOST_LISTED)
        .flatMap(({ path, attributes }) => [
          element('h3', { class: 'changed' }, sign('changed'), element('code', {}, breakable(path || '/'))),
          valuesTable(t('Attributes of {0}', path || '/'), attributes),
        ]),
    ),
  ];
}

function changedArrays(changed: readonly ArrayDifferences[], actions: DifferencesActions): Node[] {
  if (changed.length === 0) return [];
  const unfolded = changed.slice(0, MOST_UNFOLDED).map(({ path }) => path);
  const items = changed.slice(0, MOST_LISTED).map((array) => arrayView(array, unfolded, actions));
  const more = changed.length - items.length;
  return [
    section(
      'h2',
      t('Arrays changed ({0})', countInWords(changed.length)),
      ...items,
      ...(more > 0
        ? [element('p', { class: 'subtitle' }, t('And {0} more: kerchunk diff lists them all.', countInWords(more)))]
        : []),
    ),
  ];
}

/** One array, folded or not; what is in it is made when it is first unfolded, as there may be hundreds. */
function arrayView(array: ArrayDifferences, unfolded: readonly string[], actions: DifferencesActions): Node {
  const { path } = array;
  const inside = element('div', { class: 'inside' });
  const fill = (): void => {
    if (!inside.hasChildNodes()) inside.append(...arrayContent(array, actions));
  };
  const details = element(
    'details',
    { class: 'item' },
    element(
      'summary',
      { id: `array-${path}` },
      element('h3', { class: 'changed' }, sign('changed'), element('code', {}, breakable(path || '/'))),
      element('span', { class: 'subtitle' }, arrayInWords(array)),
    ),
    inside,
  );
  details.open = actions.isOpen(path) ?? unfolded.includes(path);
  if (details.open) fill();
  let wasOpen = details.open;
  details.addEventListener('toggle', () => {
    // It tells of the beginning too.
    if (details.open === wasOpen) return;
    wasOpen = details.open;
    fill();
    actions.fold(path, details.open, unfolded);
  });
  return details;
}

/** `2 of its metadata, 1 attribute, 12 chunks moved`. */
function arrayInWords({ metadata, attributes, moved, added, lost, values }: ArrayDifferences): string {
  const parts = [
    ...metadata.map(({ property }) => property),
    ...(attributes.length > 0
      ? [attributes.length === 1 ? t('1 attribute') : t('{0} attributes', countInWords(attributes.length))]
      : []),
    ...(moved.count > 0
      ? [moved.count === 1 ? t('1 chunk moved') : t('{0} chunks moved', countInWords(moved.count))]
      : []),
    ...(added.count > 0 && values === null ? [t('{0} added', countInWords(added.count))] : []),
    ...(lost.count > 0 && values === null ? [t('{0} lost', countInWords(lost.count))] : []),
  ];
  return parts.join(', ');
}

function arrayContent(array: ArrayDifferences, actions: DifferencesActions): Node[] {
  const { path, metadata, attributes, moved, added, lost, same, values } = array;
  const chunks = moved.count + added.count + lost.count;
  return [
    ...(metadata.length + attributes.length === 0
      ? []
      : [valuesTable(t('Metadata of {0}', path || '/'), [...metadata, ...attributes])]),
    ...(values === null ? [] : valuesView(path, values)),
    ...(chunks === 0 || values !== null
      ? []
      : [
          chunkTable(array, actions),
          element(
            'p',
            { class: 'subtitle' },
            [
              moreInWords(moved, (count) => t('{0} more moved.', count)),
              moreInWords(added, (count) => t('{0} more added.', count)),
              moreInWords(lost, (count) => t('{0} more lost.', count)),
            ]
              .filter((text) => text !== '')
              .concat(
                same === 1
                  ? t('1 chunk is in the same place.')
                  : t('{0} chunks are in the same place.', countInWords(same)),
              )
              .join(' '),
          ),
        ]),
    element(
      'p',
      { class: 'links' },
      ...SIDES.map((side) =>
        link(
          side === 'before' ? t('Open Before in the Viewer') : t('Open After in the Viewer'),
          `viewer-${side}-${path}`,
          () => {
            actions.post({ type: 'open', side, path, indices: null });
          },
        ),
      ),
    ),
  ];
}

function moreInWords({ count, first }: ChunkDifferences, inWords: (count: string) => string): string {
  return count > first.length ? inWords(countInWords(count - first.length)) : '';
}

/** Values of an array that stand in the references say more than that its chunks did not stay. */
function valuesView(path: string, { count, first }: NonNullable<ArrayDifferences['values']>): Node[] {
  const more = count - first.length;
  return [
    valuesTable(t('Values of {0}', path || '/'), first),
    ...(more > 0 ? [element('p', { class: 'subtitle' }, t('And {0} more.', countInWords(more)))] : []),
  ];
}

function valuesTable(caption: string, differences: readonly ValueDifference[]): Node {
  const columns = [{ title: t('Property') }, ...SIDES.map((side) => ({ title: sideInWords(side) }))];
  const rows = differences.map(({ property, values: [before, after] }) => [
    breakable(property),
    element('code', { class: 'value-before' }, breakable(before)),
    element('code', { class: 'value-after' }, breakable(after)),
  ]);
  return table(caption, columns, rows);
}

function chunkTable({ path, moved, added, lost }: ArrayDifferences, actions: DifferencesActions): Node {
  const columns = [
    { title: t('Chunk') },
    { title: t('Change') },
    ...SIDES.map((side) => ({ title: sideInWords(side) })),
  ];
  const rowsOf = (how: 'moved' | 'added' | 'lost', { first }: ChunkDifferences) =>
    first.map((chunk) => [
      element('code', { class: 'key' }, breakable(chunk.key)),
      element('span', { class: `how ${how}` }, sign(how === 'moved' ? 'changed' : how), changeInWords(how)),
      placeView(chunk, 'before', path, actions),
      placeView(chunk, 'after', path, actions),
    ]);
  return table(t('Chunks of {0} that differ', path || '/'), columns, [
    ...rowsOf('moved', moved),
    ...rowsOf('added', added),
    ...rowsOf('lost', lost),
  ]);
}

function placeView(chunk: ChunkDifference, side: Side, path: string, actions: DifferencesActions): Node {
  const place = chunk[side];
  if (place === null) return element('span', { class: 'subtitle' }, t('absent'));
  const { key, indices } = chunk;
  const words = placeInWords(place);
  const made = link(words, `chunk-${side}-${key}`, () => {
    actions.post({ type: 'open', side, path, indices });
  });
  const address = place.kind === 'range' ? place.url : '';
  const whole = address === '' ? words : `${address} ${words}`;
  made.setAttribute(
    'aria-label',
    side === 'before' ? t('Chunk {0} before: {1}', key, whole) : t('Chunk {0} after: {1}', key, whole),
  );
  return address === '' ? made : element('div', {}, made, element('span', { class: 'address' }, breakable(address)));
}

/** The range is what differs mostly; the address stands below it. */
function placeInWords(place: ChunkPlace): string {
  if (place.kind === 'file') return place.url;
  if (place.kind === 'inline')
    return place.length === 1 ? t('inline, 1 byte') : t('inline, {0} bytes', countInWords(place.length));
  return t('bytes {0} to {1}', place.start, place.end);
}

function sideInWords(side: Side): string {
  return side === 'before' ? t('Before') : t('After');
}

function changeInWords(how: 'moved' | 'added' | 'lost'): string {
  if (how === 'moved') return t('moved');
  return how === 'added' ? t('added') : t('lost');
}

const SIGNS = { added: 'plus', lost: 'minus', changed: 'wave' } as const satisfies Record<string, IconName>;

/** The sign of a kind of change; words beside it, or the heading, say the same. */
function sign(kind: keyof typeof SIGNS): Node {
  return element('span', { class: `sign sign-${kind}` }, icon(SIGNS[kind]));
}

/** A button that looks like a link: it leads to another editor. */
function link(text: string, id: string, onClick: () => void): HTMLButtonElement {
  return element('button', { class: 'link', id, attributes: { type: 'button' }, onClick }, breakable(text));
}

function withId<Made extends HTMLElement>(id: string, made: Made): Made {
  made.id = id;
  return made;
}
