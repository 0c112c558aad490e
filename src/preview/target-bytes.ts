import { resolveTarget } from '../bytes/address';
import { KerchunkError } from '../errors';
import { tightCopy } from '../tight';
import type { PreviewDocument } from './document';
import { checkTarget } from './target-map';
import type { TargetBytes } from './target-types';

/** Bytes that are read at once. */
const BLOCK = 4096;

/**
 * The bytes of a target from `offset` on: 4,096, or fewer at the end of the file.
 * @throws KerchunkError `invalid-argument` for an offset that is no integer from 0 below 2^53 - 4,096, `cancelled`, and what reading throws.
 */
export async function readTargetBytes(
  document: PreviewDocument,
  target: number,
  offset: number,
  signal: AbortSignal,
): Promise<TargetBytes> {
  checkTarget(document, target);
  if (!Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(offset + BLOCK)) {
    throw new KerchunkError('invalid-argument', `There is no byte ${offset}; offsets are whole numbers from 0.`);
  }
  const source = document.opener.open(resolveTarget(document.set.address(target), document.set.url));
  const bytes = await source.read(offset, BLOCK, signal);
  return { target, offset, bytes: tightCopy(bytes), size: source.size() ?? null };
}
