import { compactJson, isJsonObject, type JsonValue } from '../json';
import { KerchunkError } from '../errors';
import { type EditableText, type PlacedValue, textOf, valueUnder } from '../validate/fixes/editable-text';
import { elementPlaces, textAt } from '../references/places';
import { documentsUnder } from '../validate/fixes/remedies';
import { editsOf } from '../validate/fixes/resolve';
import { inStyle, type Style, styleOf } from '../validate/fixes/style';
import type { Change, Fix } from '../validate/fixes/types';
import { listInWords } from '../words';
import { changedArray, parseValue } from './changed-array';
import type { PreviewDocument } from './document';
import { encodingOf } from './encoding';
import { type Encoding, type Member, membersOf } from './encoding-text';

/**
 * The fix that writes an encoding into the metadata of an array, and into the copy among consolidated metadata: of the members that differ their
 * values, of lists of codecs the codecs that do.
 * @throws KerchunkError `invalid-argument` where nothing differs, the metadata would describe no array, or they do not stand in the file as text;
 * as `encodingOf`; `cancelled`.
 */
export async function rewriteEncoding(
  document: PreviewDocument,
  path: string,
  encoding: Encoding,
  signal: AbortSignal,
): Promise<Fix> {
  const { key, zarrFormat, encoding: present } = encodingOf(document, path);
  const { array, faults } = await changedArray(document, path, encoding, signal);
  if (array === undefined) {
    const reason = faults.find(({ severity }) => severity === 'error')?.message ?? '';
    throw new KerchunkError('invalid-argument', `${key} was not written: it would describe no array. ${reason}`);
  }
  const before = new Map(membersOf(present, zarrFormat));
  const changed = membersOf(encoding, zarrFormat).filter(
    ([name, text]) => compactJson(before.get(name) ?? '') !== compactJson(text),
  );
  const changes = documentsUnder(document, key).flatMap((text) => changed.flatMap((member) => changesOf(text, member)));
  if (changes.length === 0) {
    const reason = changed.length === 0 ? 'it says this already' : 'it does not stand in the file as text';
    throw new KerchunkError('invalid-argument', `${key} was not written: ${reason}.`);
  }
  const names = listInWords(changed.map(([name]) => `"${name}"`));
  return { title: `Write ${names} of ${key}`, edits: editsOf(changes) };
}

function changesOf(document: EditableText, [name, text]: Member): Change[] {
  const placed = valueUnder(document, [name]);
  const value = parseValue(text);
  if (placed === undefined) return [{ kind: 'add', document, object: document.root, members: [[name, value]] }];
  if (Array.isArray(placed.value) && Array.isArray(value)) return listChanges(document, placed, elementsOf(text));
  return [{ kind: 'replace', document, span: placed.span, text: written(document, placed, value, text) }];
}

/** The elements of a list, each as it is written. */
function elementsOf(list: string): string[] {
  const bytes = new TextEncoder().encode(list);
  return elementPlaces(bytes, 0).map((span) => textAt(bytes, span));
}

/** Of lists as long as each other, the elements that differ; else the whole list, in which elements that were there stay as they are written. */
function listChanges(document: EditableText, list: PlacedValue, texts: readonly string[]): Change[] {
  const old = (list.value as JsonValue[]).flatMap((_, index) => valueUnder(document, [...list.path, index]) ?? []);
  const isSame = (placed: PlacedValue, text: string): boolean =>
    compactJson(textOf(document, placed.span)) === compactJson(text);
  if (old.length === texts.length) {
    return old.flatMap((placed, index): Change[] => {
      const text = texts[index] ?? 'null';
      if (isSame(placed, text)) return [];
      const value = parseValue(text);
      return [{ kind: 'replace', document, span: placed.span, text: written(document, placed, value, text) }];
    });
  }
  const style = styleIn(document, list);
  const elements = texts.map((text) => {
    const same = old.find((placed) => isSame(placed, text));
    return same === undefined ? inStyle(parseValue(text), deeper(style)) : textOf(document, same.span);
  });
  return [{ kind: 'replace', document, span: list.span, text: laidOut(elements, style) }];
}

function laidOut(elements: readonly string[], { comma, lines }: Style): string {
  if (lines === undefined || elements.length === 0) return `[${elements.join(comma)}]`;
  const { end, indent, step } = lines;
  return `[${elements.map((element) => `${end}${indent}${step}${element}`).join(',')}${end}${indent}]`;
}

/** Plain values as they were typed, others as what stood there is laid out. */
function written(document: EditableText, placed: PlacedValue, value: JsonValue, text: string): string {
  if (!Array.isArray(value) && !isJsonObject(value)) return text.trim();
  return inStyle(value, styleIn(document, placed));
}

/** The layout of a value that is an object or a list; of any other what follows from the document's own. */
function styleIn(document: EditableText, placed: PlacedValue): Style {
  if (typeof placed.value === 'object' && placed.value !== null && Object.keys(placed.value).length > 0)
    return styleOf(textOf(document, placed.span));
  const whole = valueUnder(document, []);
  return whole === undefined ? { colon: ':', comma: ',' } : deeper(styleOf(textOf(document, whole.span)));
}

function deeper({ lines, ...style }: Style): Style {
  return lines === undefined ? style : { ...style, lines: { ...lines, indent: `${lines.indent}${lines.step}` } };
}
