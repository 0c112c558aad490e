import type { JpegModule } from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import { loadAsset } from '../assets';
import { damaged } from './decode-error';

let starting: Promise<JpegModule> | undefined;

function start(): Promise<JpegModule> {
  starting ??= load().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function load(): Promise<JpegModule> {
  const [{ default: createModule }, wasmBinary] = await Promise.all([
    import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
    loadAsset('libjpegturbowasm_decode.wasm'),
  ]);
  const silent = (): void => undefined;
  return createModule({ wasmBinary, print: silent, printErr: silent });
}

/**
 * Decodes one JPEG image of one or three components with libjpeg-turbo: accurate integer DCT and smooth upsampling of chroma,
 * as libtiff and imagecodecs use it. The components of a pixel are interleaved. What libjpeg only warns of (a stream cut off,
 * a bad Huffman code) is an error here.
 * @throws KerchunkError `decode-failed`.
 */
export async function decodeJpegImage(bytes: Uint8Array): Promise<Uint8Array> {
  const module = await start();
  const decoder = new module.JPEGDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    return new Uint8Array(decoder.getDecodedBuffer());
  } catch (error) {
    if (typeof error !== 'number') starting = undefined;
    throw damaged('libjpeg-turbo refuses the JPEG image: it is damaged or cut off.', error);
  } finally {
    decoder.delete();
  }
}
