import { joinBytes } from '../join-bytes';
import { damaged } from './decode-error';

/** Marker codes of ITU-T T.81, table B.1, without the 0xFF before them. */
export const Marker = {
  START: 0xd8,
  END: 0xd9,
  SCAN: 0xda,
  QUANTISATION: 0xdb,
  RESTART_INTERVAL: 0xdd,
  HUFFMAN: 0xc4,
  ARITHMETIC: 0xcc,
  APP0: 0xe0,
  APP14: 0xee,
  RESTART_0: 0xd0,
} as const;

/** A marker segment before the first scan; `bytes` begins with the marker and its length. */
export interface JpegSegment {
  marker: number;
  bytes: Uint8Array;
}

export interface JpegComponent {
  id: number;
  horizontal: number;
  vertical: number;
  quantisation: number;
}

/** The frame header (SOF). */
export interface JpegFrame {
  /** Marker code: 0xC0 baseline, 0xC1 extended sequential, 0xC2 progressive, … */
  marker: number;
  precision: number;
  width: number;
  height: number;
  components: JpegComponent[];
}

/** An image taken apart as far as its first scan, which is left as it stands. */
export interface JpegStream {
  segments: JpegSegment[];
  frame: JpegFrame;
  /** From the SOS marker to the end. */
  scan: Uint8Array;
  jfif: boolean;
  /** Transform flag of the Adobe marker (APP14): 0 none, 1 YCbCr, 2 YCCK. */
  adobeTransform: number | undefined;
}

/**
 * Takes an image apart, up to its first scan.
 * @throws KerchunkError `decode-failed` where it begins with no SOI, has no frame header or no scan.
 */
export function readJpegStream(bytes: Uint8Array): JpegStream {
  if (bytes[0] !== 0xff || bytes[1] !== Marker.START)
    throw damaged('The bytes do not begin as a JPEG image does (FF D8).');
  const { segments, end } = readSegments(bytes);
  if (bytes[end + 1] !== Marker.SCAN) throw damaged('The JPEG image has no scan.');
  const frameSegment = segments.find(({ marker }) => isFrame(marker));
  if (frameSegment === undefined) throw damaged('The JPEG image has no frame header.');
  const adobe = segments.find(
    ({ marker, bytes: b }) => marker === Marker.APP14 && hasText(b, 'Adobe') && b.length >= 16,
  );
  return {
    segments,
    frame: readFrame(frameSegment),
    scan: bytes.subarray(end),
    jfif: segments.some(({ marker, bytes: b }) => marker === Marker.APP0 && hasText(b, 'JFIF')),
    adobeTransform: adobe?.bytes[15],
  };
}

/** The quantisation and Huffman tables of a tables-only stream (TIFF tag 347), as segments to put into an image. */
export function readJpegTables(bytes: Uint8Array): JpegSegment[] {
  const tables: readonly number[] = [Marker.QUANTISATION, Marker.HUFFMAN, Marker.ARITHMETIC];
  return readSegments(bytes).segments.filter(({ marker }) => tables.includes(marker));
}

function readSegments(bytes: Uint8Array): { segments: JpegSegment[]; end: number } {
  const segments: JpegSegment[] = [];
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw damaged('The JPEG stream ends or breaks off in its headers.');
    if (marker === Marker.SCAN || marker === Marker.END) return { segments, end: at };
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw damaged('A segment of the JPEG stream ends outside it.');
    segments.push({ marker, bytes: bytes.subarray(at, end) });
    at = end;
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readFrame({ marker, bytes }: JpegSegment): JpegFrame {
  const byte = (at: number): number => bytes[at] ?? 0;
  const count = byte(9);
  if (bytes.length < 10 + 3 * count || count === 0) throw damaged('The frame header of the JPEG image is too short.');
  const components = Array.from({ length: count }, (_unused, i) => {
    const at = 10 + 3 * i;
    return {
      id: byte(at),
      horizontal: byte(at + 1) >>> 4,
      vertical: byte(at + 1) & 15,
      quantisation: byte(at + 2),
    };
  });
  return { marker, precision: byte(4), height: (byte(5) << 8) | byte(6), width: (byte(7) << 8) | byte(8), components };
}

function hasText(segment: Uint8Array, text: string): boolean {
  return Array.from(text).every((letter, i) => segment[4 + i] === letter.charCodeAt(0));
}

/** How a decoder is told which colours three components are: the transform flag of an Adobe marker. */
export type AdobeTransform = 0 | 1;

const ADOBE = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0];

/**
 * Puts an image together again: `tables` first, then its own segments, whose tables overrule them; its JFIF and Adobe markers
 * left out and an Adobe marker of ours put in, so that the decoder converts colours as it is told; an end marker where there is none.
 */
export function writeJpegStream(
  stream: JpegStream,
  tables: readonly JpegSegment[],
  transform: AdobeTransform,
): Uint8Array {
  const own = stream.segments.filter(({ marker }) => marker !== Marker.APP0 && marker !== Marker.APP14);
  return joinBytes([
    Uint8Array.of(0xff, Marker.START, ...ADOBE, transform),
    ...[...tables, ...own].map((segment) => segment.bytes),
    stream.scan,
    Uint8Array.of(0xff, Marker.END),
  ]);
}
