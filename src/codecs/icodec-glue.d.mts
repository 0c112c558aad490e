/** An image as the global function `_icodec_ImageData` makes it. */
export interface RgbaImage {
  /** Red, green, blue and alpha of every pixel; of 16 bits, little-endian, where `depth` is above 8. */
  data: Uint8Array;
  width: number;
  height: number;
  depth: number;
}

export interface IcodecModule {
  /** What is no object says why there is no image. */
  decode(bytes: Uint8Array): RgbaImage | string | null;
}

/** What Emscripten wrote for icodec's decoders of WebP and of JPEG XL. */
export function loadWebp(): Promise<(options: object) => Promise<IcodecModule>>;
export function loadJpegXl(): Promise<(options: object) => Promise<IcodecModule>>;
