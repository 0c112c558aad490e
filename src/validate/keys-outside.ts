import type { ReferenceSet } from '../references/reference-set';
import { whyUnreachable } from '../references/unreachable';
import { isStop, turns } from '../steps';
import { countInWords, cutText, listInWords, plural } from '../words';
import { keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import type { CheckContext } from './checks';
import { isOfNczarr, misspeltMetadataName } from './metadata-names';

/** Paths, and keys beside them, that are kept and told one by one; a file may have one for each of a million keys. */
const MOST_TOLD = 1000;
/** Names of keys in messages are cut to so many characters. */
const MOST_CHARACTERS = 80;

/** What lies at a path that has no metadata of an array. */
interface Lost {
  chunks: number;
  firstChunk?: string;
  hasAttributes: boolean;
  /** A key that is nearly that of metadata, and what it was meant for. */
  misspelt?: { key: string; name: string };
  /** Whether the chunk keys are of the form of zarr v3. */
  isZarr3: boolean;
}

/**
 * Reports keys that lie in no array: once for each path, chunks and attributes without the metadata of an array, and names that are nearly
 * those of metadata; once for the file, other keys (zarr v2 specification, "Storage"; zarr v3 core specification, "Stored objects").
 */
export async function checkKeysOutside({ set, reporter, signal }: CheckContext): Promise<void> {
  const giveWay = turns(signal);
  const outside = new KeysOutside(set);
  let looked = 0;
  for (const key of set.strayKeys(undefined)) {
    outside.add(key);
    if (isStop(looked++)) await giveWay();
  }
  outside.addAttributes();
  outside.report(reporter);
}

class KeysOutside {
  private readonly lost = new Map<string, Lost>();
  /** Keys of paths beyond those that are kept. */
  private more = 0;
  private others = 0;
  private firstOther: string | undefined;
  /** Where the chunks of the last key were taken to lie, by what stands before its last slash: a million keys share it. */
  private last: { parent: string; path: string; isZarr3: boolean } | undefined;

  constructor(private readonly set: ReferenceSet) {}

  add(key: string): void {
    // A rule of its own says why.
    if (whyUnreachable(key) !== undefined) return;
    const slash = key.lastIndexOf('/');
    const parent = key.slice(0, Math.max(slash, 0));
    const name = key.slice(slash + 1);
    const meant = misspeltMetadataName(name);
    if (meant !== undefined) {
      const lost = this.at(parent);
      if (lost !== undefined) lost.misspelt ??= { key, name: meant };
    } else if (/^(?:c\.)?\d+(?:\.\d+)*$/u.test(name) || (name === 'c' && parent !== '')) {
      this.addChunk(key, parent, name);
    } else if (!isOfNczarr(name)) {
      this.others += 1;
      this.firstOther ??= key;
    }
  }

  /** Adds the attributes of paths that are neither an array nor a group, and above none. */
  addAttributes(): void {
    const known = new Set<string>();
    for (const path of [...this.set.arrayPaths(), ...this.set.groupPaths()]) {
      for (let above = path; above !== '' && !known.has(above); above = groupOf(above)) known.add(above);
    }
    for (const key of this.set.documentKeys()) {
      if (!key.endsWith('/.zattrs') || whyUnreachable(key) !== undefined) continue;
      const path = groupOf(key);
      const lost = known.has(path) ? undefined : this.at(path);
      if (lost !== undefined) lost.hasAttributes = true;
    }
  }

  report(reporter: CheckContext['reporter']): void {
    for (const [path, lost] of this.lost) this.reportLost(path, lost, reporter);
    if (this.more > 0) {
      const message = `${plural(this.more, 'more key')} at other paths have no metadata of an array, and are not listed.`;
      reporter.onKey('', 'kerchunk/array-missing', message);
    }
    const { firstOther, others } = this;
    if (firstOther === undefined) return;
    const name = JSON.stringify(cutText(firstOther, MOST_CHARACTERS));
    const message =
      others === 1
        ? `${name} lies in no array and is no metadata; no reader of zarr asks for it.`
        : `${countInWords(others)} keys lie in no array and are no metadata, ${name} first; no reader of zarr asks for them.`;
    reporter.onKey(firstOther, 'kerchunk/stray-key', message);
  }

  private reportLost(path: string, lost: Lost, reporter: CheckContext['reporter']): void {
    const { chunks, firstChunk, hasAttributes, misspelt } = lost;
    if (chunks === 0 && !hasAttributes) {
      if (misspelt !== undefined) reporter.onKey(misspelt.key, 'kerchunk/metadata-name', misspeltInWords(misspelt));
      return;
    }
    const document = lost.isZarr3 || misspelt?.name === 'zarr.json' ? 'zarr.json' : '.zarray';
    const meant = misspelt?.name === document ? misspelt.key : undefined;
    const parts = [
      ...(firstChunk === undefined ? [] : [`${plural(chunks, 'chunk key')} (${shown(firstChunk)} first)`]),
      ...(hasAttributes ? ['attributes'] : []),
    ];
    const where = path === '' ? 'The root' : shown(path);
    const hint =
      meant !== undefined
        ? `did you mean ${shown(keyBelow(path, document))} by ${shown(meant)}?`
        : `add ${shown(keyBelow(path, document))}, or remove ${chunks + Number(hasAttributes) === 1 ? 'it' : 'them'}.`;
    const message = `${where} has ${listInWords(parts)} and no ${document}, so that no reader finds an array there; ${hint}`;
    const key = meant ?? firstChunk ?? keyBelow(path, '.zattrs');
    const isCertain = chunks > 0 && (hasAttributes || meant !== undefined);
    reporter.onKey(key, 'kerchunk/array-missing', message, isCertain ? 'error' : 'warning');
    if (misspelt !== undefined && meant === undefined) {
      reporter.onKey(misspelt.key, 'kerchunk/metadata-name', misspeltInWords(misspelt));
    }
  }

  private addChunk(key: string, parent: string, name: string): void {
    if (this.last?.parent !== parent) this.last = { parent, ...this.arrayOf(parent, name) };
    const { path, isZarr3 } = this.last;
    const lost = this.at(path);
    if (lost === undefined) return;
    lost.chunks += 1;
    lost.firstChunk ??= key;
    lost.isZarr3 ||= isZarr3 || name.startsWith('c');
  }

  /** The path of the array that a chunk key is likely of: indices with slashes between them are taken off, as is the `c` of zarr v3. */
  private arrayOf(parent: string, name: string): { path: string; isZarr3: boolean } {
    let path = parent;
    while (/^\d+$/u.test(name) && /(?:^|\/)\d+$/u.test(path) && !this.isNode(path)) path = groupOf(path);
    if (!/(?:^|\/)c$/u.test(path) || this.isNode(path)) return { path, isZarr3: false };
    return { path: groupOf(path), isZarr3: true };
  }

  private isNode(path: string): boolean {
    return ['.zattrs', '.zgroup', 'zarr.json'].some((name) => this.set.hasMetadata(keyBelow(path, name)));
  }

  /** What is known of a path; undefined where it is one too many. */
  private at(path: string): Lost | undefined {
    let lost = this.lost.get(path);
    if (lost !== undefined) return lost;
    if (this.lost.size === MOST_TOLD) {
      this.more += 1;
      return undefined;
    }
    this.lost.set(path, (lost = { chunks: 0, hasAttributes: false, isZarr3: false }));
    return lost;
  }
}

/** What is said of a key that is nearly that of a metadata document. */
export function misspeltInWords({ key, name }: { key: string; name: string }): string {
  const written = key.slice(key.lastIndexOf('/') + 1);
  return `${shown(written)} is no name of zarr metadata, so that no reader asks for it; did you mean ${shown(name)}?`;
}

function shown(key: string): string {
  return JSON.stringify(cutText(key, MOST_CHARACTERS));
}
