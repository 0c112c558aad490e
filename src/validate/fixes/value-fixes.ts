import { isJsonObject, type JsonValue } from '../../json';
import { floatName } from '../../zarr/float-names';
import { concernedBy, documentsUnder, replaced } from './remedies';
import { textOf, valueUnder } from './editable-text';
import type { Change, Fixer } from './types';

/** Text that is a number as JSON writes it. */
const TEXT_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/u;

/** Spelling of a fill value, or of the parts of a complex one: "nan" is "NaN". */
export const fixFillValueSpelling: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined) return [];
  const { documents, path, value } = concerned;
  const parts = Array.isArray(value)
    ? value.map((item, index) => ({ item, path: [...path, index] }))
    : [{ item: value, path }];
  const wrong = parts.flatMap(({ item, path: at }) => {
    const spelling = typeof item === 'string' ? nameOf(item) : undefined;
    return spelling === undefined || spelling === item ? [] : [{ spelling, at }];
  });
  const [first] = wrong;
  if (first === undefined) return [];
  const changes = wrong.flatMap(({ spelling, at }) => replaced(documents, at, spelling));
  return [{ title: `Write "${first.spelling}"`, changes, isPreferred: true }];
};

/** A whole number that is written with a fraction, 0.0, or an exponent. */
export const fixWholeNumber: Fixer = (context) => {
  const concerned = concernedBy(context);
  const [document] = concerned?.documents ?? [];
  if (concerned === undefined || document === undefined) return [];
  const { documents, path, value } = concerned;
  if (typeof value !== 'number' || !Number.isInteger(value)) return [];
  const written = /^(-?\d+)\.0*$/u.exec(textOf(document, concerned.span))?.[1];
  const whole: JsonValue | undefined =
    written !== undefined ? BigInt(written) : Number.isSafeInteger(value) ? value + 0 : undefined;
  if (whole === undefined) return [];
  return [{ title: `Write ${whole}`, changes: replaced(documents, path, whole), isPreferred: true }];
};

/** A number that stands in quotes, with the digits that it has. */
export const fixTextNumber: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined || typeof concerned.value !== 'string') return [];
  const { documents, path, value } = concerned;
  const number = value.trim();
  if (!TEXT_NUMBER.test(number)) return [];
  const changes = documents.flatMap((document): Change[] => {
    const placed = valueUnder(document, path);
    return placed === undefined ? [] : [{ kind: 'replace', document, span: placed.span, text: number }];
  });
  return [{ title: `Write ${number} as a number`, changes, isPreferred: true }];
};

/** A value of which only one can be meant: "order": "c", "zarr_format": "2". */
export function fixByValue(meant: (value: JsonValue) => JsonValue | undefined): Fixer {
  return (context) => {
    const concerned = concernedBy(context);
    const value = concerned === undefined ? undefined : meant(concerned.value);
    if (concerned === undefined || value === undefined) return [];
    const { documents, path } = concerned;
    return [{ title: `Write ${JSON.stringify(value)}`, changes: replaced(documents, path, value), isPreferred: true }];
  };
}

/** Fields of a document that have one usual value, which readers take for those that are not there. */
const USUAL = {
  '.zgroup': { zarr_format: 2 },
  '.zarray': { zarr_format: 2, compressor: null, fill_value: null, order: 'C', filters: null },
} as const;

/** Adds the fields that are missing, as far as their usual value says nothing of the data. */
export const fixMissingFields: Fixer = (context) => {
  const { finding, set } = context;
  const name = finding.key.slice(finding.key.lastIndexOf('/') + 1);
  if (name !== '.zgroup' && name !== '.zarray') return [];
  const value = set?.document(finding.key)?.value;
  if (!isJsonObject(value)) return [];
  const missing = Object.entries<JsonValue>(USUAL[name]).filter(([key]) => !Object.hasOwn(value, key));
  if (missing.length === 0) return [];
  const changes = documentsUnder(context, finding.key).map((document): Change => ({
    kind: 'add',
    document,
    object: document.root,
    members: missing,
  }));
  const title = `Add ${missing.map(([key, item]) => `"${key}": ${JSON.stringify(item)}`).join(', ')}`;
  return [{ title, changes, isPreferred: true }];
};

/** The name that zarr has for what numpy and others spell in their own way: a float without digits, or no time. */
function nameOf(text: string): string | undefined {
  return floatName(text) ?? (text.toLowerCase() === 'nat' ? 'NaT' : undefined);
}
