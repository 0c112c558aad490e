import { cutLabel } from '../generate/cut-label';
import { countInWords } from '../words';
import { breakable, element, table } from './dom';
import { generatedView } from './generated-view';
import { icon } from './icons';
import type { IconName } from './outlines';
import type { RefusedItem, Report, ReportItem } from './messages';
import { type Actions, button, type Heading, section } from './parts';
import { t } from './l10n';
import { warningsInWords } from './counts';

/** The whole page: one file by itself; of several a table, and each below it. */
export function reportView({ items }: Report, actions: Actions): Node[] {
  const [item, ...others] = items;
  if (item === undefined) return [element('p', {}, t('Nothing was generated.'))];
  return others.length === 0 ? singleView(item, actions) : severalView(items, actions);
}

function singleView(item: ReportItem, actions: Actions): Node[] {
  const { title, subtitle, sign } = headline(item);
  return [
    element(
      'header',
      { class: `headline headline-${item.kind}` },
      element('h1', {}, icon(sign), element('span', {}, breakable(title))),
      element('p', { class: 'subtitle' }, subtitle),
    ),
    ...itemView(item, 0, 'h2', actions),
  ];
}

function headline(item: ReportItem): { title: string; subtitle: string; sign: IconName } {
  switch (item.kind) {
    case 'generated':
      return {
        title: item.output,
        subtitle: t('References to {0}, preset {1}', item.source, item.preset),
        sign: signOf(item),
      };
    case 'refused':
      return { title: t('Not generated'), subtitle: item.source, sign: signOf(item) };
    case 'skipped':
      return { title: t('Left out'), subtitle: item.source, sign: signOf(item) };
  }
}

function signOf(item: ReportItem): IconName {
  if (item.kind === 'generated') return item.warnings.length > 0 || item.notRead !== undefined ? 'warning' : 'yes';
  return item.kind === 'refused' ? 'no' : 'left';
}

function itemView(item: ReportItem, index: number, heading: Heading, actions: Actions): Node[] {
  switch (item.kind) {
    case 'generated':
      return generatedView(item, index, heading, actions);
    case 'refused':
      return refusedView(item, index, heading, actions);
    case 'skipped':
      return [element('p', {}, item.message)];
  }
}

function refusedView(item: RefusedItem, index: number, heading: Heading, actions: Actions): Node[] {
  return [
    section(heading, t('Why, and what to do'), element('p', { class: 'reason' }, breakable(item.message))),
    element('p', { class: 'subtitle' }, t('Nothing was written. Error code: {0}.', item.code)),
    element(
      'p',
      { class: 'actions' },
      ...(item.rowsToCut === undefined
        ? []
        : [
            button(cutLabel(item.rowsToCut), 'file', () => {
              actions.post({ type: 'cutLastStrip', item: index });
            }),
          ]),
      ...(item.sourceUri === undefined || item.shown !== true
        ? []
        : [
            button(t('Show Its Pixels'), 'array', () => {
              actions.post({ type: 'showPixels', item: index });
            }),
          ]),
      ...(item.sourceUri === undefined
        ? []
        : [
            button(t('Reveal TIFF'), 'folder', () => {
              actions.post({ type: 'revealSource', item: index });
            }),
          ]),
      button(t('Show Log'), 'file', () => {
        actions.post({ type: 'showLog' });
      }),
    ),
    section(heading, t('Where it is'), element('p', {}, element('code', {}, breakable(item.sourceLocation)))),
  ];
}

function severalView(items: readonly ReportItem[], actions: Actions): Node[] {
  const generated = items.filter(({ kind }) => kind === 'generated').length;
  const columns = [
    { title: 'TIFF' },
    { title: t('Outcome') },
    { title: t('Chunks'), align: 'number' },
    { title: t('Requests'), align: 'number' },
  ] as const;
  const rows = items.map((item, index) => [
    element(
      'a',
      {
        attributes: { href: `#item-${index}` },
        onClick: () => {
          open(index);
        },
      },
      breakable(item.source),
    ),
    outcomeView(item),
    ...(item.kind === 'generated' ? [countInWords(chunksOf(item)), countInWords(item.requests)] : ['', '']),
  ]);
  return [
    element(
      'header',
      { class: 'headline' },
      element('h1', {}, t('{0} of {1} reference files generated', countInWords(generated), countInWords(items.length))),
    ),
    table(t('Outcome for each TIFF'), columns, rows),
    ...items.map((item, index) => detailsView(item, index, actions)),
  ];
}

function outcomeView(item: ReportItem): Node {
  const sign = signOf(item);
  return element('span', { class: `verdict verdict-${sign}` }, icon(sign), outcomeInWords(item));
}

function outcomeInWords(item: ReportItem): string {
  if (item.kind === 'refused') return t('Not generated');
  if (item.kind === 'skipped') return t('Left out');
  return item.warnings.length === 0 ? t('Generated') : t('Generated, {0}', warningsInWords(item.warnings.length));
}

function chunksOf({ levels }: Extract<ReportItem, { kind: 'generated' }>): number {
  return levels.reduce((sum, level) => sum + level.chunks, 0);
}

/** Refusals are open from the start: they are what there is to do. */
function detailsView(item: ReportItem, index: number, actions: Actions): Node {
  const { title, subtitle, sign } = headline(item);
  const name = item.kind === 'generated' ? title : `${subtitle}: ${title.toLowerCase()}`;
  const summary = element('summary', {}, element('h2', {}, icon(sign), name));
  const details = element('details', { id: `item-${index}`, class: `item item-${item.kind}` }, summary);
  details.append(element('div', { class: 'inside' }, ...itemView(item, index, 'h3', actions)));
  details.open = item.kind === 'refused';
  return details;
}

function open(index: number): void {
  const details = document.getElementById(`item-${index}`);
  if (!(details instanceof HTMLDetailsElement)) return;
  details.open = true;
  details.scrollIntoView({ block: 'start' });
  details.querySelector('summary')?.focus();
}
