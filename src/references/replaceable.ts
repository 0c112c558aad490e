/** What a reference file has near its beginning: a key of metadata, or, with none before it, the members of version 1. */
const METADATA = /"(?:[^"\\]*\/)?(?:\.zgroup|\.zattrs|\.zarray|\.zmetadata|zarr\.json)"\s*:/u;
const VERSION_1 = [/"version"\s*:\s*1\s*[,}]/u, /"(?:refs"\s*:\s*\{|gen"\s*:\s*\[)/u];
/** With the members in the order of their names, a long first reference may stand before the version. */
const REFS_FIRST = /^\{\s*"refs"\s*:\s*\{\s*"[^"\\]*"\s*:\s*(?:\[|"base64:)/u;

/** How many bytes of the beginning of a file tell whether it is one of references. */
export const START_BYTES = 4096;

/**
 * Whether what begins so may be replaced by references: a reference file, also one compressed by gzip, or a file that holds nothing that could be
 * lost, as an empty one or an empty object.
 */
export async function isReplaceable(start: Uint8Array): Promise<boolean> {
  if (start.length === 0) return true;
  const text = new TextDecoder().decode(await beginningOf(start)).trimStart();
  return (
    /^\{\s*\}\s*$/u.test(text) ||
    REFS_FIRST.test(text) ||
    (text.startsWith('{') && (METADATA.test(text) || VERSION_1.every((member) => member.test(text))))
  );
}

/** The first bytes of what a gzip stream holds of which the beginning is at hand; of any other file its own. */
async function beginningOf(start: Uint8Array): Promise<Uint8Array> {
  if (start[0] !== 0x1f || start[1] !== 0x8b) return start;
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  // It ends before the stream does, which is an error that is expected.
  void writer.write(new Uint8Array(start)).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read().catch(() => undefined);
  await reader.cancel().catch(() => undefined);
  return first?.value ?? new Uint8Array();
}
