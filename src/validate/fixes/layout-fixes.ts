import { compactJson } from '../../json';
import { memberPlaces } from '../../references/places';
import { misspeltMetadataName } from '../metadata-names';
import { fileText, textOf, valueAt } from './editable-text';
import type { Fixer } from './types';

/** An entry that says of a chunk that there is none: one that is not there says so too, in every reader. */
export const fixByRemovingEntry: Fixer = ({ finding, set, text }) => {
  const entry = set?.entryAt(finding.span.offset);
  if (entry === undefined) return [];
  const change = { kind: 'remove', document: fileText(text), span: entry.span } as const;
  return [{ title: 'Remove the entry', changes: [change], isPreferred: true }];
};

/** A document that stands as an object becomes the same document as a string, without the white space between its parts. */
export const fixNestedDocument: Fixer = ({ finding, set, text }) => {
  const entry = set?.entryAt(finding.span.offset);
  if (entry === undefined) return [];
  const document = fileText(text);
  const { value } = memberPlaces(text, entry.span.offset);
  const nested = textOf(document, value);
  if (!nested.startsWith('{')) return [];
  const written = JSON.stringify(compactJson(nested));
  const change = { kind: 'replace', document, span: value, text: written } as const;
  return [{ title: 'Write the metadata as a string', changes: [change], isPreferred: true }];
};

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
