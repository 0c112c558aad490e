import { RangeCache, cached } from './cache';
import { publicAddress } from './address';
import { openFile } from './file';
import { fileUrlToPath } from './file-url';
import { type HttpOptions, HttpSource } from './http';
import type { ByteSource, SourceOpener } from './source';

/** How sources are opened; all of it optional. */
export interface OpenerOptions extends HttpOptions {
  /** In place of `openFile`; a host that must ask before it reads local files does so here. */
  openLocal?: typeof openFile;
  /** Keeps bytes from the web; by default a cache of this opener's own, of 64 MiB. */
  cache?: RangeCache;
}

/**
 * An opener that gives one source for each address as it is written: http(s), s3, gs and az addresses cached, file: addresses not,
 * since the system caches these itself. A source that found its file changed stays unusable; a new opener starts afresh.
 * Its `open` throws KerchunkError `invalid-argument` for an address that nothing here reads.
 */
export function createOpener(options: OpenerOptions = {}): SourceOpener {
  const sources = new Map<string, ByteSource>();
  const cache = options.cache ?? new RangeCache();
  return {
    open(url) {
      let source = sources.get(url);
      if (source === undefined) {
        source = openSource(url, options, cache);
        sources.set(url, source);
      }
      return source;
    },
  };
}

function openSource(url: string, options: OpenerOptions, cache: RangeCache): ByteSource {
  if (publicAddress(url).startsWith('file:')) {
    return (options.openLocal ?? openFile)(fileUrlToPath(url), url, options.onRequest);
  }
  return cached(new HttpSource(url, options), cache);
}
