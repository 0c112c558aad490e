import type { EncodingFault, EncodingPlace } from './what-if-types';
import { type JsonObject, isJsonObject, type JsonValue } from '../json';
import { KerchunkError } from '../errors';
import { parseReferences } from '../references/parse';
import { elementPlaces, placeAt } from '../references/places';
import type { ReferenceSet } from '../references/reference-set';
import { JsonCursor, JsonSyntaxError } from '../references/scan';
import type { TextSpan } from '../references/types';
import type { Finding } from '../validate/types';
import { validateReferences } from '../validate/validate';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { PreviewDocument } from './document';
import { encodingOf } from './encoding';
import { type CodecText, type Encoding, type Member, membersOf } from './encoding-text';
import { jsonText } from './json-text';

/** An array as its metadata would describe it with another encoding; undefined where they would describe none. */
export interface ChangedArray {
  array: ZarrArray | undefined;
  faults: EncodingFault[];
}

/** Characters that one value of an encoding may have. */
const MOST_CHARACTERS = 1_000_000;

/**
 * The array at a path with another encoding, read by the parser and checked by the rules that read and check files.
 * @throws KerchunkError as `encodingOf`; `cancelled`.
 */
export async function changedArray(
  document: Pick<PreviewDocument, 'set' | 'text'>,
  path: string,
  encoding: Encoding,
  signal: AbortSignal,
): Promise<ChangedArray> {
  const { key, zarrFormat, value } = encodingOf(document, path);
  const faults = syntaxFaults(encoding);
  if (faults.length > 0) return { array: undefined, faults };
  const text = referencesOf(key, value, membersOf(encoding, zarrFormat), attributesOf(document.set, path));
  const set = parseReferences(text);
  const findings = await validateReferences(set, text, { signal });
  const places = placesOf(text, set, key, zarrFormat, encoding.codecs);
  const found = findings.flatMap((finding) => faultOf(finding, key, places));
  try {
    return { array: set.array(path), faults: found };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    const isTold = found.some(({ severity }) => severity === 'error');
    const whole: EncodingFault = { place: null, severity: 'error', message: error.message };
    return { array: undefined, faults: isTold ? found : [...found, whole] };
  }
}

function syntaxFaults({ dtype, order, fillValue, codecs }: Encoding): EncodingFault[] {
  const texts: [EncodingPlace, string][] = [
    ['dtype', dtype],
    ['order', order ?? 'null'],
    ['fillValue', fillValue],
    ...codecs.map(({ text }, position): [number, string] => [position, text]),
  ];
  return texts.flatMap(([place, text]) => {
    const message = syntaxFault(text);
    return message === undefined ? [] : [{ place, severity: 'error' as const, message }];
  });
}

function syntaxFault(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return `This has more than ${MOST_CHARACTERS.toLocaleString('en-US')} characters.`;
  try {
    parseValue(text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return `This is not JSON: ${error.detail}.`;
    throw error;
  }
}

/** A JSON value that is all of a text. @throws JsonSyntaxError. */
export function parseValue(text: string): JsonValue {
  const cursor = new JsonCursor(new TextEncoder().encode(text));
  const value = cursor.value();
  cursor.finish();
  return value;
}

/** A reference file of this array's metadata alone. */
function referencesOf(
  key: string,
  value: JsonObject,
  members: readonly Member[],
  attributes: readonly Member[],
): Uint8Array {
  const changed = new Map<string, string>(Object.entries(value).map(([name, item]) => [name, jsonText(item)]));
  for (const [name, text] of members) changed.set(name, text);
  const objectOf = (entries: Iterable<Member>): string =>
    `{${[...entries].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
  return new TextEncoder().encode(objectOf([[key, objectOf(changed)], ...attributes]));
}

function attributesOf(set: ReferenceSet, path: string): Member[] {
  const key = keyBelow(path, '.zattrs');
  const value = set.document(key)?.value;
  return isJsonObject(value) ? [[key, jsonText(value)]] : [];
}

type PlacedParts = readonly (readonly [EncodingPlace, TextSpan])[];

/** Where in the text each part of the encoding stands, codecs before the lists that hold them. */
function placesOf(
  text: Uint8Array,
  set: ReferenceSet,
  key: string,
  zarrFormat: 2 | 3,
  codecs: readonly CodecText[],
): PlacedParts {
  const root = set.document(key)?.span.offset;
  if (root === undefined) return [];
  const at = (place: EncodingPlace, name: string): [EncodingPlace, TextSpan][] => {
    const span = placeAt(text, root, [name]);
    return span === undefined ? [] : [[place, span]];
  };
  const list = placeAt(text, root, [zarrFormat === 3 ? 'codecs' : 'filters']);
  const isList = list !== undefined && text[list.offset] === '['.charCodeAt(0);
  const elements = isList ? elementPlaces(text, list.offset) : [];
  const compressor = codecs.findIndex(({ place }) => place === 'compressor');
  return [
    ...elements.map((span, position): [number, TextSpan] => [position, span]),
    ...(compressor === -1 ? [] : at(compressor, 'compressor')),
    ...at('dtype', zarrFormat === 3 ? 'data_type' : 'dtype'),
    ...at('fillValue', 'fill_value'),
    ...at('order', 'order'),
    ...at(null, zarrFormat === 3 ? 'codecs' : 'filters'),
    ...at(null, 'compressor'),
  ];
}

/** Findings about the encoding; what else the file may have is no matter of it. */
function faultOf({ key, span, severity, message }: Finding, document: string, places: PlacedParts): EncodingFault[] {
  if (key !== document || severity === 'info') return [];
  const part = places.find(
    ([, { offset, length }]) => span.offset >= offset && span.offset + span.length <= offset + length,
  );
  return part === undefined ? [] : [{ place: part[0], severity, message }];
}
