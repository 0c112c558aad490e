import { KerchunkError } from '../../errors';
import type { JsonValue } from '../../json';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import type { ZarrArray } from '../../zarr/types';
import { consolidatedCopies } from './consolidated-copies';
import {
  documentText,
  type EditableText,
  type PlacedValue,
  textAround,
  textOf,
  valueAt,
  valueUnder,
} from './editable-text';
import { inStyle, styleOf } from './style';
import type { Change, FixContext } from './types';

/** What a finding is about: a value, and the documents in which it is to be changed, that of the finding first. */
export interface Concerned extends PlacedValue {
  documents: EditableText[];
}

/** The value that a finding stands at; undefined where it stands at none, or in base64. */
export function concernedBy({ finding, set, text }: FixContext): Concerned | undefined {
  const document = textAround(text, set, finding.span.offset);
  const placed = document === undefined ? undefined : valueAt(document, finding.span);
  if (document === undefined || placed === undefined) return undefined;
  return { ...placed, documents: withCopy({ set, text }, finding.key, document) };
}

/** The metadata document under a key, and its consolidated copies; none where it, or one of these, stands in base64. */
export function documentsUnder({ set, text }: Pick<FixContext, 'set' | 'text'>, key: string): EditableText[] {
  const document = set === undefined ? undefined : documentText(text, set, key);
  return document === undefined ? [] : withCopy({ set, text }, key, document);
}

/** As `documentsUnder`, of the array that a finding is about. */
export function arrayDocuments(context: FixContext, name: '.zarray' | '.zattrs'): EditableText[] {
  return documentsUnder(context, keyBelow(arrayPath(context), name));
}

/** The array at a path; undefined where there is none that can be read. */
export function readableArray(set: ReferenceSet | undefined, path: string): ZarrArray | undefined {
  try {
    return set?.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}

/** The path of the array that a finding is about: of that whose metadata or chunk it names. */
export function arrayPath({ finding, set }: Pick<FixContext, 'finding' | 'set'>): string {
  const { key } = finding;
  return set?.ownerOf(key)?.path ?? key.slice(0, Math.max(key.lastIndexOf('/'), 0));
}

/** The changes that put a value in place of the one under a path of each document; where it is no plain value it is laid out as that was. */
export function replaced(documents: readonly EditableText[], path: PlacedValue['path'], value: JsonValue): Change[] {
  return documents.flatMap((document): Change[] => {
    const placed = valueUnder(document, path);
    if (placed === undefined) return [];
    return [
      { kind: 'replace', document, span: placed.span, text: inStyle(value, styleOf(textOf(document, placed.span))) },
    ];
  });
}

function withCopy(
  { set, text }: Pick<FixContext, 'set' | 'text'>,
  key: string,
  document: EditableText,
): EditableText[] {
  const copies = set === undefined ? [] : consolidatedCopies(text, set, key);
  return copies === undefined ? [] : [document, ...copies];
}
