import { KerchunkError } from '../errors';
import { joinBytes } from '../join-bytes';
import type { JsonObject } from '../json';
import { decodeBase64 } from '../zarr/base64';
import { badConfiguration } from './decode-error';
import { checkImageShape } from './image-shape';
import type { ColourPlan } from './jpeg-colour';
import { planColours } from './jpeg-colour';
import { splitComponents } from './jpeg-components';
import { decodeLosslessJpeg } from './jpeg-lossless';
import type { JpegSegment, JpegStream } from './jpeg-stream';
import { Marker, readJpegStream, readJpegTables, writeJpegStream } from './jpeg-stream';
import { decodeTwelveBitJpeg } from './jpeg-twelve';
import { decodeJpegImage } from './jpeg-wasm';
import type { Decoder } from './types';

/** Frame markers (ITU-T T.81, table B.1). */
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;
const LOSSLESS = 0xc3;

/**
 * `imagecodecs_jpeg {tables, header, colorspace_jpeg, colorspace_data}`: one JPEG image of 8 or 12 bits, or a lossless one of up to 16, equal
 * to imagecodecs.jpeg8_decode to the bit. `tables` is the TIFF's JPEGTables, `header` what stands before the tile's bytes, both in base64.
 * The components of a pixel are interleaved. `bitspersample` is ignored, as imagecodecs ignores it: the image says it.
 */
export const decodeJpeg: Decoder = async (bytes, config, context) => {
  const header = base64Of(config, 'header');
  const whole = header === undefined ? bytes : joinBytes([header, bytes, Uint8Array.of(0xff, Marker.END)]);
  const stream = readJpegStream(whole);
  const tableBytes = base64Of(config, 'tables');
  const tables = tableBytes === undefined ? [] : readJpegTables(tableBytes);
  const kind = kindOf(stream);
  const plan = planColours(stream, config.colorspace_jpeg ?? null, config.colorspace_data ?? null);
  const { width, height, components, precision } = stream.frame;
  const samples = plan === 'grey-to-rgb' ? 3 : plan === 'luma' ? 1 : components.length;
  checkImageShape({ width, height, samples, itemSize: precision > 8 ? 2 : 1 }, context, 'JPEG');
  if (kind === '12 bits') return decodeTwelveBitJpeg(stream, tables, plan);
  if (kind === '8 bits') return decodeWithPlan(stream, tables, plan);
  if (plan !== 'none') {
    throw new KerchunkError(
      'unsupported-codec',
      'The colours of lossless JPEG are not converted, here as in libjpeg-turbo.',
    );
  }
  return decodeLosslessJpeg(stream, tables);
};

function base64Of(config: JsonObject, name: string): Uint8Array | undefined {
  const json = config[name] ?? undefined;
  if (json === undefined) return undefined;
  const bytes = typeof json === 'string' ? decodeBase64(json) : 'it is no text';
  if (typeof bytes === 'string') throw badConfiguration(`"${name}" is not base64: ${bytes}`);
  return bytes;
}

function kindOf({ frame: { marker, precision } }: JpegStream): '8 bits' | '12 bits' | 'lossless' {
  if (marker === LOSSLESS) return 'lossless';
  if (marker > LOSSLESS) {
    throw new KerchunkError('unsupported-codec', 'Hierarchical and arithmetic-coded JPEG are not supported.');
  }
  if (precision === 8 && marker <= PROGRESSIVE) return '8 bits';
  if (precision === 12 && marker <= EXTENDED) return '12 bits';
  throw new KerchunkError(
    'unsupported-codec',
    `${marker === PROGRESSIVE ? 'Progressive JPEG' : 'JPEG'} of ${precision} bits is not supported; 8 bits, and 12 bits in sequential images, are.`,
  );
}

async function decodeWithPlan(
  stream: JpegStream,
  tables: readonly JpegSegment[],
  plan: ColourPlan,
): Promise<Uint8Array> {
  const count = stream.frame.components.length;
  if (plan === 'ycck-to-cmyk') {
    const [colours, black] = splitComponents(stream, tables, [[0, 1, 2], [3]]);
    return interleave([...planes(invert(await decodeOne(colours, [], 1)), 3), await decodeOne(black, [], 0)]);
  }
  if (count !== 1 && count !== 3) {
    const singles = splitComponents(
      stream,
      tables,
      Array.from({ length: count }, (_unused, i) => [i]),
    );
    const decoded: Uint8Array[] = [];
    for (const single of singles) decoded.push(await decodeOne(single, [], 0));
    return interleave(decoded);
  }
  const pixels = await decodeOne(stream, tables, plan === 'ycc-to-rgb' ? 1 : 0);
  if (plan === 'grey-to-rgb') return interleave([pixels, pixels, pixels]);
  return plan === 'luma' ? (planes(pixels, 3)[0] ?? pixels) : pixels;
}

function decodeOne(
  stream: JpegStream | undefined,
  tables: readonly JpegSegment[],
  transform: 0 | 1,
): Promise<Uint8Array> {
  if (stream === undefined) return Promise.resolve(new Uint8Array());
  return decodeJpegImage(writeJpegStream(stream, tables, transform));
}

/** The components of interleaved pixels, each on its own. */
function planes(pixels: Uint8Array, count: number): Uint8Array[] {
  const size = Math.floor(pixels.length / count);
  return Array.from({ length: count }, (_unused, band) =>
    Uint8Array.from({ length: size }, (_value, i) => pixels[i * count + band] ?? 0),
  );
}

function interleave(bands: readonly Uint8Array[]): Uint8Array {
  const count = bands.length;
  const size = bands[0]?.length ?? 0;
  const out = new Uint8Array(size * count);
  bands.forEach((band, b) => {
    for (let i = 0; i < size; i++) out[i * count + b] = band[i] ?? 0;
  });
  return out;
}

/** libjpeg turns YCC into CMY as it turns it into RGB, and takes the result from 255. */
function invert(pixels: Uint8Array): Uint8Array {
  return pixels.map((value) => 255 - value);
}
