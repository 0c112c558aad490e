import { KerchunkError } from '../errors';
import type { ByteSource, RequestTrace } from './source';

/**
 * A local file in a browser: a source whose every read fails, since a browser has no access to the disk.
 * Reads throw KerchunkError `fetch-failed`.
 */
export const openFile: (path: string, url: string, onRequest?: (trace: RequestTrace) => void) => ByteSource = (
  path,
  url,
) => ({
  url,
  size: () => undefined,
  validator: () => undefined,
  read: () =>
    Promise.reject(
      new KerchunkError(
        'fetch-failed',
        `Can't read ${path}: VS Code in the browser has no access to local files. Open it in desktop VS Code, or put the file on a web server.`,
      ),
    ),
});
