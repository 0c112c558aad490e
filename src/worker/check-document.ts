import type { ByteSource, SourceOpener } from '../bytes/source';
import { checkSource } from '../check/check-source';
import { KerchunkError } from '../errors';
import type { PreviewDocument } from '../preview/document';
import { findingGroups } from '../preview/findings';
import type { SourceCheck } from '../preview/types';

/** Milliseconds between two messages of progress. */
const INTERVAL = 200;

/**
 * Checks a document against the TIFFs behind it. Their headers are read anew: a file may have changed since the document was opened.
 * @throws KerchunkError `cancelled`.
 */
export async function checkDocument(
  { set, text, positions, opener }: PreviewDocument,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<SourceCheck> {
  const cost = { reads: 0, bytes: 0 };
  let told = -Infinity;
  const { groups, ...extent } = await checkSource(set, text, {
    opener: countingOpener(opener, cost),
    signal,
    onProgress: (message) => {
      const now = performance.now();
      if (now - told < INTERVAL) return;
      told = now;
      tell(message);
    },
  });
  return { groups: findingGroups(groups, positions, set), ...extent, ...cost };
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
