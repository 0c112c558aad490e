import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { whyUnreachable } from '../references/unreachable';
import { chunkKey, keyBelow, parseChunkKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { countInWords, plural } from '../words';
import type { CheckContext } from './checks';
import { gridInWords } from './grid-words';
import { misspeltInWords } from './keys-outside';
import { isOfNczarr, misspeltMetadataName } from './metadata-names';
import type { Reporter } from './reporter';
import type { RuleCode } from './rules';
import type { Severity } from './types';

/**
 * Reports keys below a zarr v2 array that its grid does not have: chunk keys with the other separator (once for the array, with their
 * number), not of its form, or beyond it; names that are nearly those of metadata; and what is no chunk key at all. A chunk that is stored
 * under such a key is an error only where a chunk of the grid is missing: else all values are there.
 */
export function checkChunkKeys(array: ZarrArray, { set, reporter }: CheckContext): void {
  if (array.zarrFormat !== 2) return;
  const separated = new OtherSeparator(array);
  const form = new CappedFindings('zarr2/chunk-key-form', array, reporter);
  const grid = new CappedFindings('zarr2/chunk-key-grid', array, reporter);
  const names = new CappedFindings('kerchunk/metadata-name', array, reporter);
  const size = gridInWords(array);
  const start = array.path === '' ? 0 : array.path.length + 1;
  // Looked up where there is a stray key at all.
  let severity: Severity | undefined;
  for (const key of set.strayKeys(array.path)) {
    // A rule of its own says why.
    if (whyUnreachable(key) !== undefined) continue;
    severity ??= isComplete(set, array.path) ? 'warning' : 'error';
    const name = key.slice(start);
    if (separated.take(key, name)) continue;
    if (parseChunkKey(array, name) !== undefined) {
      grid.add(key, () => `Chunk "${name}" is beyond the grid of ${size}; no reader asks for it.`);
      continue;
    }
    const meant = misspeltMetadataName(key);
    if (meant !== undefined) {
      names.add(key, () => misspeltInWords({ key, name: meant }));
    } else if (isLikeChunkKey(name)) {
      const harmless =
        severity === 'warning' ? ' All chunks of the grid are there, so that no reader asks for it.' : '';
      form.add(
        key,
        () => `"${name}" is no chunk key of this array, which has ${size}${formHint(array, name)}${harmless}`,
        severity,
      );
    } else if (!isOfNczarr(name)) {
      const example = exampleOf(array);
      form.add(
        key,
        () =>
          `"${name}" lies below an array and is no chunk key, which looks like "${example}"; no reader asks for it.`,
        'warning',
      );
    }
  }
  separated.report(set, reporter, severity);
  form.finish();
  grid.finish();
  names.finish();
}

/**
 * Whether what stands in a key behind the array's path is meant for a chunk: it begins with an index, a `c` before it or not, or has a template
 * in place of one.
 */
export function isLikeChunkKey(name: string): boolean {
  return name === 'c' || name.includes('{{') || /^c?[^\p{L}]*\d/u.test(name);
}

/** Whether every chunk of an array's grid has an entry. */
export function isComplete(set: ReferenceSet, path: string): boolean {
  try {
    return set.chunkEntries(path) === set.coverage(path).total;
  } catch (error) {
    if (error instanceof KerchunkError) return false;
    throw error;
  }
}

/** Counts the keys that would be chunk keys with the other separator. */
class OtherSeparator {
  private readonly other: ZarrArray;
  private first: string | undefined;
  private count = 0;

  constructor(private readonly array: ZarrArray) {
    const separator = array.keyEncoding.separator === '.' ? '/' : '.';
    this.other = { ...array, keyEncoding: { ...array.keyEncoding, separator } };
  }

  take(key: string, name: string): boolean {
    if (this.array.shape.length < 2 || !name.includes(this.other.keyEncoding.separator)) return false;
    if (parseChunkKey(this.other, name) === undefined) return false;
    this.first ??= key;
    this.count += 1;
    return true;
  }

  report(set: ReferenceSet, reporter: Reporter, severity: Severity | undefined): void {
    const { first, count, array, other } = this;
    const span = first === undefined ? undefined : set.keySpan(first);
    if (first === undefined || span === undefined) return;
    const [written, stated] = [other.keyEncoding.separator, array.keyEncoding.separator];
    const [have, are, they] = count === 1 ? ['has', 'is', 'it'] : ['have', 'are', 'they'];
    const name = first.slice(array.path === '' ? 0 : array.path.length + 1);
    const what = `${plural(count, 'chunk key')} of this array, "${name}" first, ${have} "${written}" between the indices, and the array has "${stated}"`;
    const then =
      severity === 'warning'
        ? `. All chunks of the grid are there with "${stated}" too, so that no reader asks for ${count === 1 ? 'it' : 'them'}.`
        : `, so that ${they} ${are} not found. Write "dimension_separator": "${written}" in .zarray, or the keys with "${stated}".`;
    reporter.at(span, 'zarr2/chunk-key-separator', keyBelow(array.path, '.zarray'), what + then, severity);
  }
}

/** Reports keys one by one, and of many the rest as a number. */
class CappedFindings {
  private more = 0;
  private next: { key: string; severity: Severity | undefined } | undefined;

  constructor(
    private readonly code: RuleCode,
    private readonly array: ZarrArray,
    private readonly reporter: Reporter,
  ) {}

  add(key: string, message: () => string, severity?: Severity): void {
    if (this.next === undefined && this.reporter.hasRoom(this.code)) {
      this.reporter.onKey(key, this.code, message(), severity);
      return;
    }
    this.more += 1;
    this.next ??= { key, severity };
  }

  finish(): void {
    if (this.next === undefined) return;
    const { more } = this;
    const message = `${countInWords(more)} more keys of "${this.array.path}" have this fault and are not listed.`;
    this.reporter.rest(this.next.key, undefined, this.code, more, message, this.next.severity);
  }
}

function exampleOf(array: ZarrArray): string {
  return chunkKey(array, new Array<number>(array.shape.length).fill(0));
}

/** The end of a sentence on a key that is none: what is wrong with it, and how keys look. */
function formHint(array: ZarrArray, name: string): string {
  const { separator } = array.keyEncoding;
  const rank = array.shape.length;
  const example = exampleOf(array);
  if (name.startsWith('c/') || name === 'c')
    return `; keys that begin with "c" are of zarr v3. A key looks like "${example}".`;
  const parts = name.split(separator);
  if (rank > 0 && parts.every((part) => /^\d{1,15}$/u.test(part))) {
    if (parts.length !== rank) {
      return `; it has ${plural(parts.length, 'index', 'indices')} for ${plural(rank, 'dimension')}. A key looks like "${example}".`;
    }
    return `; an index has no leading zeros. Write "${chunkKey(array, parts.map(Number))}".`;
  }
  return `; a key looks like "${example}".`;
}
