import { bytesInWords, countInWords, plural } from '../words';
import { rewrittenInWords } from '../generate/rewritten-words';
import type { ReaderVerdict } from '../generate/types';
import { breakable, element, table } from './dom';
import { icon } from './icons';
import type { IconName } from './outlines';
import type { GeneratedItem } from './messages';
import { type Actions, button, copyButton, type Heading, section } from './parts';

/** A reference file that was written: warnings first, then what it holds, what it cost, who can open it, and how. */
export function generatedView(item: GeneratedItem, index: number, heading: Heading, actions: Actions): Node[] {
  return [
    factsView(item),
    element(
      'p',
      { class: 'actions' },
      button('Open Reference File', 'file', () => {
        actions.post({ type: 'openReference', item: index });
      }),
      ...(item.sourceUri === undefined
        ? []
        : [
            button('Reveal TIFF', 'folder', () => {
              actions.post({ type: 'revealSource', item: index });
            }),
          ]),
    ),
    ...notReadView(item, heading),
    ...warningsView(item, heading),
    section(heading, 'What it holds', levelsView(item), ...leftOutView(item)),
    section(heading, 'Who can open it', readersView(item)),
    section(heading, 'Open it with xarray', codeView(item, index, actions)),
    section(heading, 'Where everything is', placesView(item)),
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
      `${countInWords(failures.length)} of ${plural(files, 'file')} could not be read`,
      element('ul', { class: 'warnings failures' }, ...list),
      element('p', { class: 'subtitle' }, 'The set was written without them. The same command tries these once more.'),
    ),
  ];
}

function warningsView({ warnings }: GeneratedItem, heading: Heading): Node[] {
  if (warnings.length === 0) return [];
  const list = warnings.map((warning) => element('li', {}, icon('warning'), element('span', {}, breakable(warning))));
  return [
    section(heading, warnings.length === 1 ? 'Warning' : 'Warnings', element('ul', { class: 'warnings' }, ...list)),
  ];
}

function levelsView({ levels }: GeneratedItem): Node {
  const columns = [
    { title: 'Array' },
    { title: 'Shape', align: 'number' },
    { title: 'Chunk', align: 'number' },
    { title: 'Chunks', align: 'number' },
    { title: 'Sparse', align: 'number' },
  ] as const;
  const rows = levels.map((level) => [
    element('code', {}, breakable(level.path)),
    inShape(level.shape),
    inShape(level.chunkShape),
    countInWords(level.chunks),
    countInWords(level.sparse),
  ]);
  return table('Arrays of the reference file', columns, rows);
}

function inShape(shape: readonly number[]): string {
  return shape.map((length) => String(length)).join(' × ');
}

const overviewsRemedy = {
  portable: 'the setting kerchunk.generate.overviews writes them',
  notebook: 'the preset notebook has none, and portable writes them with the setting kerchunk.generate.overviews',
} as const;

/** What the TIFF has and the references have not; sparse chunks are no loss, and are explained. */
function leftOutView(item: GeneratedItem): Node[] {
  const sparse = item.levels.reduce((sum, level) => sum + level.sparse, 0);
  const sentences = [
    ...item.levels.flatMap((level) => rewrittenInWords(level)?.concat('.') ?? []),
    ...(sparse > 0
      ? [
          `${plural(sparse, 'chunk is sparse', 'chunks are sparse')}: without bytes in the TIFF, read as the fill value.`,
        ]
      : []),
    ...(item.masksLeftOut > 0
      ? [`${plural(item.masksLeftOut, 'mask')} left out: references hold the pixels alone.`]
      : []),
    ...(item.overviewsLeftOut > 0
      ? [`${plural(item.overviewsLeftOut, 'overview')} left out: ${overviewsRemedy[item.preset]}.`]
      : []),
    ...(item.pagesLeftOut > 0 ? [pagesInWords(item)] : []),
  ];
  return sentences.length === 0
    ? []
    : [element('ul', { class: 'notes' }, ...sentences.map((text) => element('li', {}, breakable(text))))];
}

/** The pages that are left out, and how to have them. */
function pagesInWords({ pagesLeftOut, pages }: GeneratedItem): string {
  const [first] = pages;
  const example = first === undefined ? '' : `, as in kerchunk generate --page ${first.ifd}`;
  return `${plural(pagesLeftOut, 'further page')} of the TIFF left out. The command line writes one by the number of its IFD${example}.`;
}

/** What it cost and how large it became, on one line where there is room. */
function factsView(item: GeneratedItem): Node {
  const facts: [string, string][] = [
    ['Requests', countInWords(item.requests)],
    ['Bytes read', countInWords(item.bytes)],
    ['Time', `${countInWords(Math.round(item.milliseconds))} ms`],
    ['Reference file', bytesInWords(item.outputBytes)],
  ];
  return definitions('facts', facts);
}

function placesView({ sourceLocation, target, outputLocation }: GeneratedItem): Node {
  const places: [string, Node][] = [
    ['TIFF', element('code', {}, breakable(sourceLocation))],
    ['References point to', element('code', {}, breakable(target))],
    ['Reference file', element('code', {}, breakable(outputLocation))],
  ];
  return definitions('places', places);
}

function definitions(kind: string, pairs: readonly [string, Node | string][]): Node {
  const groups = pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element('dl', { class: kind }, ...groups);
}

function readersView({ readers }: GeneratedItem): Node {
  const rows = readers.map((verdict) => [verdict.reader, verdictView(verdict), breakable(verdict.reason)]);
  return table('Readers', [{ title: 'Reader' }, { title: 'Opens it' }, { title: 'How, or why not' }], rows);
}

function verdictView(verdict: ReaderVerdict): Node {
  const [sign, words] = verdictInWords(verdict);
  return element('span', { class: `verdict verdict-${sign}` }, icon(sign), words);
}

function verdictInWords({ opens, wrongValues, unreadableChunks }: ReaderVerdict): [IconName, string] {
  if (!opens) return ['no', 'No'];
  const but = [
    ...(wrongValues === true ? ['to wrong values'] : []),
    ...(unreadableChunks === undefined ? [] : [`but ${plural(unreadableChunks, 'chunk')} cannot be read`]),
  ];
  return but.length === 0 ? ['yes', 'Yes'] : ['warning', ['Yes', ...but].join(', ')];
}

function codeView({ code }: GeneratedItem, index: number, actions: Actions): Node {
  const copy = copyButton('Copy xarray Code', () => {
    actions.post({ type: 'copyCode', item: index });
    actions.announce('The code was copied.');
  });
  const text = element('code', {}, code.trimEnd());
  const attributes = { tabindex: '0', role: 'group', 'aria-label': 'Python code' };
  return element('div', { class: 'code' }, element('pre', { attributes }, text), copy);
}
