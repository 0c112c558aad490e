import { resolveTarget } from '../bytes/address';
import type { ByteSource, SourceOpener } from '../bytes/source';
import { KerchunkError, NotFoundError } from '../errors';
import type { FolderFile, ReferenceFolder } from '../references/parquet/folder';
import { ZMETADATA } from '../references/reference-set';

/** Bytes that are asked for first: a record file of 10,000 references and its footer mostly fit. */
const FIRST = 2 ** 17;

/**
 * The folder of a reference set in parquet at an address: of `.zmetadata` itself, or of the folder. Servers do not list folders, so every file
 * is asked for by its name.
 */
export function folderAtAddress(url: string, opener: SourceOpener): ReferenceFolder {
  const metadata = zmetadataAddress(url);
  return {
    list: () => Promise.resolve('unknown'),
    open: async (path, signal) => {
      // resolveTarget takes an address for what it is; names of arrays are parts of one.
      const encoded = /^https?:/iu.test(metadata) ? path.split('/').map(encodeURIComponent).join('/') : path;
      const source = opener.open(resolveTarget(encoded, metadata));
      try {
        return await fileOf(source, signal);
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

/** The address of `.zmetadata` of the set at `url`. */
export function zmetadataAddress(url: string): string {
  const [, path = url, query = ''] = /^([^?]*)(\?.*)?$/su.exec(url) ?? [];
  return path.endsWith(`/${ZMETADATA}`) ? url : `${path.replace(/\/+$/u, '')}/${ZMETADATA}${query}`;
}

/** Whether an address is that of a reference set in parquet by its name alone; undefined where it may be one. */
export function isParquetAddress(url: string): boolean | undefined {
  const path = pathOf(url);
  if (/(?:\/|\/\.zmetadata|\.parq(?:uet)?)$/iu.test(path)) return true;
  return /\.(?:json|gz|zst|tiff?|gtiff)$/iu.test(path) ? false : undefined;
}

/** Whether an address is that of references by its name alone. */
export function isReferenceAddress(url: string): boolean {
  return isParquetAddress(url) === true || /\.(?:json|gz|zst)$/iu.test(pathOf(url));
}

function pathOf(url: string): string {
  return /^https?:/iu.test(url) ? (url.split(/[?#]/u)[0] ?? url) : url;
}

async function fileOf(source: ByteSource, signal: AbortSignal | undefined): Promise<FolderFile> {
  const start = await source.read(0, FIRST, signal);
  const size = source.size() ?? (start.length < FIRST ? start.length : undefined);
  if (size === undefined) {
    throw new KerchunkError(
      'fetch-failed',
      `${source.url}: the server does not tell the file's size, without which a Parquet file cannot be read. It must send, and expose to web pages, Content-Range.`,
    );
  }
  const isWhole = start.length >= size;
  return {
    size,
    read: async (offset, length) => {
      if (isWhole || offset + length <= start.length) return start.slice(offset, offset + length);
      const bytes = await source.read(offset, length, signal);
      if (bytes.length === length) return bytes;
      throw new KerchunkError('short-read', `${source.url} has become shorter while it was read.`);
    },
  };
}
