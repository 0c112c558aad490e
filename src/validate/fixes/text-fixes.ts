import { BACKSLASH, COMMA, QUOTE } from '../../references/ascii';
import { isJsonObject } from '../../json';
import { isMetadataKey } from '../../references/documents';
import type { ReferenceSet } from '../../references/reference-set';
import { type EditableText, fileText, innerOffset, textAround, textOf } from './editable-text';
import { isTrailingComma } from './resolve';
import type { Change, Fixer, Remedy } from './types';

/** What Python calls it, and JSON. */
const PYTHON_WORDS = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
  ['nan', '"NaN"'],
  ['inf', '"Infinity"'],
]);

/** Text that is no JSON: a comma behind the last member or element, or a word of Python's; of the file, or of a metadata document. */
export const fixSyntax: Fixer = ({ finding, set, text }) => {
  const document = textAround(text, set, finding.span.offset);
  if (document === undefined) return [];
  const { bytes } = document;
  const at = innerOffset(document, finding.span.offset);
  if (bytes[at] === COMMA) return isTrailingComma(bytes, at) ? commasRemoved(document, at) : [];
  const [word = ''] = /^[A-Za-z]*/u.exec(textOf(document, { offset: at, length: 8 })) ?? [];
  const written = PYTHON_WORDS.get(word);
  if (written === undefined) return [];
  const span = { offset: at, length: word.length };
  return [remedy(`Write ${written}`, { kind: 'replace', document, span, text: written })];
};

/** The comma at `at`, or that and all like it behind it: the text was read no further, so that those are not findings yet. */
function* commasRemoved(document: EditableText, at: number): Iterable<Remedy> {
  const { bytes } = document;
  const removed = (offset: number): Change => ({ kind: 'replace', document, span: { offset, length: 1 }, text: '' });
  yield { title: 'Remove the comma', changes: [removed(at)], isPreferred: true };
  const commas = [at];
  let inString = false;
  for (let i = at + 1; i < bytes.length; i++) {
    if (inString && bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) inString = !inString;
    else if (!inString && isTrailingComma(bytes, i)) commas.push(i);
  }
  if (commas.length === 1) return;
  yield { title: `Remove ${commas.length} commas that nothing follows`, changes: commas.map(removed) };
}

export const fixByteOrderMark: Fixer = ({ text }) => [
  remedy('Remove the byte order mark', {
    kind: 'replace',
    document: fileText(text),
    span: { offset: 0, length: 3 },
    text: '',
  }),
];

/**
 * Only in metadata: a bare word in a reference is no number either when it is a string. Integers have neither NaN nor infinities, so that a fill
 * value of theirs becomes 0, or null where none is meant.
 */
export const fixBareNan: Fixer = ({ finding, set, text }) => {
  const document = textAround(text, set, finding.span.offset);
  if (document === undefined || !isMetadataKey(finding.key)) return [];
  const span = { offset: innerOffset(document, finding.span.offset), length: finding.span.length };
  const inQuotes = `"${textOf(document, span)}"`;
  return (isOfIntegers(finding.key, set) ? ['0', 'null'] : [inQuotes]).map((written, index) => {
    const mended = remedy(`Write ${written}`, { kind: 'replace', document, span, text: written });
    return index === 0 ? mended : { title: mended.title, changes: mended.changes, alternative: 'null' };
  });
};

/** Whether a key is the `.zarray` of an array of integers. */
function isOfIntegers(key: string, set: ReferenceSet | undefined): boolean {
  const document = key.endsWith('.zarray') ? set?.document(key)?.value : undefined;
  const dtype = isJsonObject(document) ? document.dtype : undefined;
  return typeof dtype === 'string' && /^[<>|=]?[iu]\d/u.test(dtype);
}

function remedy(title: string, change: Change): Remedy {
  return { title, changes: [change], isPreferred: true };
}
