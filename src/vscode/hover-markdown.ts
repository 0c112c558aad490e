import type { ErrorCode } from '../errors';
import type { Neighbour } from '../preview/hover-types';
import type { ArrayDetails, HoverChunk, HoverContent, StatisticsInWords } from '../preview/types';
import { bytesInWords, countInWords, cutText, plural } from '../words';
import { encodeBase64 } from '../zarr/base64';
import { linkCommandIds } from './ids';
import { codeSpan, commandLink, escapeMarkdown } from './markdown';
import { sparkline } from './sparkline';

/** Puts texts into the user's language, as `vscode.l10n` does. */
export interface Translator {
  t(message: string, ...args: (string | number)[]): string;
}

export interface HoverContext {
  /** Address of the reference file, for links. */
  uri: string;
  l10n: Translator;
}

/**
 * The longest Markdown of a hover, in characters. VS Code cuts at 100,000: what is left of a picture's data then shows as text, and what
 * stood in a code span whose end is lost becomes markup.
 */
export const LONGEST_HOVER = 95_000;
/** Messages and names are cut here. */
const LONGEST_TEXT = 1500;
const LONGEST_DTYPE = 200;
const MOST_TEXTS = 12;
const MOST_ATTRIBUTES = 8;
const MOST_AXES = 6;
const LONGEST_COORDINATE = 60;
const SPARKLINE_BARS = 32;

/** What a hover says, as Markdown of at most `LONGEST_HOVER` characters. Links run the commands of `linkCommandIds` alone. */
export function hoverMarkdown(content: HoverContent, context: HoverContext): string {
  switch (content.kind) {
    case 'chunk':
      return chunkMarkdown(content.chunk, context);
    case 'array':
      return arrayMarkdown(content.array, context);
    case 'group':
      return groupMarkdown(content, context);
  }
}

function chunkMarkdown(chunk: HoverChunk, context: HoverContext): string {
  const { l10n } = context;
  const { result } = chunk;
  const lines = [
    `**${shown(chunk.key)}**`,
    [dtypeSpan(chunk.dtype), shapeInWords(chunk.shape), ...indicesOf(chunk)].join(' · '),
    ...coordinateLines(chunk, l10n),
    ...(chunk.drift === null ? [] : [`⚠ **${say(l10n.t('Wrong values.'))}** ${shown(chunk.drift)}`]),
    ...describeResult(chunk, context),
    ...storageLines(chunk, l10n),
    ...neighbourLine(chunk, l10n),
    linksOf(chunk, context),
  ];
  if (result.kind !== 'picture') return paragraphs(lines);
  const whole = sideBySide(pictureOf(chunk.key, result), lines);
  if (whole.length <= LONGEST_HOVER) return whole;
  return paragraphs([...lines, say(l10n.t('The picture is too large for a hover.'))]);
}

/** Lines as paragraphs; where they are too long together, the longest are left out, whole. */
function paragraphs(lines: readonly string[]): string {
  const text = lines.filter((line) => line !== '').join('\n\n');
  if (text.length <= LONGEST_HOVER) return text;
  const longest = Math.max(...lines.map(({ length }) => length));
  return paragraphs(lines.filter(({ length }) => length < longest));
}

/**
 * A picture and, to its right, lines of text: one below the other they would not fit into the height that VS Code gives a hover. Wants
 * `supportHtml` for the line breaks.
 */
function sideBySide(picture: string, lines: readonly string[]): string {
  // A table's cells end at each bar, in code too.
  const cell = (text: string): string => text.replace(/(?<!\\)\|/gu, '\\|');
  return `| | | |\n| - | - | - |\n| ${cell(picture)} | &nbsp; | ${lines.map(cell).join('<br>')} |`;
}

/** Shown in at most this many pixels along each side, so that all of it can be seen at once. */
const LARGEST_PICTURE = 208;

function pictureOf(key: string, { png, width, height }: Extract<HoverChunk['result'], { kind: 'picture' }>): string {
  const data = encodeBase64(new Uint8Array(png));
  const scale = Math.min(1, LARGEST_PICTURE / Math.max(width, height));
  const [shownWidth, shownHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return `![${shown(key)}](data:image/png;base64,${data}|width=${shownWidth},height=${shownHeight})`;
}

/** What came of the chunk; each outcome in words of its own. */
function describeResult({ result }: HoverChunk, { l10n }: HoverContext): string[] {
  switch (result.kind) {
    case 'picture':
      return [
        ...(result.allFill ? [allFill(l10n)] : []),
        ...(result.histogram === null ? [] : [`\`${sparkline(result.histogram.counts, SPARKLINE_BARS)}\``]),
        statisticsLine(result.statistics, l10n),
      ];
    case 'texts': {
      const texts = result.texts.slice(0, MOST_TEXTS).map((text) => codeSpan(cutText(text, 80)) || '` `');
      const more = result.texts.length > texts.length ? ' …' : '';
      return [
        texts.join(' ') + more,
        ...(result.allFill ? [allFill(l10n)] : []),
        statisticsLine(result.statistics, l10n),
      ].filter((line) => line !== '');
    }
    case 'absent':
      return [
        `**${say(l10n.t('Absent.'))}** ${say(l10n.t('No reference has this key: the chunk reads as the fill value {0}.', cutText(result.fillValue, 80)))}`,
      ];
    case 'too-large':
      return [`**${say(l10n.t('Too large for a hover.'))}** ${shown(result.message)}`];
    case 'failed':
      return [`⚠ **${say(failureTitle(result.code, l10n))}** ${shown(result.message)}`];
  }
}

function allFill(l10n: Translator): string {
  return `**${say(l10n.t('All fill.'))}** ${say(l10n.t('The chunk is stored, and every value in it is the fill value.'))}`;
}

function failureTitle(code: ErrorCode, l10n: Translator): string {
  const titles: Partial<Record<ErrorCode, string>> = {
    'fetch-failed': l10n.t('Not fetched.'),
    'short-read': l10n.t('Not the bytes that were asked for.'),
    'decode-failed': l10n.t('Not decoded.'),
    'unsupported-codec': l10n.t('No decoder for this codec.'),
    'restricted-mode': l10n.t('Restricted Mode.'),
    'needs-permission': l10n.t('Outside the workspace.'),
    'limit-exceeded': l10n.t('Too large.'),
    'malformed-reference': l10n.t('Malformed reference.'),
    'malformed-metadata': l10n.t('Malformed metadata.'),
  };
  return titles[code] ?? l10n.t('Not read.');
}

function statisticsLine(statistics: StatisticsInWords, l10n: Translator): string {
  const { count, nodata, nan, minimum, maximum, mean } = statistics;
  const parts = [
    ...(minimum === null || maximum === null ? [] : [l10n.t('minimum {0}', minimum), l10n.t('maximum {0}', maximum)]),
    ...(mean === null ? [] : [l10n.t('mean {0}', shorter(mean))]),
    ...(nodata === 0 ? [] : [l10n.t('nodata {0} of {1}', countInWords(nodata), countInWords(count))]),
    ...(nan === 0 ? [] : [l10n.t('NaN {0} of {1}', countInWords(nan), countInWords(count))]),
  ];
  return parts.map(say).join(' · ');
}

/** A mean has no full precision worth reading. */
function shorter(number: string): string {
  return /^-?\d+\.\d{7,}$/u.test(number) ? String(Number(Number(number).toPrecision(7))) : number;
}

function storageLines({ reference, request, storedBytes, result }: HoverChunk, l10n: Translator): string[] {
  const size = storedBytes === null ? '' : bytesInWords(storedBytes);
  if (request !== null) {
    const end = request.end === null ? '' : `-${request.end}`;
    const range =
      request.end === null && request.start === 0 ? l10n.t('the whole file') : `bytes=${request.start}${end}`;
    const where = say(l10n.t('of {0}', cutText(request.shownUrl, 300)));
    return [[codeSpan(range), ...(size === '' ? [] : [say(size)]), where].join(' · ')];
  }
  if (reference !== 'inline' || result.kind === 'absent') return [];
  return [say(size === '' ? l10n.t('inline in this file') : l10n.t('inline in this file, {0}', size))];
}

/** As a slice of the array, as numpy writes it: nothing for a scalar. */
function indicesOf({ axes }: HoverChunk): string[] {
  const slices = axes
    .slice(0, MOST_AXES)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}:${last + 1}`));
  if (axes.length > slices.length) slices.push('…');
  return slices.length === 0 ? [] : [codeSpan(`[${slices.join(', ')}]`)];
}

/** The coordinates of both ends of each axis that has some, and why others are missing. */
function coordinateLines({ axes, coordinateProblem, result }: HoverChunk, l10n: Translator): string[] {
  const words = axes.slice(0, MOST_AXES).flatMap(({ name, coordinates }) => {
    if (coordinates === null) return [];
    const { first, last, unit } = coordinates;
    const ends = first === last ? [first] : [first, last];
    const texts = ends.map((text) => cutText(text ?? l10n.t('no value'), LONGEST_COORDINATE)).join(' … ');
    return [`${shown(cutText(name, 80))} ${codeSpan(texts)}${unit === null ? '' : ` ${shown(cutText(unit, 80))}`}`];
  });
  // A chunk that failed says why itself.
  const hint = coordinateProblem === null || result.kind === 'failed' ? [] : [shown(coordinateProblem)];
  return [words.join(' · '), ...hint].filter((line) => line !== '');
}

/** What refers to the bytes before and behind the chunk's in the same file. */
function neighbourLine({ neighbours }: HoverChunk, l10n: Translator): string[] {
  if (neighbours === null) return [];
  const { before, after } = neighbours;
  const words = [
    before === null ? say(l10n.t('before: no reference')) : neighbourInWords(l10n.t('before:'), before, l10n),
    after === null ? say(l10n.t('behind: no reference')) : neighbourInWords(l10n.t('behind:'), after, l10n),
  ];
  return [words.join(' · ')];
}

function neighbourInWords(where: string, { key, gap }: Neighbour, l10n: Translator): string {
  const name = `${codeSpan(cutText(key, 120))},`;
  if (gap === 0) return `${say(where)} ${name} ${say(l10n.t('adjoins'))}`;
  if (gap > 0) return `${say(where)} ${name} ${say(l10n.t('{0} between', exactBytes(gap)))}`;
  return `⚠ ${say(where)} ${name} ${say(l10n.t('overlaps by {0}', exactBytes(-gap)))}`;
}

function exactBytes(bytes: number): string {
  return plural(bytes, 'byte');
}

function linksOf({ path, indices, result }: HoverChunk, { uri, l10n }: HoverContext): string {
  const code = result.kind === 'failed' ? result.code : undefined;
  const label =
    code === 'needs-permission' ? l10n.t('Open in Kerchunk Viewer to Allow It') : l10n.t('Open in Kerchunk Viewer');
  const links = [commandLink(label, linkCommandIds.showInViewer, [uri, path, indices])];
  if (code === 'restricted-mode') {
    links.unshift(commandLink(l10n.t('Manage Workspace Trust'), linkCommandIds.manageTrust));
  }
  return links.join(' · ');
}

function arrayMarkdown(array: ArrayDetails, { uri, l10n }: HoverContext): string {
  const { coverage, chunkShape, codecs } = array;
  const name = array.path === '' ? l10n.t('root array') : array.path;
  const missing = [
    ...(coverage.inline === 0 ? [] : [l10n.t('{0} inline', countInWords(coverage.inline))]),
    ...(coverage.absent === 0 ? [] : [l10n.t('{0} absent', countInWords(coverage.absent))]),
    ...(coverage.broken === 0 ? [] : [l10n.t('{0} broken', countInWords(coverage.broken))]),
  ];
  const lines = [
    `**${shown(name)}** · ${dtypeSpan(array.dtype)} ${shown(array.dtypeInWords)}`,
    `${namedShape(array)} · ${say(l10n.t('chunks of'))} ${shapeInWords(chunkShape)}`,
    [
      plural(coverage.total, 'chunk'),
      ...missing,
      l10n.t('{0} stored, {1} decoded', bytesInWords(array.storedBytes), bytesInWords(array.decodedBytes)),
      l10n.t('fill value {0}', cutText(array.fillValue, 80)),
    ]
      .map(say)
      .join(' · '),
    codecs.map(({ words, known }) => `${known ? '' : '⚠ '}${shown(cutText(words, 300))}`).join(' → '),
    // Before the attributes, which may be too many to be seen at once.
    commandLink(l10n.t('Open in Kerchunk Viewer'), linkCommandIds.showInViewer, [uri, array.path, null]),
    attributeLines(array, l10n),
  ];
  return paragraphs(lines);
}

/** `y 1536 × x 1400`; an axis without a name is its length alone. */
function namedShape({ shape, dimensions }: ArrayDetails): string {
  if (dimensions === null || shape.length === 0) return shapeInWords(shape);
  const axes = shape.map((length, axis) => `${dimensions[axis] ?? ''} ${length}`.trim());
  return codeSpan(cutText(axes.join(' × '), 200));
}

function attributeLines({ attributes, moreAttributes }: ArrayDetails, l10n: Translator): string {
  const lines = attributes
    .slice(0, MOST_ATTRIBUTES)
    .map(({ name, value }) => `- ${shown(cutText(name, 80))}: ${codeSpan(cutText(value, 120))}`);
  const more = attributes.length + moreAttributes - lines.length;
  if (more > 0) lines.push(`- ${say(l10n.t('and {0} more', more))}`);
  return lines.join('\n');
}

function groupMarkdown(
  { path, arrays, groups }: Extract<HoverContent, { kind: 'group' }>,
  { uri, l10n }: HoverContext,
): string {
  const name = path === '' ? l10n.t('root group') : path;
  return paragraphs([
    `**${shown(name)}** · ${say(`${plural(arrays, 'array')}, ${plural(groups, 'group')}`)}`,
    commandLink(l10n.t('Open in Kerchunk Viewer'), linkCommandIds.showInViewer, [uri, path, null]),
  ]);
}

/** A dtype of a record may have any number of fields. */
function dtypeSpan(dtype: string): string {
  return codeSpan(cutText(dtype, LONGEST_DTYPE));
}

function shapeInWords(shape: readonly number[]): string {
  return shape.length === 0 ? '`()`' : codeSpan(cutText(shape.join(' × '), 200));
}

function shown(text: string): string {
  return escapeMarkdown(cutText(text, LONGEST_TEXT));
}

function say(text: string): string {
  return escapeMarkdown(text);
}
