import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import type { HuffmanTable } from './jpeg-huffman';
import { readHuffmanTables } from './jpeg-huffman';
import type { JpegSegment, JpegStream } from './jpeg-stream';
import { Marker } from './jpeg-stream';

/** A component of a scan, and the Huffman tables that its header names; undefined where the image does not have them. */
export interface JpegScanComponent {
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
  /** Numbers of the two tables, as the scan header packs them. */
  tables: number;
}

/** A scan of all components (SOS, ITU-T T.81, B.2.3). */
export interface JpegScan {
  components: JpegScanComponent[];
  /** Ss: the first coefficient, or the predictor of a lossless image. */
  start: number;
  /** Al: the point transform. */
  shift: number;
  /** What follows the header, to the end of the image. */
  data: Uint8Array;
}

/**
 * Reads the header of the only scan.
 * @param segments tables among them, the later ones overruling the earlier.
 * @throws KerchunkError `unsupported-codec` where it is not the only one, `decode-failed` where its components are not those of the frame.
 */
export function readScan({ scan, frame }: JpegStream, segments: readonly JpegSegment[]): JpegScan {
  const count = scan[4] ?? 0;
  if (count !== frame.components.length) {
    throw new KerchunkError(
      'unsupported-codec',
      'JPEG images of several scans are not supported with this colour space.',
    );
  }
  const huffman = readHuffmanTables(
    segments.filter(({ marker }) => marker === Marker.HUFFMAN).map(({ bytes }) => bytes),
  );
  const components = frame.components.map(({ id }, i): JpegScanComponent => {
    const tables = scan[6 + 2 * i] ?? 0;
    if (scan[5 + 2 * i] !== id) throw missingTable();
    return { tables, dc: huffman.get(tables >>> 4), ac: huffman.get(16 | (tables & 15)) };
  });
  const end = 5 + 2 * count;
  return { components, start: scan[end] ?? 0, shift: (scan[end + 2] ?? 0) & 15, data: scan.subarray(end + 3) };
}

export function missingTable(): KerchunkError {
  return damaged('The scan of the JPEG image names a component or Huffman table that it does not have.');
}

/** The entropy-coded bytes between restart markers, without stuffing, up to any other marker; a part only once it is asked for. */
export function* restartParts(data: Uint8Array): Generator<Uint8Array, void> {
  for (let start = 0; start <= data.length;) {
    const end = markerOffset(data, start);
    yield withoutStuffing(data.subarray(start, end));
    if (((data[end + 1] ?? Marker.END) & 0xf8) !== Marker.RESTART_0) return;
    start = end + 2;
  }
}

/** Where the next marker begins, at `from` or behind it; the end of the data where there is none. */
function markerOffset(data: Uint8Array, from: number): number {
  for (let at = data.indexOf(0xff, from); at >= 0; at = data.indexOf(0xff, at + 1)) {
    const next = data[at + 1] ?? Marker.END;
    if (next === 0) at++;
    else if (next !== 0xff) return at;
  }
  return data.length;
}

/** The bytes without the zero that follows each 0xFF of the data, and without those 0xFF that only fill. */
function withoutStuffing(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  let length = 0;
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] ?? 0;
    if (byte === 0xff && data[++at] !== 0) at--;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** MCUs between restart markers (DRI); 0 where there are none. */
export function restartInterval(segments: readonly JpegSegment[]): number {
  const found = segments.findLast(({ marker }) => marker === Marker.RESTART_INTERVAL)?.bytes;
  return found === undefined ? 0 : ((found[4] ?? 0) << 8) | (found[5] ?? 0);
}
