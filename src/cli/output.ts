import { KerchunkError } from '../errors';
import type { Terminal } from './terminal';

/**
 * Whether a reference file stands at `path`, which writing will replace. An empty file holds nothing that could be lost.
 * @throws KerchunkError `write-failed` for any other file: what does not begin as a JSON object is not replaced.
 */
export async function replacesReferences(terminal: Terminal, path: string): Promise<boolean> {
  const start = await terminal.startOf(path);
  if (start === undefined) return false;
  if (start.length === 0 || beginsAsObject(start)) return true;
  throw new KerchunkError(
    'write-failed',
    `${path} exists and is no reference file (no JSON object); it is left as it is. Give another name with -o, or delete it first.`,
  );
}

/** Whether the first byte after a byte order mark and white space is `{`. */
function beginsAsObject(start: Uint8Array): boolean {
  return new TextDecoder().decode(start).trimStart().startsWith('{');
}
