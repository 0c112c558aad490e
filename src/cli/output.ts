import { KerchunkError } from '../errors';
import type { Terminal } from './terminal';

/** What a reference file has near its beginning: a key of metadata, or, with none before it, the members of version 1. */
const KEYS = /"(?:[^"\\]*\/)?(?:\.zgroup|\.zattrs|\.zarray|\.zmetadata|zarr\.json)"|"(?:refs|templates)"\s*:\s*\{/u;

/**
 * Whether a reference file stands at `path`, which writing will replace. An empty file, or object, holds nothing that could be lost.
 * @throws KerchunkError `write-failed` for any other file: what has no key of references in its first bytes is not replaced.
 */
export async function replacesReferences(terminal: Terminal, path: string): Promise<boolean> {
  const start = await terminal.startOf(path);
  if (start === undefined) return false;
  const text = new TextDecoder().decode(start).trimStart();
  if (start.length === 0 || /^\{\s*\}\s*$/u.test(text) || (text.startsWith('{') && KEYS.test(text))) return true;
  throw new KerchunkError(
    'write-failed',
    `${path} exists and is no reference file; it is left as it is. Give another name with -o, or delete it first.`,
  );
}
