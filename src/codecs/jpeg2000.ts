import type { Jpeg2000Module } from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import { checkImageShape } from './image-shape';
import { selectComponents } from './jpeg2000-boxes';
import type { Jpeg2000Header } from './jpeg2000-header';
import { findCodestream, readJpeg2000Header } from './jpeg2000-header';
import type { Decoder } from './types';
import { WasmDecoder } from './wasm-decoder';

const openJpeg = new WasmDecoder<Jpeg2000Module>(
  'openjpegwasm_decode.wasm',
  async () => (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default,
);

/** What the decoder may take beside the image. */
const ROOM = 2 ** 27;
/** Bytes for a sample: OpenJPEG has integers of 32 bits, of the tile, of the image and of the channels chosen, and some of its own. */
const SAMPLE_BYTES = 32;
/** The decoder sets aside some kilobytes for each tile of an image; more tiles than this stand in no chunk. */
const MOST_TILES = 4096;
/** The decoder hands out one component or three. */
const GROUP = 3;

/**
 * `imagecodecs_jpeg2k`: one JPEG 2000 image of any number of components of up to 16 bits, decoded by OpenJPEG as imagecodecs does, so that
 * lossy images are equal too. The components of a pixel are interleaved, as they are: no colours are converted but by the codestream's own
 * component transform.
 */
export const decodeJpeg2000: Decoder = async (bytes, config, context) => {
  if (config.planar === true) {
    throw new KerchunkError(
      'unsupported-codec',
      'JPEG 2000 with the components of an image apart (planar) is not supported.',
    );
  }
  const codestream = findCodestream(bytes);
  const header = readJpeg2000Header(codestream);
  const { width, height, components } = header;
  const itemSize = header.bits > 8 ? 2 : 1;
  const size = checkImageShape({ width, height, samples: components, itemSize }, context, 'JPEG 2000');
  if (header.tiles > MOST_TILES) {
    throw new KerchunkError(
      'limit-exceeded',
      `The JPEG 2000 image has ${header.tiles} tiles of its own; at most ${MOST_TILES} are decoded.`,
    );
  }
  const out = new Uint8Array(size);
  for (let first = 0; first < components; first += GROUP) {
    const count = Math.min(GROUP, components - first);
    // Two components are asked for as three, of which the last stands twice.
    const channels = count === 1 ? [first] : [first, first + 1, first + count - 1];
    const decoded = await decodeChannels(codestream, header, channels);
    place(decoded, channels.length, out, { first, count, components, itemSize });
  }
  return out;
};

/** The chosen components of every pixel, interleaved, 16 bits each, little-endian. */
function decodeChannels(
  codestream: Uint8Array,
  header: Jpeg2000Header,
  channels: readonly number[],
): Promise<Uint8Array> {
  const { width, height, components } = header;
  const most = ROOM + SAMPLE_BYTES * width * height * (components + GROUP) + 4 * codestream.length;
  return openJpeg.run(most, (module, messages) => {
    const decoder = new module.J2KDecoder();
    const file = selectComponents(codestream, header, channels);
    decoder.getEncodedBuffer(file.length).set(file);
    try {
      decoder.decode();
    } catch (error) {
      throw refused(messages, error);
    }
    const decoded = new Uint8Array(decoder.getDecodedBuffer());
    decoder.delete();
    if (decoded.length !== width * height * channels.length * 2 || messages.some(isComplaint)) throw refused(messages);
    return decoded;
  });
}

/** OpenJPEG warns of a codestream that breaks off, and decodes what there is. */
function isComplaint(message: string): boolean {
  return message.startsWith('[ERROR]') || message.startsWith('[WARNING]');
}

function refused(messages: readonly string[], cause?: unknown): KerchunkError {
  const said = messages
    .find(isComplaint)
    ?.replace(/^\[\w+\]\s*/u, '')
    .trim();
  return damaged(
    `OpenJPEG refuses the JPEG 2000 image: ${said ?? 'it is damaged or cut off'}.`.replace(/\.\.$/u, '.'),
    cause,
  );
}

function place(
  decoded: Uint8Array,
  channels: number,
  out: Uint8Array,
  { first, count, components, itemSize }: { first: number; count: number; components: number; itemSize: number },
): void {
  const pixels = decoded.length / (2 * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < count; channel++) {
      const from = (pixel * channels + channel) * 2;
      const to = (pixel * components + first + channel) * itemSize;
      for (let byte = 0; byte < itemSize; byte++) out[to + byte] = decoded[from + byte] ?? 0;
    }
  }
}
