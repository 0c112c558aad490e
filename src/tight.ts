/**
 * The bytes of a view in an ArrayBuffer that holds nothing else: what is sent moves away, and must take nothing else with it. Always a
 * copy.
 */
export function tightCopy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
