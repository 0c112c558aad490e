import { spacedJson, isJsonObject, type JsonObject } from '../json';
import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { textOf, valueUnder } from '../validate/fixes/editable-text';
import { documentsUnder } from '../validate/fixes/remedies';
import { metadataKey } from '../zarr/grid';
import type { CodecStep } from '../zarr/types';
import type { PreviewDocument } from './document';
import type { CodecText, Encoding } from './encoding-text';
import { jsonText } from './json-text';

/** The metadata document that an encoding stands in. */
export interface EncodedArray {
  key: string;
  zarrFormat: 2 | 3;
  value: JsonObject;
  encoding: Encoding;
}

/**
 * The encoding that the metadata of an array state.
 * @throws KerchunkError as `ReferenceSet.array`.
 */
export function encodingOf({ set, text }: Pick<PreviewDocument, 'set' | 'text'>, path: string): EncodedArray {
  const array = set.array(path);
  const key = metadataKey(array);
  const value = objectUnder(set, key);
  const [written] = documentsUnder({ set, text }, key);
  /** As it is written, but for white space; of a document in base64, which is not read as text here, as it is understood. */
  const textUnder = (path: readonly (string | number)[], otherwise: string): string => {
    const placed = written === undefined ? undefined : valueUnder(written, path);
    if (written !== undefined && placed !== undefined) return spacedJson(textOf(written, placed.span));
    const found = path.reduce<unknown>(
      (at, step) => (at as Record<string | number, unknown> | undefined)?.[step],
      value,
    );
    return found === undefined ? otherwise : spacedJson(jsonText(found as JsonObject));
  };
  const listed = (name: string, place: CodecStep['place']): CodecText[] => {
    const list = value[name];
    if (!Array.isArray(list)) return [];
    return list.map((_, index) => ({ place, text: textUnder([name, index], 'null') }));
  };
  const { zarrFormat } = array;
  if (zarrFormat === 3) {
    const codecs = listed('codecs', 'codec');
    const encoding = { dtype: textUnder(['data_type'], 'null'), order: null, codecs };
    return { key, zarrFormat, value, encoding: { ...encoding, fillValue: textUnder(['fill_value'], 'null') } };
  }
  const compressor = textUnder(['compressor'], 'null');
  return {
    key,
    zarrFormat,
    value,
    encoding: {
      dtype: textUnder(['dtype'], 'null'),
      order: textUnder(['order'], '"C"'),
      fillValue: textUnder(['fill_value'], 'null'),
      codecs: [
        ...listed('filters', 'filter'),
        ...(compressor === 'null' ? [] : [{ place: 'compressor', text: compressor } as const]),
      ],
    },
  };
}

function objectUnder(set: ReferenceSet, key: string): JsonObject {
  const value = set.document(key)?.value;
  if (isJsonObject(value)) return value;
  throw new KerchunkError('malformed-metadata', `${key} does not stand in the reference file itself.`);
}
