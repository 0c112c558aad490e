import { KerchunkError } from '../errors';
import { countInWords, plural } from '../words';
import { elementCount } from '../zarr/shape';
import type { CodecStep, NdArray, ZarrArray } from '../zarr/types';
import { damaged, DecodeError } from './decode-error';
import { nameOf, toLittleEndian } from './elements';
import { objectsToCOrder, toCOrder } from './order';
import type { StepSize } from './registry';
import { loadDecoder, refusalReason, stepSizes } from './registry';
import { chunkBytes, describeMismatch } from './size';
import type { Decoded, DecodedChunk, DecodeOptions, Stage } from './types';

type ChunkModel = Pick<ZarrArray, 'chunkShape' | 'dataType' | 'order' | 'codecs'> &
  Partial<Pick<ZarrArray, 'fillValue'>>;

/**
 * Decodes one chunk: undoes the codec chain from its last step to its first (zarr v2: the compressor, then the filters from
 * right to left), and brings the elements to C order and little-endian. Every step's bytes are kept as a stage. Elements of dtype
 * `|O` are what the first codec of the chain makes of its bytes.
 * @param indices of the chunk in the grid; some codecs of our own decode the chunks at the edge otherwise.
 * @throws DecodeError, with the stages so far: `decode-failed` naming the step, or both sizes where the chunk has too many or too
 * few bytes; `unsupported-codec` naming the codec; `malformed-metadata` for a configuration no codec has; `limit-exceeded`.
 * KerchunkError `cancelled` where the signal fires while a shard is decoded.
 */
export async function decodeChunk(
  stored: Uint8Array,
  array: ChunkModel,
  indices?: readonly number[],
  options: DecodeOptions = {},
): Promise<DecodedChunk> {
  const input = plainBytes(stored);
  const stages: Stage[] = [{ name: 'stored', bytes: input, milliseconds: 0 }];
  const run = async <T>(
    name: string,
    step: number | 'values',
    where: string,
    work: () => T | Promise<T>,
    bytesOf: (result: T) => Uint8Array,
  ) => {
    const start = performance.now();
    try {
      const result = await work();
      stages.push({ name, bytes: bytesOf(result), milliseconds: performance.now() - start });
      return result;
    } catch (error) {
      if (error instanceof KerchunkError && error.code === 'cancelled') throw error;
      throw withStages(error, where, stages, step);
    }
  };

  const sizes = prepare(array, stages);
  const { fillValue } = array;
  const place = {
    ...options,
    ...(indices === undefined ? {} : { indices }),
    ...(fillValue === undefined ? {} : { fillValue }),
  };
  let decoded: Decoded = input;
  for (let i = array.codecs.length - 1; i >= 0; i--) {
    const step = array.codecs[i];
    const size = sizes[i];
    if (step === undefined || size === undefined) continue;
    const encoded: Decoded = decoded;
    const given = plural(stages.at(-1)?.bytes.length ?? 0, 'byte');
    const where = `${describeStep(step, array.codecs.length - i, array.codecs.length)} on ${given}`;
    decoded = await run(
      step.id,
      i,
      where,
      async () => {
        if (!(encoded instanceof Uint8Array))
          throw damaged('It was given Python objects, which only a later step can make.');
        const decode = await decoderOf(step);
        return decode(encoded, step.config, { ...place, ...size });
      },
      (result) => bytesOr(result, encoded),
    );
  }
  const last = decoded;
  const values = await run(
    'array',
    'values',
    'The decoded bytes are not a chunk of this array',
    () => finish(last, array),
    (result) => (result.objects === undefined ? result.data : (stages.at(-1)?.bytes ?? result.data)),
  );
  return { stages, array: values };
}

function bytesOr(decoded: Decoded, encoded: Decoded): Uint8Array {
  if (decoded instanceof Uint8Array) return decoded;
  return encoded instanceof Uint8Array ? encoded : new Uint8Array();
}

/** A Node Buffer as a plain array over the same bytes: `slice` of a Buffer makes no copy. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Sizes of the steps; metadata that no chunk can be decoded by fail before the first step. */
function prepare(array: ChunkModel, stages: readonly Stage[]): StepSize[] {
  try {
    return stepSizes(array.codecs, array.chunkShape, array.dataType);
  } catch (error) {
    throw withStages(error, 'The chunk cannot be decoded', stages, undefined);
  }
}

function decoderOf(step: CodecStep) {
  const decoder = loadDecoder(step.id);
  if (decoder !== undefined) return decoder;
  const reason = refusalReason(step.id);
  const why =
    reason === undefined
      ? `there is no decoder for the codec "${step.id}" here`
      : `"${step.id}" is not decoded, because ${reason}`;
  throw new KerchunkError('unsupported-codec', why);
}

/** The last stage: exactly the bytes of a chunk, in C order and little-endian. */
function finish(decoded: Decoded, { chunkShape, dataType, order }: ChunkModel): NdArray {
  if (dataType.kind === 'O') return finishObjects(decoded, { chunkShape, dataType, order });
  if (!(decoded instanceof Uint8Array))
    throw damaged(`The codecs give Python objects, but the dtype is ${nameOf(dataType)}.`);
  const bytes = decoded;
  const expected = chunkBytes(chunkShape, dataType.itemSize);
  if (bytes.length !== expected) throw damaged(`There are ${describeMismatch(bytes.length, expected, chunkShape)}`);
  const ordered = order === 'F' ? toCOrder(bytes, chunkShape, dataType.itemSize) : bytes;
  return { dataType, shape: chunkShape, data: toLittleEndian(ordered, dataType) };
}

function finishObjects(
  decoded: Decoded,
  { chunkShape, dataType, order }: Pick<ChunkModel, 'chunkShape' | 'dataType' | 'order'>,
): NdArray {
  if (decoded instanceof Uint8Array) {
    throw damaged(
      'The dtype "|O" is of Python objects, and no codec makes any of the bytes; the first filter names one, such as vlen-utf8.',
    );
  }
  const { objects } = decoded;
  const expected = elementCount(chunkShape);
  if (objects.length !== expected) {
    throw damaged(
      `There are ${countInWords(objects.length)} objects, but the chunk shape needs ${countInWords(expected)}.`,
    );
  }
  const ordered = order === 'F' ? objectsToCOrder(objects, chunkShape) : objects;
  return { dataType, shape: chunkShape, data: new Uint8Array(), objects: ordered };
}

function describeStep({ id, place }: CodecStep, number: number, count: number): string {
  return `Codec "${id}" (${place}, step ${number} of ${count}) failed`;
}

function withStages(error: unknown, where: string, stages: readonly Stage[], step: DecodeError['step']): DecodeError {
  const code = error instanceof KerchunkError ? error.code : 'decode-failed';
  const reason = error instanceof Error ? error.message : String(error);
  return new DecodeError(code, `${where}: ${reason}`, [...stages], step, { cause: error });
}
