import type { ByteSource, SourceOpener } from '../bytes/source';
import { checkReach } from '../check/check-reach';
import { checkSource } from '../check/check-source';
import { KerchunkError } from '../errors';
import type { PreviewDocument } from '../preview/document';
import { findingGroups } from '../preview/findings';
import type { ReachCheck, SourceCheck } from '../preview/types';

/** Milliseconds between two messages of progress. */
const INTERVAL = 200;

/**
 * Checks a document against the TIFFs behind it. Their headers are read anew: a file may have changed since the document was opened.
 * @param opener of files as they are now.
 * @throws KerchunkError `cancelled`.
 */
export async function checkDocument(
  { set, text, positions }: PreviewDocument,
  opener: SourceOpener,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<SourceCheck> {
  const cost = { reads: 0, bytes: 0 };
  const { groups, ...extent } = await checkSource(set, text, {
    opener: countingOpener(opener, cost),
    signal,
    onProgress: nowAndThen(tell),
  });
  return { groups: findingGroups(groups, positions, set), ...extent, ...cost };
}

/**
 * Checks whether the files behind a document can be reached, and its ranges end within them.
 * @param opener of files as they are now.
 * @throws KerchunkError `cancelled`.
 */
export async function checkReachOf(
  { set, text, positions }: PreviewDocument,
  opener: SourceOpener,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<ReachCheck> {
  const { groups, ...extent } = await checkReach(set, text, { opener, signal, onProgress: nowAndThen(tell) });
  return { groups: findingGroups(groups, positions, set), ...extent };
}

/** Passes on the first message, and none within an interval of the one before. */
function nowAndThen(tell: (message: string) => void): (message: string) => void {
  let told = -Infinity;
  return (message) => {
    const now = performance.now();
    if (now - told < INTERVAL) return;
    told = now;
    tell(message);
  };
}

/** Counts what is read. A read that fails is tried once more: the host lets go of what it knew of a file that has changed since. */
function countingOpener(opener: SourceOpener, cost: { reads: number; bytes: number }): SourceOpener {
  return {
    open: (url) => {
      const source = opener.open(url);
      const once: ByteSource['read'] = async (offset, length, signal) => {
        cost.reads += 1;
        const bytes = await source.read(offset, length, signal);
        cost.bytes += bytes.length;
        return bytes;
      };
      return {
        url: source.url,
        size: () => source.size(),
        validator: () => source.validator(),
        ignoresRanges: () => source.ignoresRanges?.(),
        read: async (offset, length, signal) => {
          try {
            return await once(offset, length, signal);
          } catch (error) {
            if (!(error instanceof KerchunkError) || error.code !== 'fetch-failed') throw error;
            return once(offset, length, signal);
          }
        },
      };
    },
  };
}
