import { isAbsolutePath } from '../address-form';
import { resolveTarget } from '../bytes/address';
import { fileTarget, fileUrlToPath } from '../bytes/file-url';
import { isJsonObject, type JsonObject } from '../json';
import type { Manifest, ManifestEntry } from '../manifest/types';
import { formOf } from '../references/address-forms';

/** Addresses that begin with `from` begin with `to` instead. */
export interface PrefixChange {
  from: string;
  to: string;
}

/** Root attribute in which `kerchunk generate` notes the files that references point at, as `[{url, …}]`. */
export const SOURCES = 'kerchunk_source';

/** The manifest with every address changed by `change`, also where the attribute `kerchunk_source` names it. */
export function mapUrls(manifest: Manifest, change: (url: string) => string): Manifest {
  const entryOf = (entry: ManifestEntry): ManifestEntry =>
    entry.kind === 'inline' ? entry : { ...entry, url: change(entry.url) };
  return {
    groups: manifest.groups.map((group) => ({ ...group, attributes: withSources(group.attributes, change) })),
    arrays: manifest.arrays.map((array) => ({
      ...array,
      entries: function* () {
        for (const [chunk, entry] of array.entries()) yield [chunk, entryOf(entry)] as const;
      },
    })),
  };
}

/**
 * How addresses change where prefixes do: the longest that fits is taken. An absolute path stands for `file://` and that path too, as local files
 * are named in references. An address that begins with what it would begin with already stays, so that doing it twice is doing it once.
 */
export function prefixChange(
  changes: readonly PrefixChange[],
  found: PrefixesFound = new PrefixesFound(),
): (url: string) => string {
  const sorted = changes.flatMap(spellingsOf).sort((a, b) => b.from.length - a.from.length);
  return (url) => {
    found.firstUrl ??= url;
    const fitting = sorted.find(({ from }) => url.startsWith(from));
    if (fitting === undefined) {
      const done = sorted.find(({ to }) => to !== '' && url.startsWith(to));
      if (done !== undefined) found.used.add(done.change);
      return url;
    }
    found.used.add(fitting.change);
    if (fitting.to.startsWith(fitting.from) && url.startsWith(fitting.to)) return url;
    return fitting.to + url.slice(fitting.from.length);
  };
}

/** A change, and the same of `file:` addresses where it is one of paths. */
function spellingsOf(change: PrefixChange): (PrefixChange & { change: PrefixChange })[] {
  const { from, to } = change;
  const asWritten = { from, to, change };
  if (!isAbsolutePath(from)) return [asWritten];
  return [asWritten, { from: fileTarget(from), to: isAbsolutePath(to) ? fileTarget(to) : to, change }];
}

/** What changes of prefixes came upon so far. */
export class PrefixesFound {
  firstUrl: string | undefined;
  /** Changes that some address begins with, or began with before it was changed by them. */
  readonly used = new Set<PrefixChange>();
}

/**
 * Makes relative addresses absolute, seen from the reference file at `base`, of local files as fsspec takes them, with their path as it is; others
 * stay.
 */
export function absoluteUrls(base: string | undefined): (url: string) => string {
  return (url) => {
    if (!formOf(url).isRelative) return url;
    const absolute = resolveTarget(url, base);
    return absolute.startsWith('file:') ? fileTarget(fileUrlToPath(absolute)) : absolute;
  };
}

/** The manifest with relative addresses made absolute, seen from the reference file at `base`. */
export function withAbsoluteUrls(manifest: Manifest, base: string | undefined): Manifest {
  return mapUrls(manifest, absoluteUrls(base));
}

function withSources(attributes: JsonObject, change: (url: string) => string): JsonObject {
  const sources = attributes[SOURCES];
  if (!Array.isArray(sources)) return attributes;
  const changed = sources.map((source) =>
    isJsonObject(source) && typeof source.url === 'string' ? { ...source, url: change(source.url) } : source,
  );
  return { ...attributes, [SOURCES]: changed };
}
