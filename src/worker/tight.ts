/**
 * The bytes of a view in an ArrayBuffer that holds nothing else: a message would otherwise carry the whole buffer behind the view.
 * Always a copy, so that the buffer can be transferred.
 */
export function tightCopy(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(bytes);
  return copy.buffer;
}
