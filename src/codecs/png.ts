import { KerchunkError } from '../errors';
import { joinBytes } from '../join-bytes';
import { damaged } from './decode-error';
import { decodeZlib } from './deflate';
import { toLittleEndian } from './elements';
import { checkImageShape } from './image-shape';
import type { Decoder } from './types';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples of a pixel by the colour type of IHDR; a palette (3) is decoded by nobody here. */
const SAMPLES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

interface PngHeader {
  width: number;
  height: number;
  samples: number;
  itemSize: 1 | 2;
}

/**
 * `imagecodecs_png`: one PNG image of 8 or 16 bits without a palette, its samples as they are stored. Inflated here and not by a library,
 * because those hold whatever the stream inflates to, and a megabyte can be a gigabyte.
 */
export const decodePng: Decoder = async (bytes, _config, context) => {
  const { header, data } = readPng(bytes);
  const size = checkImageShape(header, context, 'PNG');
  const filtered = size + header.height;
  const rows = await decodeZlib(data, {}, { ...context, decodedSize: undefined, limit: filtered });
  if (rows.length !== filtered)
    throw damaged(`The PNG image has ${rows.length} bytes of rows; its header asks for ${filtered}.`);
  const out = unfilter(rows, header, size);
  return toLittleEndian(out, {
    kind: 'u',
    itemSize: header.itemSize,
    byteOrder: header.itemSize === 1 ? 'none' : 'big',
  });
};

/** The header and the zlib stream of an image (PNG specification, third edition, 5 and 11.2). */
function readPng(bytes: Uint8Array): { header: PngHeader; data: Uint8Array } {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw damaged('The bytes do not begin as a PNG image does.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [];
  let header: PngHeader | undefined;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw damaged('The PNG image is cut off.');
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = readHeader(body);
    if (type === 'tRNS') throw unsupported('a transparent colour (tRNS)');
    if (type === 'IDAT') parts.push(body);
    if (type === 'IEND') {
      if (header === undefined || parts.length === 0) throw damaged('The PNG image has no header or no data.');
      return { header, data: joinBytes(parts) };
    }
    at += 12 + length;
  }
  throw damaged('The PNG image is cut off.');
}

function readHeader(body: Uint8Array): PngHeader {
  if (body.length < 13) throw damaged('The header of the PNG image is cut off.');
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const [depth = 0, colours = 0, , , interlaced = 0] = body.subarray(8);
  const samples = SAMPLES.get(colours);
  if (samples === undefined) throw unsupported(`the colour type ${colours}`);
  if (depth !== 8 && depth !== 16) throw unsupported(`samples of ${depth} bits`);
  if (interlaced !== 0) throw unsupported('interlaced rows');
  return { width: view.getUint32(0), height: view.getUint32(4), samples, itemSize: depth === 8 ? 1 : 2 };
}

function unsupported(what: string): KerchunkError {
  return new KerchunkError(
    'unsupported-codec',
    `PNG with ${what} is not supported; grey and RGB of 8 and 16 bits are.`,
  );
}

/** Undoes the filter of each row (PNG specification, 9): byte by byte, from the pixel to the left and the row above. */
function unfilter(rows: Uint8Array, { height, samples, itemSize }: PngHeader, size: number): Uint8Array {
  const step = samples * itemSize;
  const stride = size / height;
  const out = new Uint8Array(size);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0;
    if (filter > 4) throw damaged(`Row ${y} of the PNG image has the unknown filter ${filter}.`);
    for (let x = 0, at = y * stride; x < stride; x++, at++) {
      const left = x < step ? 0 : (out[at - step] ?? 0);
      const above = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[at - stride - step] ?? 0);
      out[at] = (rows[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >>> 1;
    case 4: {
      const [byLeft, byAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
      const byCorner = Math.abs(left + above - 2 * corner);
      return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }
    default:
      return 0;
  }
}
