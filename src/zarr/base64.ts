const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;
const INVALID = 255;

const codeOf = new Uint8Array(256).fill(INVALID);
for (let i = 0; i < ALPHABET.length; i++) codeOf[ALPHABET.charCodeAt(i)] = i;

/**
 * The bytes that standard base64 (RFC 4648 section 4, `+` and `/`, padded) stands for. `text` is ASCII, as bytes.
 * Returns a sentence on what is wrong, without a full stop, where it is not base64: a foreign character, a wrong length or
 * misplaced padding. Bits left over in the last group are ignored, as Python's decoder ignores them.
 */
export function decodeBase64Bytes(text: Uint8Array): Uint8Array | string {
  let length = text.length;
  if (length % 4 !== 0) {
    const foreign = text.findIndex((byte) => codeOf[byte] === INVALID && byte !== PADDING);
    if (foreign >= 0) return describeForeign(text[foreign] ?? 0, foreign);
    return `it has ${length} characters, which is no multiple of 4 (padding is missing or text was cut)`;
  }
  if (text[length - 1] === PADDING) length -= text[length - 2] === PADDING ? 2 : 1;
  const out = new Uint8Array(Math.floor((length * 3) / 4));
  let written = 0;
  let group = 0;
  for (let i = 0; i < length; i++) {
    const code = codeOf[text[i] ?? 0] ?? INVALID;
    if (code === INVALID) return describeForeign(text[i] ?? 0, i);
    group = (group << 6) | code;
    if (i % 4 === 0) continue;
    const shift = 6 - 2 * (i % 4);
    out[written++] = group >>> shift;
    group &= (1 << shift) - 1;
  }
  return out;
}

/** As `decodeBase64Bytes`, of a string; a character beyond ASCII is foreign. */
export function decodeBase64(text: string): Uint8Array | string {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = Math.min(text.charCodeAt(i), 255);
  return decodeBase64Bytes(bytes);
}

/** Standard base64 (RFC 4648 section 4) of `bytes`, padded, on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET.charAt(group >>> 18) + ALPHABET.charAt((group >>> 12) & 63);
    out += left > 1 ? ALPHABET.charAt((group >>> 6) & 63) : '=';
    out += left > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return out;
}

function describeForeign(byte: number, at: number): string {
  const shown = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
  return `character ${at + 1} is ${shown}, which is not in the base64 alphabet`;
}
