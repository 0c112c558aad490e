// Straight from the package's files: its modules bring the encoders along, and it exports nothing smaller.
export const loadWebp = async () => (await import('../../node_modules/icodec/dist/webp-dec.js')).default;
export const loadJpegXl = async () => (await import('../../node_modules/icodec/dist/jxl-dec.js')).default;
