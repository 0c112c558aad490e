import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../../json';
import { KerchunkError } from '../../errors';
import { memberPlace } from '../../references/places';
import type { DataType } from '../../zarr/types';
import { parseDataTypeV3 } from '../../zarr/v3-data-type';
import { parseFillValueV3 } from '../../zarr/v3-fill-value';
import { meantDataType } from '../zarr3-data-type';
import { type Concerned, concernedBy, documentsUnder, replaced } from './remedies';
import type { Change, FixContext, Fixer, Remedy } from './types';
import { fixFillValueSpelling, fixTextNumber, fixWholeNumber } from './value-fixes';

/** The head of `zarr.json`, as far as the rest of it tells. */
export const fixMissingHead: Fixer = (context) => {
  const { finding, set } = context;
  const value = set?.document(finding.key)?.value;
  if (!isJsonObject(value)) return [];
  const isArray = ['shape', 'data_type', 'chunk_grid', 'codecs'].every((name) => Object.hasOwn(value, name));
  const isGroup = Object.keys(value).every((name) =>
    ['zarr_format', 'attributes', 'consolidated_metadata'].includes(name),
  );
  const members: [string, JsonValue][] = [];
  if (value.zarr_format === undefined) members.push(['zarr_format', 3]);
  if (value.node_type === undefined && isArray !== isGroup) members.push(['node_type', isArray ? 'array' : 'group']);
  if (members.length === 0) return [];
  const changes = documentsUnder(context, finding.key).map((document): Change => ({
    kind: 'add',
    document,
    object: document.root,
    members,
  }));
  const title = `Add ${members.map(([key, item]) => `"${key}": ${JSON.stringify(item)}`).join(', ')}`;
  return [{ title, changes, isPreferred: true }];
};

/** The spelling of a fill value, where what it says is a value of the data type. */
export const fixZarr3FillValue: Fixer = (context) => {
  const concerned = concernedBy(context);
  const type = dataTypeOf(context);
  if (concerned === undefined || type === undefined) return [];
  // A complex number is a list, of which a part can be misspelt; one number does not tell both parts.
  if (type.kind === 'c' && !Array.isArray(metadataOf(context)?.fill_value)) return [];
  const { value } = concerned;
  switch (type.kind) {
    case 'b':
      return written(concerned, BOOLEANS.get(shortJson(value).toLowerCase()));
    case 'f':
    case 'c':
      return [...fixFillValueSpelling(context), ...(isOfType(numberIn(value), type) ? fixTextNumber(context) : [])];
    case 'i':
    case 'u':
      if (typeof value === 'number') return isOfType(value, type) ? fixWholeNumber(context) : [];
      return typeof value === 'string' && /^\s*-?\d+\s*$/u.test(value) && isOfType(numberIn(value), type)
        ? fixTextNumber(context)
        : [];
    case 'm':
    case 'M':
      if (typeof value === 'number') return fixWholeNumber(context);
      return written(concerned, typeof value === 'string' && /^nat$/iu.test(value) ? 'NaT' : undefined);
    case 'O':
    case 'S':
    case 'U':
    case 'V':
      return [];
  }
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['0', '"0"', '"false"'].map((text): [string, boolean] => [text, false]),
  ...['1', '"1"', '"true"'].map((text): [string, boolean] => [text, true]),
]);

/** The number that a text is, within what a double holds; NaN for any other. */
function numberIn(value: JsonValue): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? Number.NaN : number;
}

/** Whether a number is a value of the data type, or of the parts of it. */
function isOfType(value: number, type: DataType): boolean {
  if (!Number.isFinite(value)) return false;
  return orUndefined(() => parseFillValueV3(type.kind === 'c' ? [value, value] : value, type)) !== undefined;
}

/** Names of another number than there are dimensions, which zarr-python fails on: which is which no one can tell. */
export const fixNamesOfOtherNumber: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined || !Array.isArray(concerned.value)) return [];
  const changes = concerned.documents.flatMap((document): Change[] => {
    const span = memberPlace(document.bytes, document.root, concerned.path);
    return span === undefined ? [] : [{ kind: 'remove', document, span }];
  });
  return [{ title: 'Remove "dimension_names"', changes }];
};

/** `must_understand` of what cannot be passed over, which is true where it is left out. */
export const fixMustUnderstand: Fixer = (context) => {
  const concerned = concernedBy(context);
  // Of a codec it may be false.
  if (concerned === undefined || (concerned.value === false && concerned.path.includes('codecs'))) return [];
  const changes = concerned.documents.flatMap((document): Change[] => {
    const span = memberPlace(document.bytes, document.root, concerned.path);
    return span === undefined ? [] : [{ kind: 'remove', document, span }];
  });
  return [{ title: 'Remove "must_understand"', changes, isPreferred: true }];
};

/** The name of a data type as zarr v3 has it; of one of zarr v2 only where the codec "bytes" has its byte order. */
export const fixDataTypeName: Fixer = (context) => {
  const concerned = concernedBy(context);
  const document = context.set?.document(context.finding.key)?.value;
  if (concerned === undefined || typeof concerned.value !== 'string' || !isJsonObject(document)) return [];
  const meant = meantDataType(concerned.value);
  const isInOrder =
    meant?.byteOrder === undefined || meant.byteOrder === 'none' || meant.byteOrder === endianOf(document.codecs);
  return isInOrder ? written(concerned, meant?.name) : [];
};

function endianOf(codecs: JsonValue | undefined): JsonValue | undefined {
  const found = (Array.isArray(codecs) ? codecs : []).find((codec) => isJsonObject(codec) && codec.name === 'bytes');
  return isJsonObject(found) && isJsonObject(found.configuration) ? found.configuration.endian : undefined;
}

/** The data type of the array that a finding is about; undefined where it has none that is known. */
export function dataTypeOf({ finding, set }: FixContext): DataType | undefined {
  const document = set?.document(finding.key)?.value;
  const type = isJsonObject(document) ? document.data_type : undefined;
  return type === undefined ? undefined : orUndefined(() => parseDataTypeV3(type));
}

/** The metadata of the array that a finding is about. */
export function metadataOf({ finding, set }: FixContext): JsonObject | undefined {
  const document = set?.document(finding.key)?.value;
  return isJsonObject(document) ? document : undefined;
}

/** A fix that writes one value; none where it is undefined. */
export function written({ documents, path }: Concerned, value: JsonValue | undefined): Remedy[] {
  if (value === undefined) return [];
  return [{ title: `Write ${shortJson(value)}`, changes: replaced(documents, path, value), isPreferred: true }];
}

function orUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}
