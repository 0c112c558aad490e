/** The EPSG table as `dist/assets/epsg.bin`, made from the PROJ database that the package proj-wasm carries. */
export function buildEpsgTable(): Promise<Uint8Array>;
