import { damaged } from './decode-error';
import { LzmaStream, lzmaProperties } from './lzma-stream';
import type { Output } from './output';

const COMPRESSED = 0x80;
/** What the control byte of a compressed chunk resets: its two bits 5 and 6 as a number. */
const Reset = { state: 1, properties: 2, dictionary: 3 } as const;

/**
 * Decodes LZMA2 (xz-file-format.txt of XZ Utils names it; lzma2_decoder.c settles it): chunks, each LZMA or plain bytes, up to a zero
 * byte. Returns the byte of `input` behind that.
 * @throws KerchunkError `decode-failed` for damaged data, and as `Output.reserve`.
 */
export function decodeLzma2(input: Uint8Array, start: number, output: Output): number {
  const stream = new LzmaStream(input, output);
  let at = start;
  let needsDictionary = true;
  let needsProperties = true;
  const byte = (offset: number): number => {
    const value = input[at + offset];
    if (value === undefined) throw damaged('The LZMA2 data end before they are whole.');
    return value;
  };
  for (;;) {
    const control = byte(0);
    if (control === 0) return at + 1;
    const reset = (control >>> 5) & 3;
    const resetsDictionary = control === 1 || (control >= COMPRESSED && reset === Reset.dictionary);
    if ((control > 2 && control < COMPRESSED) || (needsDictionary && !resetsDictionary)) throw badControl(control);
    if (resetsDictionary) stream.resetDictionary();
    needsDictionary = false;
    if (control < COMPRESSED) {
      const size = byte(1) * 256 + byte(2) + 1;
      at += 3;
      if (at + size > input.length) throw damaged('The LZMA2 data end inside a chunk.');
      output.append(input.subarray(at, at + size));
      at += size;
      continue;
    }
    const size = (control & 0x1f) * 65536 + byte(1) * 256 + byte(2) + 1;
    const stored = byte(3) * 256 + byte(4) + 1;
    at += 5;
    if (reset >= Reset.properties) {
      stream.resetState(lzmaProperties(byte(0), true));
      needsProperties = false;
      at += 1;
    } else if (needsProperties) {
      throw badControl(control);
    } else if (reset === Reset.state) {
      stream.resetState();
    }
    decodeChunk(stream, output, input, at, stored, size);
    at += stored;
  }
}

function decodeChunk(
  stream: LzmaStream,
  output: Output,
  input: Uint8Array,
  at: number,
  stored: number,
  size: number,
): void {
  if (at + stored > input.length) throw damaged('The LZMA2 data end inside a chunk.');
  output.reserve(size);
  stream.range.begin(at, at + stored);
  const ended = stream.decode(output.length + size);
  if (ended || !stream.range.isFinished() || stream.range.at !== at + stored) {
    throw damaged('The LZMA2 data are damaged: a chunk does not end where it should.');
  }
}

function badControl(control: number): Error {
  return damaged(`The LZMA2 data are damaged: a chunk begins with the byte ${control}.`);
}
