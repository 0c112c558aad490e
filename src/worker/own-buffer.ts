/**
 * A buffer that holds these bytes and no others, which a message can carry away: the view's own where it holds nothing else, which must
 * then have no other user; a copy where it does.
 */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}
