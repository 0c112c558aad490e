import type { EncodingDetails } from './what-if-types';
import { documentsUnder } from '../validate/fixes/remedies';
import { codecChoices } from './codec-choices';
import type { PreviewDocument } from './document';
import { encodingOf } from './encoding';
import { keptBytes } from './kept-chunk';
import { repairsOf } from './repairs';

/**
 * The encoding of an array, what it may be in truth by the chunk that was previewed last, and what else it could be.
 * @throws KerchunkError as `encodingOf`; `cancelled`.
 */
export async function describeEncoding(
  document: PreviewDocument,
  path: string,
  indices: readonly number[],
  signal: AbortSignal,
): Promise<EncodingDetails> {
  const { set, text } = document;
  const { key, zarrFormat, encoding } = encodingOf(document, path);
  const array = set.array(path);
  const stored = keptBytes(document, path, indices);
  return {
    key,
    zarrFormat,
    encoding,
    repairs: await repairsOf(document, array, encoding, stored, signal),
    choices: codecChoices(array),
    notWritable: whyNotWritable(document, documentsUnder({ set, text }, key).length > 0),
  };
}

function whyNotWritable({ set }: PreviewDocument, isText: boolean): string | null {
  if (set.parquet !== undefined) return 'The references stand in parquet, which is not written to from here.';
  return isText ? null : 'The metadata stand in base64, which is not edited here.';
}
