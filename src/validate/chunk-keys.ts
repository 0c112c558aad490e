import type { ReferenceSet } from '../references/reference-set';
import { whyUnreachable } from '../references/unreachable';
import { chunkKey, gridShape, keyBelow, parseChunkKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { countInWords, plural } from '../words';
import type { CheckContext } from './checks';
import type { Reporter } from './reporter';
import type { RuleCode } from './rules';

/**
 * Reports chunk keys that the grid of a zarr v2 array does not have: with the other separator (once for the array, with their number), not of
 * its form, or beyond it.
 */
export function checkChunkKeys(array: ZarrArray, { set, reporter }: CheckContext): void {
  if (array.zarrFormat !== 2) return;
  const separated = new OtherSeparator(array);
  const form = new CappedFindings('zarr2/chunk-key-form', array, reporter);
  const grid = new CappedFindings('zarr2/chunk-key-grid', array, reporter);
  const size = gridInWords(array);
  const start = array.path === '' ? 0 : array.path.length + 1;
  for (const key of set.strayKeys(array.path)) {
    // A rule of its own says why.
    if (whyUnreachable(key) !== undefined) continue;
    const name = key.slice(start);
    if (separated.take(key, name)) continue;
    if (parseChunkKey(array, name) === undefined) {
      form.add(key, () => `"${name}" is no chunk key of this array, which has ${size}${formHint(array, name)}`);
    } else {
      grid.add(key, () => `Chunk "${name}" is beyond the grid of ${size}; no reader asks for it.`);
    }
  }
  separated.report(set, reporter);
  form.finish();
  grid.finish();
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

  report(set: ReferenceSet, reporter: Reporter): void {
    const { first, count, array, other } = this;
    const span = first === undefined ? undefined : set.keySpan(first);
    if (first === undefined || span === undefined) return;
    const [written, stated] = [other.keyEncoding.separator, array.keyEncoding.separator];
    const [have, are] = count === 1 ? ['has', 'is'] : ['have', 'are'];
    const name = first.slice(array.path === '' ? 0 : array.path.length + 1);
    const message =
      `${plural(count, 'chunk key')} of this array, "${name}" first, ${have} "${written}" between the indices, and the array has "${stated}", so that ` +
      `${count === 1 ? 'it' : 'they'} ${are} not found. Write "dimension_separator": "${written}" in .zarray, or the keys with "${stated}".`;
    reporter.at(span, 'zarr2/chunk-key-separator', keyBelow(array.path, '.zarray'), message);
  }
}

/** Reports keys one by one, and of many the rest as a number. */
class CappedFindings {
  private more = 0;
  private next: string | undefined;

  constructor(
    private readonly code: RuleCode,
    private readonly array: ZarrArray,
    private readonly reporter: Reporter,
  ) {}

  add(key: string, message: () => string): void {
    if (this.next === undefined && this.reporter.hasRoom(this.code)) {
      this.reporter.onKey(key, this.code, message());
      return;
    }
    this.more += 1;
    this.next ??= key;
  }

  finish(): void {
    if (this.next === undefined) return;
    const { more } = this;
    const message = `${countInWords(more)} more keys of "${this.array.path}" have this fault and are not listed.`;
    this.reporter.rest(this.next, undefined, this.code, more, message);
  }
}

function gridInWords(array: ZarrArray): string {
  const grid = gridShape(array);
  return grid.length === 0 ? 'a single chunk, "0"' : `${grid.join(' x ')} chunks`;
}

/** The end of a sentence on a key that is none: what is wrong with it, and how keys look. */
function formHint(array: ZarrArray, name: string): string {
  const { separator } = array.keyEncoding;
  const rank = array.shape.length;
  const example = chunkKey(array, new Array<number>(rank).fill(0));
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
