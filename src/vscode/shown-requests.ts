import { KerchunkError } from '../errors';
import type { ChunkPreview } from '../preview/types';
import type { ShownChunk } from '../webview/editor-messages';
import { BoundedMap } from './bounded-map';

type ChunkRequest = NonNullable<ChunkPreview['request']>;

/** A page shows one chunk at a time; a few more may be under way. */
const MOST_KEPT = 20;

/** The requests behind the chunks that a page shows, by their keys: their addresses may hold credentials and stay with the host. */
export class ShownRequests {
  readonly #kept = new BoundedMap<string, ChunkRequest>(MOST_KEPT);

  /** Keeps a chunk's request; what is given back may go to the page. */
  keep({ request, ...chunk }: ChunkPreview): ShownChunk {
    if (request === null) {
      this.#kept.delete(chunk.key);
      return { ...chunk, request };
    }
    this.#kept.set(chunk.key, request);
    const { shownUrl, start, end } = request;
    return { ...chunk, request: { shownUrl, start, end } };
  }

  /**
   * The request behind a chunk that was shown.
   * @throws KerchunkError `not-open` for a chunk that was not, or not lately.
   */
  get(key: string): ChunkRequest {
    const request = this.#kept.get(key);
    if (request !== undefined) return request;
    throw new KerchunkError('not-open', `The request for ${key} is not known any more. Show the chunk again.`);
  }
}
