import { countInWords } from '../words';
import { rewrittenInWords } from '../generate/rewritten-words';
import type { ReaderVerdict } from '../generate/types';
import { breakable, element, table } from './dom';
import { icon } from './icons';
import type { IconName } from './outlines';
import type { GeneratedItem } from './messages';
import { type Actions, button, copyButton, type Heading, section } from './parts';
import { t } from './l10n';
import { sizeInWords, filesInWords } from './counts';

/** A reference file that was written: warnings first, then what it holds, what it cost, who can open it, and how. */
export function generatedView(item: GeneratedItem, index: number, heading: Heading, actions: Actions): Node[] {
  return [
    factsView(item),
    element(
      'p',
      { class: 'actions' },
      button(t('Open Reference File'), 'file', () => {
        actions.post({ type: 'openReference', item: index });
      }),
      ...(item.sourceUri === undefined
        ? []
        : [
            button(t('Reveal TIFF'), 'folder', () => {
              actions.post({ type: 'revealSource', item: index });
            }),
          ]),
    ),
    ...notReadView(item, heading),
    ...warningsView(item, heading),
    section(heading, t('What it holds'), levelsView(item), ...leftOutView(item)),
    section(heading, t('Who can open it'), readersView(item)),
    section(heading, t('Open it with xarray'), codeView(item, index, actions)),
    section(heading, t('Where everything is'), placesView(item)),
  ];
}

/** Files that failed come before all else: the set lacks them. */
function notReadView({ notRead }: GeneratedItem, heading: Heading): Node[] {
  if (notRead === undefined) return [];
  const { files, failures } = notRead;
  const list = failures.map(({ label, message }) =>
    element('li', {}, icon('no'), element('span', {}, breakable(`${label}: ${message}`))),
  );
  return [
    section(
      heading,
      t('{0} of {1} could not be read', countInWords(failures.length), filesInWords(files)),
      element('ul', { class: 'warnings failures' }, ...list),
      element(
        'p',
        { class: 'subtitle' },
        t('The set was written without them. The same command tries these once more.'),
      ),
    ),
  ];
}

function warningsView({ warnings }: GeneratedItem, heading: Heading): Node[] {
  if (warnings.length === 0) return [];
  const list = warnings.map((warning) => element('li', {}, icon('warning'), element('span', {}, breakable(warning))));
  return [
    section(
      heading,
      warnings.length === 1 ? t('Warning') : t('Warnings'),
      element('ul', { class: 'warnings' }, ...list),
    ),
  ];
}

function levelsView({ levels }: GeneratedItem): Node {
  const columns = [
    { title: t('Array') },
    { title: t('Shape'), align: 'number' },
    { title: t('Chunk'), align: 'number' },
    { title: t('Chunks'), align: 'number' },
    { title: t('Sparse'), align: 'number' },
  ] as const;
  const rows = levels.map((level) => [
    element('code', {}, breakable(level.path)),
    inShape(level.shape),
    inShape(level.chunkShape),
    countInWords(level.chunks),
    countInWords(level.sparse),
  ]);
  return table(t('Arrays of the reference file'), columns, rows);
}

function inShape(shape: readonly number[]): string {
  return shape.map((length) => String(length)).join(' × ');
}

function overviewsInWords({ overviewsLeftOut: count, preset }: GeneratedItem): string {
  const one = count === 1;
  const number = countInWords(count);
  switch (preset) {
    case 'portable':
      return one
        ? t('1 overview left out: the setting kerchunk.generate.overviews writes them.')
        : t('{0} overviews left out: the setting kerchunk.generate.overviews writes them.', number);
    case 'notebook':
      return one
        ? t(
            '1 overview left out: the preset notebook has none, and portable writes them with the setting kerchunk.generate.overviews.',
          )
        : t(
            '{0} overviews left out: the preset notebook has none, and portable writes them with the setting kerchunk.generate.overviews.',
            number,
          );
  }
}

/** What the TIFF has and the references have not; sparse chunks are no loss, and are explained. */
function leftOutView(item: GeneratedItem): Node[] {
  const sparse = item.levels.reduce((sum, level) => sum + level.sparse, 0);
  const sentences = [
    ...item.levels.flatMap((level) => rewrittenInWords(level)?.concat('.') ?? []),
    ...(sparse > 0
      ? [
          sparse === 1
            ? t('1 chunk is sparse: without bytes in the TIFF, read as the fill value.')
            : t('{0} chunks are sparse: without bytes in the TIFF, read as the fill value.', countInWords(sparse)),
        ]
      : []),
    ...(item.masksLeftOut > 0
      ? [
          item.masksLeftOut === 1
            ? t('1 mask left out: references hold the pixels alone.')
            : t('{0} masks left out: references hold the pixels alone.', countInWords(item.masksLeftOut)),
        ]
      : []),
    ...(item.overviewsLeftOut > 0 ? [overviewsInWords(item)] : []),
    ...(item.pagesLeftOut > 0 ? [pagesInWords(item)] : []),
  ];
  return sentences.length === 0
    ? []
    : [element('ul', { class: 'notes' }, ...sentences.map((text) => element('li', {}, breakable(text))))];
}

/** The pages that are left out, and how to have them. */
function pagesInWords({ pagesLeftOut, pages }: GeneratedItem): string {
  const [first] = pages;
  const leftOut =
    pagesLeftOut === 1
      ? t('1 further page of the TIFF left out.')
      : t('{0} further pages of the TIFF left out.', countInWords(pagesLeftOut));
  const remedy =
    first === undefined
      ? t('The command line writes one by the number of its IFD.')
      : t('The command line writes one by the number of its IFD, as in kerchunk generate --page {0}.', first.ifd);
  return `${leftOut} ${remedy}`;
}

/** What it cost and how large it became, on one line where there is room. */
function factsView(item: GeneratedItem): Node {
  const facts: [string, string][] = [
    [t('Requests'), countInWords(item.requests)],
    [t('Bytes read'), countInWords(item.bytes)],
    [t('Time'), t('{0} ms', countInWords(Math.round(item.milliseconds)))],
    [t('Reference file'), sizeInWords(item.outputBytes)],
  ];
  return definitions('facts', facts);
}

function placesView({ sourceLocation, target, outputLocation }: GeneratedItem): Node {
  const places: [string, Node][] = [
    ['TIFF', element('code', {}, breakable(sourceLocation))],
    [t('References point to'), element('code', {}, breakable(target))],
    [t('Reference file'), element('code', {}, breakable(outputLocation))],
  ];
  return definitions('places', places);
}

function definitions(kind: string, pairs: readonly [string, Node | string][]): Node {
  const groups = pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element('dl', { class: kind }, ...groups);
}

function readersView({ readers }: GeneratedItem): Node {
  const rows = readers.map((verdict) => [verdict.reader, verdictView(verdict), breakable(verdict.reason)]);
  return table(t('Readers'), [{ title: t('Reader') }, { title: t('Opens it') }, { title: t('How, or why not') }], rows);
}

function verdictView(verdict: ReaderVerdict): Node {
  const [sign, words] = verdictInWords(verdict);
  return element('span', { class: `verdict verdict-${sign}` }, icon(sign), words);
}

function verdictInWords({ opens, wrongValues, unreadableChunks }: ReaderVerdict): [IconName, string] {
  if (!opens) return ['no', t('No')];
  const but = [
    ...(wrongValues === true ? [t('to wrong values')] : []),
    ...(unreadableChunks === undefined
      ? []
      : [
          unreadableChunks === 1
            ? t('but 1 chunk cannot be read')
            : t('but {0} chunks cannot be read', countInWords(unreadableChunks)),
        ]),
  ];
  return but.length === 0 ? ['yes', t('Yes')] : ['warning', [t('Yes'), ...but].join(', ')];
}

function codeView({ code }: GeneratedItem, index: number, actions: Actions): Node {
  const copy = copyButton(t('Copy xarray Code'), () => {
    actions.post({ type: 'copyCode', item: index });
    actions.announce(t('The code was copied.'));
  });
  const text = element('code', {}, code.trimEnd());
  const attributes = { tabindex: '0', role: 'group', 'aria-label': t('Python code') };
  return element('div', { class: 'code' }, element('pre', { attributes }, text), copy);
}
