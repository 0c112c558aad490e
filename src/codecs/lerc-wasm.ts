import { loadAsset } from '../assets';
import { damaged } from './decode-error';
import { wasm, WASM_PAGE, type WasmMemory } from './wasm-api';

/** What lerc-wasm.wasm exports; the package's build gives its functions one-letter names. */
interface LercExports {
  memory: WasmMemory;
  initialise(): void;
  /** lerc_getBlobInfo(blob, size, info, ranges, infoLength, rangesLength): 0 for success. */
  getBlobInfo(...args: number[]): number;
  /** lerc_decode_4D(blob, size, masks, valid, depth, columns, rows, bands, type, data, usesNoData, noData): 0 for success. */
  decode(...args: number[]): number;
  allocate(size: number): number;
  free(pointer: number): void;
}

/** Decoded blobs: the bands one after another, the values of a pixel interleaved, little-endian. */
export interface LercPixels {
  bytes: Uint8Array;
  depth: number;
  bands: number;
  /** Pixels of a band. */
  pixels: number;
  /** Whether the pixel is valid, 0 where it is not: for all bands, or for each band in turn; empty where all are. */
  valid: Uint8Array;
  /** Whether values are floats, of 4 or 8 bytes. */
  floats: boolean;
}

/** What `lerc_getBlobInfo` tells. */
interface LercInfo {
  dataType: number;
  depth: number;
  columns: number;
  rows: number;
  bands: number;
  masks: number;
  bandsWithNoData: number;
}

/** LERC's data type float; double comes next, and no other after it. */
const FLOAT = 6;
const INFO_LENGTH = 11;
const RANGES_LENGTH = 3;
const LARGEST_MEMORY = 2 ** 31;

let compiled: Promise<object> | undefined;
let ready: LercExports | undefined;

/** Reads and compiles the decoder when first asked for, and again after a call that failed. */
async function start(): Promise<LercExports> {
  compiled ??= loadAsset('lerc-wasm.wasm').then((bytes) => wasm.compile(bytes.slice()));
  try {
    return await instantiate(await compiled);
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}

async function instantiate(module: object): Promise<LercExports> {
  const memory = (): WasmMemory => exported.memory;
  const instance = await wasm.instantiate(module, {
    a: {
      a: () => {
        throw damaged('the LERC decoder gave up');
      },
      b: () => {
        throw damaged('the LERC decoder gave up');
      },
      c: (bytes: number) => growTo(memory(), bytes >>> 0),
    },
  });
  const raw = instance.exports as {
    d: WasmMemory;
    e: LercExports['initialise'];
    f: LercExports['getBlobInfo'];
    h: LercExports['decode'];
    i: LercExports['allocate'];
    j: LercExports['free'];
  };
  const exported: LercExports = {
    memory: raw.d,
    initialise: raw.e,
    getBlobInfo: raw.f,
    decode: raw.h,
    allocate: raw.i,
    free: raw.j,
  };
  exported.initialise();
  return exported;
}

/** Emscripten's request for a larger heap; 1 where it was met. */
function growTo(memory: WasmMemory, bytes: number): number {
  if (bytes > LARGEST_MEMORY) return 0;
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / WASM_PAGE));
    return 1;
  } catch {
    return 0;
  }
}

/**
 * Decodes LERC 2 blobs with Esri's library.
 * `size` is what they give, from headers already read. Pixels that a mask marks as not valid are 0.
 * @throws KerchunkError `decode-failed` where the library refuses the blobs.
 */
export async function decodeLercBlobs(bytes: Uint8Array, size: number): Promise<LercPixels> {
  const lerc = ready ?? (await start());
  // A trap leaves the heap as it was at that moment: the instance is put back only after a call that ended well.
  ready = undefined;
  const out = run(lerc, bytes, size);
  ready = lerc;
  return out;
}

function run(lerc: LercExports, bytes: Uint8Array, size: number): LercPixels {
  const pointers: number[] = [];
  const allocate = (length: number): number => {
    const pointer = lerc.allocate(length);
    if (pointer === 0) throw damaged('There is not enough memory for the LERC decoder.');
    pointers.push(pointer);
    new Uint8Array(lerc.memory.buffer, pointer, length).fill(0);
    return pointer;
  };
  const blob = allocate(bytes.length);
  new Uint8Array(lerc.memory.buffer).set(bytes, blob);
  const info = readInfo(lerc, blob, bytes.length, allocate);
  if (info.bandsWithNoData > 0)
    throw damaged('The LERC blob holds no-data values of its own, which imagecodecs refuses too.');
  const pixels = info.columns * info.rows;
  const valid = allocate(Math.max(1, pixels * info.masks));
  const data = allocate(size);
  const { masks, depth, columns, rows, bands, dataType } = info;
  const usesNoData = allocate(bands);
  const noData = allocate(bands * 8);
  const status = lerc.decode(
    blob,
    bytes.length,
    masks,
    valid,
    depth,
    columns,
    rows,
    bands,
    dataType,
    data,
    usesNoData,
    noData,
  );
  if (status !== 0) throw damaged(`The LERC blob is damaged (the library's status is ${status}).`);
  const out = new Uint8Array(lerc.memory.buffer, data, size).slice();
  const mask = new Uint8Array(lerc.memory.buffer, valid, pixels * masks).slice();
  for (const pointer of pointers) lerc.free(pointer);
  return { bytes: out, depth, bands, pixels, valid: mask, floats: dataType >= FLOAT };
}

function readInfo(lerc: LercExports, blob: number, length: number, allocate: (size: number) => number): LercInfo {
  const numbers = allocate(INFO_LENGTH * 4);
  const ranges = allocate(RANGES_LENGTH * 8);
  const status = lerc.getBlobInfo(blob, length, numbers, ranges, INFO_LENGTH, RANGES_LENGTH);
  if (status !== 0) throw damaged(`The LERC blob is damaged (the library's status is ${status}).`);
  const info = new Uint32Array(lerc.memory.buffer, numbers, INFO_LENGTH);
  const at = (index: number): number => info[index] ?? 0;
  return {
    dataType: at(1),
    depth: at(2),
    columns: at(3),
    rows: at(4),
    bands: at(5),
    masks: at(8),
    bandsWithNoData: at(10),
  };
}
