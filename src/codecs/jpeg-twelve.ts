import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import type { ColourPlan } from './jpeg-colour';
import { BitReader, type HuffmanTable, receive, receiveDifference } from './jpeg-huffman';
import { inverseDct } from './jpeg-inverse-dct';
import { missingTable, readScan, restartInterval, restartParts } from './jpeg-scan';
import type { JpegComponent, JpegSegment, JpegStream } from './jpeg-stream';
import { Marker } from './jpeg-stream';
import { type JpegPlane, upsample } from './jpeg-upsample';

const SIDE = 8;
const COEFFICIENTS = 64;
const LARGEST = 4095;
const CENTRE = 2048;

/** A component while its blocks are decoded. */
interface Component {
  dc: HuffmanTable;
  ac: HuffmanTable;
  /** In zigzag order. */
  quantisation: Uint16Array;
  /** Blocks of it in an MCU, across and down. */
  across: number;
  down: number;
  plane: JpegPlane;
  previous: number;
}

/**
 * Decodes a sequential image of 12 bits (SOF0 and SOF1), which the libjpeg-turbo for the web does not, equal to libjpeg-turbo 3 to the bit:
 * samples of 16 bits, interleaved, little-endian.
 * @throws KerchunkError `unsupported-codec` for several scans, four components converted and odd subsampling, `decode-failed`.
 */
export function decodeTwelveBitJpeg(stream: JpegStream, tables: readonly JpegSegment[], plan: ColourPlan): Uint8Array {
  const { width, height, components: stated } = stream.frame;
  const most = {
    across: Math.max(...stated.map(({ horizontal }) => horizontal)),
    down: Math.max(...stated.map(({ vertical }) => vertical)),
  };
  // The only component of an image fills it whatever factors it states.
  const alone = stated.length === 1;
  const spans = stated.map(({ horizontal, vertical }) =>
    alone ? [1, 1] : [most.across / horizontal, most.down / vertical],
  );
  if (plan === 'ycck-to-cmyk') throw unsupported('YCCK colours');
  if (spans.flat().some((span) => span !== 1 && span !== 2))
    throw unsupported('components at other than half the size');
  const planes = decodePlanes(stream, tables, alone ? { across: 1, down: 1 } : most, alone);
  const full = planes.map((plane, i) => upsample(plane, spans[i]?.[0] ?? 1, spans[i]?.[1] ?? 1, width, height));
  return interleave(convert(full, plan));
}

function unsupported(what: string): KerchunkError {
  return new KerchunkError('unsupported-codec', `JPEG of 12 bits with ${what} is not supported.`);
}

function decodePlanes(
  stream: JpegStream,
  tables: readonly JpegSegment[],
  most: { across: number; down: number },
  alone: boolean,
): JpegPlane[] {
  const { width, height } = stream.frame;
  const segments = [...tables, ...stream.segments];
  const scan = readScan(stream, segments);
  const quantisation = readQuantisation(segments);
  const unitsAcross = Math.ceil(width / (SIDE * most.across));
  const unitsDown = Math.ceil(height / (SIDE * most.down));
  const components = stream.frame.components.map((component, i): Component => {
    const found = quantisation.get(component.quantisation);
    const { dc, ac } = scan.components[i] ?? {};
    if (dc === undefined || ac === undefined || found === undefined) throw missingTable();
    const [across, down] = alone ? [1, 1] : [component.horizontal, component.vertical];
    const plane = emptyPlane(component, { unitsAcross, unitsDown, across, down, most, width, height });
    return { dc, ac, quantisation: found, across, down, plane, previous: 0 };
  });
  const units = unitsAcross * unitsDown;
  const interval = restartInterval(segments) || units;
  const parts = restartParts(scan.data);
  for (let first = 0; first < units; first += interval) {
    const part = parts.next();
    if (part.done === true) throw damaged('The JPEG image is cut off.');
    const reader = new BitReader(part.value);
    for (const component of components) component.previous = 0;
    for (let unit = first; unit < Math.min(first + interval, units); unit++) {
      for (const component of components)
        decodeUnit(reader, component, unit % unitsAcross, Math.floor(unit / unitsAcross));
    }
  }
  return components.map(({ plane }) => plane);
}

function emptyPlane(
  { horizontal, vertical }: JpegComponent,
  size: {
    unitsAcross: number;
    unitsDown: number;
    across: number;
    down: number;
    most: { across: number; down: number };
    width: number;
    height: number;
  },
): JpegPlane {
  const { unitsAcross, unitsDown, across, down, most, width, height } = size;
  const stride = unitsAcross * across * SIDE;
  return {
    samples: new Uint16Array(stride * unitsDown * down * SIDE),
    stride,
    columns: most.across === 1 ? width : Math.ceil((width * horizontal) / most.across),
    rows: most.down === 1 ? height : Math.ceil((height * vertical) / most.down),
  };
}

function decodeUnit(reader: BitReader, component: Component, unitX: number, unitY: number): void {
  const { plane, across, down } = component;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const block = decodeBlock(reader, component);
      const start = (unitY * down + y) * SIDE * plane.stride + (unitX * across + x) * SIDE;
      for (let i = 0; i < COEFFICIENTS; i++) {
        const sample = (block[i] ?? 0) + CENTRE;
        plane.samples[start + (i >>> 3) * plane.stride + (i & 7)] = clamp(sample);
      }
    }
  }
}

function decodeBlock(reader: BitReader, component: Component): Float64Array {
  const { quantisation, dc, ac } = component;
  const block = new Float64Array(COEFFICIENTS);
  component.previous += receiveDifference(reader, dc);
  block[0] = component.previous * (quantisation[0] ?? 0);
  for (let k = 1; k < COEFFICIENTS; k++) {
    const found = reader.code(ac);
    reader.advance(found >>> 8);
    const run = (found & 0xff) >>> 4;
    const bits = found & 15;
    if (bits === 0 && run !== 15) break;
    k += run;
    if (bits > 0) block[ZIGZAG[k] ?? 0] = receive(reader, bits) * (quantisation[k] ?? 0);
  }
  inverseDct(block);
  return block;
}

/** Tables of DQT segments (ITU-T T.81, B.2.4.1) by their number, in zigzag order. */
function readQuantisation(segments: readonly JpegSegment[]): Map<number, Uint16Array> {
  const tables = new Map<number, Uint16Array>();
  for (const { marker, bytes } of segments) {
    if (marker !== Marker.QUANTISATION) continue;
    for (let at = 4; at < bytes.length;) {
      const wide = (bytes[at] ?? 0) >>> 4 === 1;
      const number = (bytes[at] ?? 0) & 15;
      const start = at + 1;
      const size = wide ? 2 : 1;
      const value = (i: number): number => bytes[start + i] ?? 0;
      tables.set(
        number,
        Uint16Array.from({ length: COEFFICIENTS }, (_unused, i) =>
          wide ? (value(2 * i) << 8) | value(2 * i + 1) : value(i),
        ),
      );
      at = start + COEFFICIENTS * size;
    }
  }
  return tables;
}

/** Place in a block, row by row, of each coefficient in the order of the stream (T.81, figure 5). */
const ZIGZAG = Uint8Array.from(
  Array.from({ length: COEFFICIENTS }, (_unused, place) => ({ place, x: place & 7, y: place >>> 3 }))
    .sort((a, b) => a.x + a.y - b.x - b.y || ((a.x + a.y) % 2 === 0 ? a.x - b.x : a.y - b.y))
    .map(({ place }) => place),
);

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), LARGEST);
}

function convert(planes: Uint16Array[], plan: ColourPlan): Uint16Array[] {
  const [first] = planes;
  if (first === undefined || plan === 'none') return planes;
  if (plan === 'luma') return [first];
  return plan === 'grey-to-rgb' ? [first, first, first] : toRgb(planes);
}

const FRACTION = 2 ** 16;
const fixed = (value: number): number => Math.floor(value * FRACTION + 0.5);
const [RED_CR, GREEN_CB, GREEN_CR, BLUE_CB] = [fixed(1.402), fixed(0.34414), fixed(0.71414), fixed(1.772)];

/** YCbCr to RGB in libjpeg's fixed-point numbers of 16 bits. */
function toRgb([luma, blue, red]: Uint16Array[]): Uint16Array[] {
  const size = luma?.length ?? 0;
  const out = [new Uint16Array(size), new Uint16Array(size), new Uint16Array(size)] as const;
  for (let i = 0; i < size; i++) {
    const y = luma?.[i] ?? 0;
    const cb = (blue?.[i] ?? 0) - CENTRE;
    const cr = (red?.[i] ?? 0) - CENTRE;
    out[0][i] = clamp(y + Math.floor((RED_CR * cr + FRACTION / 2) / FRACTION));
    out[1][i] = clamp(y + Math.floor((-GREEN_CB * cb - GREEN_CR * cr + FRACTION / 2) / FRACTION));
    out[2][i] = clamp(y + Math.floor((BLUE_CB * cb + FRACTION / 2) / FRACTION));
  }
  return [...out];
}

function interleave(planes: readonly Uint16Array[]): Uint8Array {
  const count = planes.length;
  const out = new Uint8Array((planes[0]?.length ?? 0) * count * 2);
  planes.forEach((plane, p) => {
    plane.forEach((value, i) => {
      const at = (i * count + p) * 2;
      out[at] = value & 0xff;
      out[at + 1] = value >>> 8;
    });
  });
  return out;
}
