import { chunkCount, type ImageLayout } from './image';

const YCBCR = 6;

/**
 * Bytes of each chunk as the layout of an uncompressed image makes them certain, in the order of its tables; the last strip may be
 * shorter. TIFF 6.0 lets old files leave StripByteCounts out.
 * @returns undefined where the layout does not tell: for compressed images, and where pixels share chroma samples.
 */
export function uncompressedLengths(layout: ImageLayout): Float64Array | undefined {
  if (layout.compression !== 1 || layout.photometric === YCBCR) return undefined;
  const { chunksAcross, chunksDown, chunkHeight, height, tiled, planar, bitsPerSample } = layout;
  const lastRows = tiled ? chunkHeight : height - (chunksDown - 1) * chunkHeight;
  const planeBits = planar ? bitsPerSample : [bitsPerSample.reduce((sum, bits) => sum + bits, 0)];
  const lengths = new Float64Array(chunkCount(layout));
  planeBits.forEach((bits, plane) => {
    const rowBytes = Math.ceil((layout.chunkWidth * bits) / 8);
    const start = plane * chunksAcross * chunksDown;
    const end = start + chunksAcross * chunksDown;
    lengths.fill(rowBytes * chunkHeight, start, end);
    lengths.fill(rowBytes * lastRows, end - chunksAcross, end);
  });
  return lengths;
}
