import { KerchunkError } from '../errors';
import { joinBytes } from '../join-bytes';
import { damaged } from './decode-error';
import type { HuffmanTable } from './jpeg-huffman';
import { BitReader, BitWriter } from './jpeg-huffman';
import { missingTable, readScan, restartInterval, restartParts } from './jpeg-scan';
import type { JpegSegment, JpegStream } from './jpeg-stream';
import { Marker } from './jpeg-stream';

const BLOCK_SIDE = 8;
const COEFFICIENTS = 64;
const ZERO_RUN = 15;
const BASELINE = 0xc0;
const EXTENDED = 0xc1;

interface ScanComponent {
  dc: HuffmanTable;
  ac: HuffmanTable;
  /** Numbers of the two tables, as the scan header packs them. */
  tables: number;
  bits: BitWriter;
}

/**
 * Takes an image of interleaved components apart into one image for each group of component numbers, without decoding it: the
 * bits of every block are copied as they are into the scan of its group. This is how images of two and four components are
 * decoded by a decoder of one and three.
 * @throws KerchunkError `unsupported-codec` for progressive images, several scans and subsampled components, `decode-failed` for
 * damaged ones.
 */
export function splitComponents(
  stream: JpegStream,
  tables: readonly JpegSegment[],
  groups: readonly (readonly number[])[],
): JpegStream[] {
  const { frame } = stream;
  const even = frame.components.every(({ horizontal, vertical }) => horizontal === 1 && vertical === 1);
  if ((frame.marker !== BASELINE && frame.marker !== EXTENDED) || !even) {
    throw new KerchunkError(
      'unsupported-codec',
      `JPEG images of ${frame.components.length} components are supported only where they are sequential and not subsampled.`,
    );
  }
  const segments = [...tables, ...stream.segments].filter(
    ({ marker }) => marker !== Marker.APP0 && marker !== Marker.APP14,
  );
  const writers = groups.map(() => new BitWriter());
  const writerOf = frame.components.map((_unused, i) => writers[groups.findIndex((group) => group.includes(i))]);
  const { components, data } = readComponents(stream, segments, writerOf);
  copyBlocks(stream, data, components, writers);
  return groups.map((group, i) => ({
    ...stream,
    segments: segments.map((segment) => (isFrameOf(stream, segment) ? frameSegment(stream, group) : segment)),
    frame: { ...frame, components: group.flatMap((index) => frame.components[index] ?? []) },
    scan: joinBytes([scanHeader(stream, group, components), writers[i]?.finish() ?? new Uint8Array()]),
  }));
}

function readComponents(
  stream: JpegStream,
  segments: readonly JpegSegment[],
  writerOf: readonly (BitWriter | undefined)[],
) {
  const scan = readScan(stream, segments);
  const components = scan.components.map(({ dc, ac, tables }, i): ScanComponent => {
    const bits = writerOf[i];
    if (dc === undefined || ac === undefined || bits === undefined) throw missingTable();
    return { dc, ac, tables, bits };
  });
  return { components, data: scan.data };
}

/** Walks the blocks of the scan in their order, a block of each component in turn. */
function copyBlocks(
  { frame, segments }: JpegStream,
  data: Uint8Array,
  components: ScanComponent[],
  writers: BitWriter[],
) {
  const units = Math.ceil(frame.width / BLOCK_SIDE) * Math.ceil(frame.height / BLOCK_SIDE);
  const interval = restartInterval(segments) || units;
  const parts = restartParts(data);
  for (let unit = 0, part = 0; unit < units; unit += interval, part++) {
    const next = parts.next();
    if (next.done === true) throw damaged('The JPEG image is cut off.');
    const bytes = next.value;
    if (part > 0) for (const writer of writers) writer.marker(Marker.RESTART_0 + ((part - 1) & 7));
    const reader = new BitReader(bytes);
    for (let i = unit; i < Math.min(unit + interval, units); i++) {
      for (const component of components) copyBlock(reader, component);
    }
  }
}

function copyBlock(reader: BitReader, { dc, ac, bits }: ScanComponent): void {
  copyCode(reader, dc, bits, 0xff);
  for (let k = 1; k < COEFFICIENTS; k++) {
    const value = copyCode(reader, ac, bits, 0x0f);
    const run = value >>> 4;
    if ((value & 15) !== 0 || run === ZERO_RUN) k += run;
    else break;
  }
}

/** Copies one code and the bits after it, whose count stands in the bits of its value that `countBits` selects. */
function copyCode(reader: BitReader, table: HuffmanTable, bits: BitWriter, countBits: number): number {
  const found = reader.code(table);
  const length = found >>> 8;
  bits.write(reader.peek(length), length);
  reader.advance(length);
  const extra = found & 0xff & countBits;
  if (extra > 16) throw damaged('The JPEG image has a bad Huffman code.');
  bits.write(reader.peek(extra), extra);
  reader.advance(extra);
  return found & 0xff;
}

function isFrameOf({ frame }: JpegStream, segment: JpegSegment): boolean {
  return segment.marker === frame.marker;
}

function frameSegment({ frame }: JpegStream, group: readonly number[]): JpegSegment {
  const body = group.flatMap((index) => {
    const component = frame.components[index];
    return component === undefined ? [] : [component.id, 0x11, component.quantisation];
  });
  const { height, width, precision, marker } = frame;
  const bytes = Uint8Array.of(
    0xff,
    marker,
    0,
    8 + body.length,
    precision,
    height >>> 8,
    height & 0xff,
    width >>> 8,
    width & 0xff,
    group.length,
    ...body,
  );
  return { marker, bytes };
}

function scanHeader({ frame }: JpegStream, group: readonly number[], components: readonly ScanComponent[]): Uint8Array {
  const body = group.flatMap((index) => [frame.components[index]?.id ?? 0, components[index]?.tables ?? 0]);
  return Uint8Array.of(0xff, Marker.SCAN, 0, 6 + body.length, group.length, ...body, 0, COEFFICIENTS - 1, 0);
}
