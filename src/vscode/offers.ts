import { KerchunkError } from '../errors';
import type { RefusedItem } from '../webview/messages';

/** References cannot hold a TIFF, and something can be done about it here. */
export class OfferingRefusal extends KerchunkError {
  constructor(
    { code, message }: KerchunkError,
    readonly offers: Pick<RefusedItem, 'rowsToCut' | 'shown'>,
  ) {
    super(code, message);
  }
}

/**
 * A refusal with what can be done about it; any other error as it is.
 * @param rowsToCut of the image that a message names. @param canShow whether the pixels are decoded here; where that fails, showing them is
 * not offered.
 */
export async function withOffers(
  error: unknown,
  rowsToCut: (message: string) => number | undefined,
  canShow: () => Promise<boolean>,
): Promise<unknown> {
  if (!(error instanceof KerchunkError)) return error;
  const isShort = error.code === 'short-last-strip';
  if (!isShort && error.code !== 'not-expressible') return error;
  const rows = isShort ? rowsToCut(error.message) : undefined;
  // The refusal says more than why nobody could be asked.
  const shown = await canShow().catch(() => false);
  return new OfferingRefusal(error, {
    ...(rows === undefined ? {} : { rowsToCut: rows }),
    ...(shown ? { shown } : {}),
  });
}
