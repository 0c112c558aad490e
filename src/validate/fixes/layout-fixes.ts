import { compactJson } from '../../json';
import { isMetadataKey } from '../../references/documents';
import type { ReferenceSet } from '../../references/reference-set';
import { misspeltMetadataName } from '../metadata-names';
import { fileText, textOf, valueAt } from './editable-text';
import type { Change, Fixer } from './types';

/** An entry that says of a chunk that there is none: one that is not there says so too, in every reader. */
export const fixByRemovingEntry: Fixer = ({ finding, set, text }) => {
  const entry = set?.entryAt(finding.span.offset);
  if (entry === undefined) return [];
  const change = { kind: 'remove', document: fileText(text), span: entry.span } as const;
  return [{ title: 'Remove the entry', changes: [change], isPreferred: true }];
};

/**
 * Documents that stand as objects become the same documents as strings, without the white space between their parts: all of them, since one
 * finding is about all.
 */
export const fixNestedDocument: Fixer = ({ set, text }) => {
  const changes = set === undefined ? [] : nestedAsStrings(set, text);
  return [{ title: 'Write the metadata as a string', changes, isPreferred: true }];
};

function* nestedAsStrings(set: ReferenceSet, text: Uint8Array): Iterable<Change> {
  const document = fileText(text);
  for (const key of set.keys()) {
    const found = isMetadataKey(key) ? set.document(key) : undefined;
    if (found?.nested !== true) continue;
    const written = JSON.stringify(compactJson(textOf(document, found.span)));
    yield { kind: 'replace', document, span: found.span, text: written };
  }
}

/** `"version": "1"` and `1.0` become 1; a file with "refs" and no version gets it, before "refs", where GDAL looks for it. */
export const fixVersion: Fixer = (context) => {
  const { finding, set, text } = context;
  const document = fileText(text);
  const top = valueAt(document, { offset: finding.span.offset, length: finding.span.length });
  if (top?.path[0] === 'version' && (top.value === '1' || (top.value === 1 && textOf(document, top.span) !== '1'))) {
    const change = { kind: 'replace', document, span: top.span, text: '1' } as const;
    return [{ title: 'Write 1', changes: [change], isPreferred: true }];
  }
  const isRefs = finding.key === 'refs' && set?.version === 1 && textOf(document, finding.span) === '"refs"';
  if (!isRefs) return [];
  const change = { kind: 'before', document, at: finding.span.offset, key: 'version', value: '1' } as const;
  return [{ title: 'Add "version": 1', changes: [change], isPreferred: true }];
};

/** The key of a metadata document whose name is misspelt, where no key has the right one. */
export const fixMetadataName: Fixer = ({ finding: { key }, set, text }) => {
  const name = misspeltMetadataName(key);
  const place = set?.keySpan(key);
  if (name === undefined || place === undefined) return [];
  const right = key.slice(0, key.lastIndexOf('/') + 1) + name;
  if (set?.keySpan(right) !== undefined) return [];
  const written = JSON.stringify(right);
  const change = { kind: 'replace', document: fileText(text), span: place, text: written } as const;
  return [{ title: `Write ${JSON.stringify(name)}`, changes: [change], isPreferred: true }];
};
