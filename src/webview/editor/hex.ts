/** A line of a hex dump. */
export interface HexLine {
  offset: string;
  hex: string;
  /** Printable ASCII; a dot for everything else. */
  text: string;
}

const perLine = 16;

/** Bytes as hex and ASCII, 16 a line in groups of 8; the first stands at `start`. */
export function hexDump(bytes: Uint8Array, start = 0): HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) => {
    const part = bytes.subarray(line * perLine, (line + 1) * perLine);
    const pairs = Array.from(part, (byte) => byte.toString(16).padStart(2, '0'));
    return {
      offset: (start + line * perLine).toString(16).padStart(4, '0'),
      hex: [pairs.slice(0, 8).join(' '), pairs.slice(8).join(' ')].join('  ').padEnd(3 * perLine),
      text: Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    };
  });
}
