/** The decoder of @cornerstonejs/codec-openjpeg, which ships no types: what is used of it. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface Jpeg2000FrameInfo {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }

  /** Prints what goes wrong and gives no image then; throws a number, the address of a C++ exception, for what it cannot hand over. */
  export interface Jpeg2000Decoder {
    /** Sets aside `size` bytes of the wasm heap for the encoded image and returns them. */
    getEncodedBuffer(size: number): Uint8Array;
    decode(): void;
    getFrameInfo(): Jpeg2000FrameInfo;
    getDecodedBuffer(): Uint8ClampedArray;
    delete(): void;
  }

  export interface Jpeg2000Module {
    J2KDecoder: new () => Jpeg2000Decoder;
  }

  export default function createModule(options: object): Promise<Jpeg2000Module>;
}
