import { KerchunkError } from '../errors';
import type { JsonObject, JsonValue } from '../json';
import { isStop, turns } from '../steps';
import { chunkIndices } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { CodecStep, DataType, NdArray, ObjectValue, ZarrArray } from '../zarr/types';
import { codecStepsV3 } from '../zarr/v3-codecs';
import { decodeChunk } from './decode';
import { badConfiguration, damaged } from './decode-error';
import { filledArray } from './fill';
import { storedSize } from './registry';
import { refuseInnerChunks, ShardWork } from './shard-work';
import type { Decoded, ObjectDecoder, Stage } from './types';

/** A chunk inside a shard: its place in the shard's grid, and its bytes [offset, offset + length) in the shard; undefined where it is absent. */
export interface InnerChunk {
  indices: number[];
  range: { offset: number; length: number } | undefined;
}

/** The chunks inside a shard, in C order. */
export interface Shard {
  chunkShape: readonly number[];
  chunks: InnerChunk[];
}

const UINT64: DataType = { kind: 'u', itemSize: 8, byteOrder: 'little' };
const ABSENT = 2n ** 64n - 1n;

/**
 * `sharding_indexed {chunk_shape, codecs, index_codecs, index_location}` (zarr v3, "Sharding codec"): every chunk inside decoded by `codecs`, and
 * put in its place in C order; those that are absent are fill values.
 */
export const decodeSharding: ObjectDecoder = async (bytes, config, context) => {
  const { chunkShape: shape, dataType, fillValue = null } = context;
  const work = context.shardWork ?? new ShardWork(bytes.length, context.signal);
  const { chunkShape, count, chunkAt } = await indexOf(bytes, config, shape);
  work.addChunks(count);
  const codecs = stepsOf(config.codecs, 'codecs', dataType);
  const inner = { chunkShape, dataType, order: 'C' as const, codecs, fillValue };
  const valueBytes = elementCount(chunkShape) * dataType.itemSize;
  const whole = filledArray(shape, dataType, fillValue);
  for (let number = 0; number < count; number++) {
    await work.giveWay();
    const { indices, range } = chunkAt(number);
    if (range === undefined) continue;
    const stored = bytes.subarray(range.offset, range.offset + range.length);
    work.begin(stored.length, valueBytes);
    try {
      const { array, stages } = await decodeChunk(stored, inner, undefined, { shardWork: work });
      work.end(stored.length, Math.max(...stages.map((stage) => stage.bytes.length)));
      await copyInto(whole, array, indices, work.giveWay);
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
      throw new KerchunkError(error.code, `Chunk ${indices.join('/')} inside the shard: ${error.message}`, {
        cause: error,
      });
    }
  }
  return whole.objects === undefined ? whole.data : ({ objects: whole.objects } satisfies Decoded);
};

/**
 * The chunks inside the shard that an array's chunk is, by the index in it; undefined for an array without shards, `transposed` where the axes of the
 * shard are not those of the array. `stages` are those that decoding it has come to.
 * @throws KerchunkError `decode-failed` where the index is damaged, `malformed-metadata`; `decode-failed` too where decoding did not come so far;
 * `limit-exceeded`, `cancelled`.
 */
export async function shardOfChunk(
  { codecs, chunkShape }: Pick<ZarrArray, 'codecs' | 'chunkShape'>,
  stages: readonly Stage[],
  signal?: AbortSignal,
): Promise<(Shard & { isStoredAsIs: boolean }) | 'transposed' | undefined> {
  const at = codecs.findIndex(({ id }) => id === 'sharding_indexed');
  const step = codecs[at];
  if (step === undefined) return undefined;
  const after = codecs.length - 1 - at;
  const bytes = stages[after]?.bytes;
  if (bytes === undefined) throw damaged('The shard itself could not be decoded.');
  if (codecs.slice(0, at).some(({ id }) => id === 'transpose')) return 'transposed';
  const { count, chunkAt, chunkShape: inner } = await indexOf(bytes, step.config, chunkShape);
  const giveWay = turns(signal);
  const chunks: InnerChunk[] = [];
  for (let number = 0; number < count; number++) {
    if (isStop(number)) await giveWay();
    chunks.push(chunkAt(number));
  }
  return { chunkShape: inner, chunks, isStoredAsIs: after === 0 };
}

/** The index of a shard; `chunkAt` gives one of its `count` chunks, by its number in C order. */
async function indexOf(bytes: Uint8Array, config: JsonObject, shape: readonly number[]) {
  const chunkShape = sizesOf(config.chunk_shape, shape);
  const grid = shape.map((side, axis) => side / (chunkShape[axis] ?? 1));
  const count = elementCount(grid);
  const steps = stepsOf(config.index_codecs, 'index_codecs', UINT64);
  const size = storedSize(steps, [...grid, 2], UINT64);
  if (size === undefined) throw badConfiguration('"index_codecs" compress the index, so that its size is not known');
  if (size > bytes.length)
    throw damaged(`The shard has ${bytes.length} bytes, and its index of ${count} chunks would take ${size}`);
  refuseInnerChunks(count);
  const isFirst = config.index_location === 'start';
  const stored = isFirst ? bytes.subarray(0, size) : bytes.subarray(bytes.length - size);
  const index = await decodeChunk(stored, { chunkShape: [...grid, 2], dataType: UINT64, order: 'C', codecs: steps });
  const { data } = index.array;
  const numbers = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const chunkAt = (number: number): InnerChunk => {
    const offset = numbers.getBigUint64(16 * number, true);
    const length = numbers.getBigUint64(16 * number + 8, true);
    const indices = chunkIndices({ shape, chunkShape }, number);
    if (offset === ABSENT && length === ABSENT) return { indices, range: undefined };
    if (offset + length > BigInt(bytes.length)) {
      throw damaged(
        `By the index of the shard its chunk ${indices.join('/')} ends at byte ${offset + length}, and the shard has ${bytes.length}`,
      );
    }
    return { indices, range: { offset: Number(offset), length: Number(length) } };
  };
  return { chunkShape, count, chunkAt };
}

function sizesOf(sizes: JsonValue | undefined, shape: readonly number[]): number[] {
  const isSize = (size: JsonValue, axis: number): boolean =>
    typeof size === 'number' && Number.isInteger(size) && size > 0 && (shape[axis] ?? 0) % size === 0;
  if (Array.isArray(sizes) && sizes.length === shape.length && sizes.every(isSize)) return sizes as number[];
  throw badConfiguration(`"chunk_shape" does not divide the shard, which is [${shape.join(', ')}]`);
}

function stepsOf(codecs: JsonValue | undefined, name: string, type: DataType): CodecStep[] {
  if (!Array.isArray(codecs)) throw badConfiguration(`"${name}" is no list of codecs`);
  return codecStepsV3(codecs, type, name);
}

/** Copies a chunk to its place in the whole, row by row of the last axis. */
async function copyInto(
  whole: NdArray,
  chunk: NdArray,
  indices: readonly number[],
  giveWay: () => Promise<void>,
): Promise<void> {
  const { itemSize } = whole.dataType;
  const row = chunk.shape.at(-1) ?? 1;
  const rows = row === 0 ? 0 : elementCount(chunk.shape) / row;
  const outer = chunk.shape.slice(0, -1);
  for (let number = 0; number < rows; number++) {
    if (isStop(number)) await giveWay();
    const inside = chunkIndices({ shape: outer, chunkShape: outer.map(() => 1) }, number);
    const target = whole.shape.reduce((at, side, axis) => {
      return at * side + (indices[axis] ?? 0) * (chunk.shape[axis] ?? 1) + (inside[axis] ?? 0);
    }, 0);
    if (whole.objects !== undefined) copyObjects(whole.objects, chunk.objects ?? [], target, number * row, row);
    else whole.data.set(chunk.data.subarray(number * row * itemSize, (number + 1) * row * itemSize), target * itemSize);
  }
}

function copyObjects(to: ObjectValue[], from: readonly ObjectValue[], target: number, start: number, count: number) {
  for (let i = 0; i < count; i++) to[target + i] = from[start + i] ?? null;
}
