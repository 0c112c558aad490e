import { sleep, throwIfCancelled } from '../bytes/cancel';
import { joinBytes } from '../join-bytes';

/** A text document, as far as its text goes. */
export interface TextLines {
  readonly version: number;
  readonly lineCount: number;
  /** 2: lines end in CR LF, as `vscode.EndOfLine`. */
  readonly eol: number;
  lineAt(line: number): { readonly text: string };
}

/** UTF-16 units that are encoded at once: a few milliseconds. */
const PIECE = 2 ** 21;

/**
 * The text as UTF-8, in a buffer of its own. Encoded in pieces with pauses between them, in which the host does other things; begun anew
 * where the text has changed in a pause.
 * @throws KerchunkError `cancelled`.
 */
export async function encodeText(document: TextLines, signal: AbortSignal): Promise<ArrayBuffer> {
  for (;;) {
    const { version } = document;
    const parts: Uint8Array[] = [];
    const encoder = new TextEncoder();
    for (const piece of piecesOf(document)) {
      parts.push(encoder.encode(piece));
      await sleep(0, signal);
      if (document.version !== version) break;
    }
    throwIfCancelled(signal);
    if (document.version === version) return joinBytes(parts).buffer;
  }
}

/** The text in pieces of `PIECE` units and one line more at most, a longer line in several; no surrogate pair is cut in two. */
function* piecesOf(document: TextLines): Generator<string> {
  const eol = document.eol === 2 ? '\r\n' : '\n';
  let piece = '';
  for (let line = 0; line < document.lineCount; line++) {
    piece += (line === 0 ? '' : eol) + document.lineAt(line).text;
    let at = 0;
    while (piece.length - at >= PIECE) {
      const end = at + PIECE - (/[\ud800-\udbff]/.test(piece.charAt(at + PIECE - 1)) ? 1 : 0);
      yield piece.slice(at, end);
      at = end;
    }
    if (at > 0) piece = piece.slice(at);
  }
  yield piece;
}
