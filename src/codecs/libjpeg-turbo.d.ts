/** The decoder of @cornerstonejs/codec-libjpeg-turbo-8bit, which ships no types: what is used of it. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface JpegFrameInfo {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
  }

  /** Throws a number, the address of a C++ exception, for warnings of libjpeg as for errors. */
  export interface JpegDecoder {
    /** Sets aside `size` bytes of the wasm heap for the encoded image and returns them. */
    getEncodedBuffer(size: number): Uint8Array;
    decode(): void;
    getFrameInfo(): JpegFrameInfo;
    /** The decoded image, in the wasm heap: copy it before the next call. */
    getDecodedBuffer(): Uint8ClampedArray;
    delete(): void;
  }

  export interface JpegModule {
    JPEGDecoder: new () => JpegDecoder;
  }

  export default function createModule(options: {
    wasmBinary: Uint8Array;
    print?: (text: string) => void;
    printErr?: (text: string) => void;
  }): Promise<JpegModule>;
}
