/** What a test server serves: bytes made on demand, so that a file of any declared size needs no memory. */
export interface Content {
  size: number;
  /** The bytes [offset, offset + length), which lie inside the file. */
  read(offset: number, length: number): Uint8Array;
}

/** A piece of a sparse file. */
export interface Piece {
  offset: number;
  bytes: Uint8Array;
}

/** A file held in memory. */
export function bytesContent(bytes: Uint8Array): Content {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A file of `size` bytes that is zero everywhere but in `pieces`; where they overlap, the later one counts. */
export function sparseContent(size: number, pieces: readonly Piece[]): Content {
  return {
    size,
    read(offset, length) {
      const block = new Uint8Array(length);
      for (const piece of pieces) {
        const start = Math.max(offset, piece.offset);
        const end = Math.min(offset + length, piece.offset + piece.bytes.length);
        if (start < end) block.set(piece.bytes.subarray(start - piece.offset, end - piece.offset), start - offset);
      }
      return block;
    },
  };
}

/** `length` bytes of which each says where it stands: byte i of the file is (i * 7 + floor(i / 256)) mod 251, never constant runs. */
export function patternBytes(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => ((from + index) * 7 + Math.floor((from + index) / 256)) % 251);
}

/** A file of `size` bytes of that pattern. */
export function patternContent(size: number): Content {
  return { size, read: (offset, length) => patternBytes(length, offset) };
}
