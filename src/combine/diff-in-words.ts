import type { ManifestEntry } from '../manifest/types';
import { countInWords, cutText, plural } from '../words';
import type { ArrayDiff, ChunkChanges, SetDiff } from './diff';
import { isEmptyDiff } from './diff';
import type { Difference } from './differences';
import type { ValueDiff } from './diff-values';

/** What two sets differ in, as text: a line for each array or group that only one has (-, +) or that changed (~), and lines below it on how. */
export function diffInWords(diff: SetDiff): string {
  if (isEmptyDiff(diff)) return `No difference; ${plural(diff.same, 'array is', 'arrays are')} the same.`;
  const lines = [
    ...diff.groups.lost.map((path) => `- group ${path || '/'}`),
    ...diff.groups.added.map((path) => `+ group ${path || '/'}`),
    ...diff.groups.changed.flatMap(({ path, attributes }) => [
      `~ group ${path || '/'}`,
      ...differenceLines(attributes),
    ]),
    ...diff.lost.map(({ path, chunks }) => `- ${path || '/'} (${plural(chunks, 'chunk')})`),
    ...diff.added.map(({ path, chunks }) => `+ ${path || '/'} (${plural(chunks, 'chunk')})`),
    ...diff.changed.flatMap(arrayLines),
  ];
  const equal = diff.same === 0 ? '' : ` ${plural(diff.same, 'array is', 'arrays are')} the same.`;
  return `${lines.join('\n')}\n${plural(diff.lost.length, 'array')} lost, ${countInWords(diff.added.length)} added, ${countInWords(diff.changed.length)} changed.${equal}`;
}

function arrayLines({ path, metadata, attributes, moved, added, lost, same, values }: ArrayDiff): string[] {
  const start = [`~ ${path || '/'}`, ...differenceLines(metadata), ...differenceLines(attributes)];
  if (values !== undefined) return [...start, ...valueLines(values)];
  const chunks = [moved, added, lost].some(({ count }) => count > 0)
    ? [
        `    chunks: ${countInWords(moved.count)} moved, ${countInWords(added.count)} added, ${countInWords(lost.count)} lost, ${countInWords(same)} the same`,
        ...chunkLines(moved, 'moved'),
        ...chunkLines(added, 'added'),
        ...chunkLines(lost, 'lost'),
      ]
    : [];
  return [...start, ...chunks];
}

function valueLines({ changed, added, lost }: ValueDiff): string[] {
  const counts = `${countInWords(changed.count)} changed, ${countInWords(added.count)} added, ${countInWords(lost.count)} lost`;
  const lines = Object.entries({ changed, added, lost }).flatMap(([how, { count, first }]) => {
    const shown = first.map(({ index, before, after }) => {
      const texts = [before, after].flatMap((text) => (text === undefined ? [] : [cutText(text, 80)]));
      return `      ${how} [${index.join(', ')}]: ${texts.join(' -> ')}`;
    });
    return count > first.length ? [...shown, `      and ${countInWords(count - first.length)} more`] : shown;
  });
  return [`    values: ${counts}`, ...lines];
}

function differenceLines(differences: readonly Difference[]): string[] {
  return differences.map(({ property, values: [before, after] }) => `    ${property}: ${before} -> ${after}`);
}

function chunkLines({ count, first }: ChunkChanges, how: string): string[] {
  const lines = first.map(({ key, before, after }) => {
    const places = [before, after].flatMap((entry) => (entry === undefined ? [] : [placeOf(entry)]));
    return `      ${how} ${key}: ${places.join(' -> ')}`;
  });
  return count > first.length ? [...lines, `      and ${countInWords(count - first.length)} more`] : lines;
}

/** Where the bytes of a chunk are: `inline, 12 bytes`, a whole file, or a half-open range of one. */
export function placeOf(entry: ManifestEntry): string {
  if (entry.kind === 'inline') return `inline, ${plural(entry.bytes.length, 'byte')}`;
  if (entry.kind === 'file') return entry.url;
  return `${entry.url} bytes ${entry.offset} to ${entry.offset + entry.length}`;
}
