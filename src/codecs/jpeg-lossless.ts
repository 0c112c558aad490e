import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import { BitReader, type HuffmanTable, receiveDifference } from './jpeg-huffman';
import { missingTable, readScan, restartInterval, restartParts } from './jpeg-scan';
import { type JpegSegment, type JpegStream } from './jpeg-stream';

/**
 * Decodes a lossless image (SOF3, ITU-T T.81 annex H), which libjpeg-turbo's builds for the web do not: samples of up to 16 bits,
 * interleaved, of one byte up to 8 bits and else of two, little-endian.
 * @throws KerchunkError `unsupported-codec` for several scans, subsampled components and restarts within a row, `decode-failed`.
 */
export function decodeLosslessJpeg(stream: JpegStream, tables: readonly JpegSegment[]): Uint8Array {
  const { frame } = stream;
  const { width, height, precision } = frame;
  const count = frame.components.length;
  if (frame.components.some(({ horizontal, vertical }) => horizontal !== 1 || vertical !== 1)) {
    throw unsupported('subsampled components');
  }
  const segments = [...tables, ...stream.segments];
  const scan = readScan(stream, segments);
  if (scan.start < 1 || scan.start > 7 || scan.shift >= precision || precision > 16) {
    throw damaged(`The lossless JPEG image has predictor ${scan.start} and point transform ${scan.shift}.`);
  }
  const huffman = scan.components.map(({ dc }) => {
    if (dc === undefined) throw missingTable();
    return dc;
  });
  const interval = restartInterval(segments) || width * height;
  if (interval % width !== 0) throw unsupported('restarts within a row');

  const samples = new Uint16Array(width * height * count);
  const parts = restartParts(scan.data);
  const middle = 1 << (precision - scan.shift - 1);
  for (let first = 0; first < height; first += interval / width) {
    const part = parts.next();
    if (part.done === true) throw damaged('The JPEG image is cut off.');
    const rows = { first, end: Math.min(first + interval / width, height), width };
    decodeRows(new BitReader(part.value), huffman, samples, rows, { predictor: scan.start, middle });
  }
  return pack(samples, scan.shift, precision > 8 ? 2 : 1);
}

function unsupported(what: string): KerchunkError {
  return new KerchunkError('unsupported-codec', `Lossless JPEG with ${what} is not supported.`);
}

function decodeRows(
  reader: BitReader,
  huffman: readonly HuffmanTable[],
  samples: Uint16Array,
  { first, end, width }: { first: number; end: number; width: number },
  { predictor, middle }: { predictor: number; middle: number },
): void {
  const count = huffman.length;
  const stride = width * count;
  for (let y = first; y < end; y++) {
    for (let x = 0; x < width; x++) {
      for (const [component, table] of huffman.entries()) {
        const at = y * stride + x * count + component;
        const left = samples[at - count] ?? 0;
        const above = samples[at - stride] ?? 0;
        // The first row after a restart knows no row above, the first column no pixel to the left.
        let expected: number;
        if (y === first) expected = x === 0 ? middle : left;
        else expected = x === 0 ? above : predict(predictor, left, above, samples[at - stride - count] ?? 0);
        samples[at] = expected + receiveDifference(reader, table);
      }
    }
  }
}

/** T.81, table H.1. */
function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}

function pack(samples: Uint16Array, shift: number, itemSize: 1 | 2): Uint8Array {
  const out = new Uint8Array(samples.length * itemSize);
  samples.forEach((sample, i) => {
    const value = sample << shift;
    out[i * itemSize] = value & 0xff;
    if (itemSize === 2) out[i * 2 + 1] = (value >>> 8) & 0xff;
  });
  return out;
}
