import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import type { CodecStep, NdArray, ZarrArray } from '../zarr/types';
import { damaged, DecodeError } from './decode-error';
import { toLittleEndian } from './elements';
import { toCOrder } from './order';
import type { StepSize } from './registry';
import { loadDecoder, stepSizes } from './registry';
import { chunkBytes, describeMismatch } from './size';
import type { DecodedChunk, Stage } from './types';

type ChunkModel = Pick<ZarrArray, 'chunkShape' | 'dataType' | 'order' | 'codecs'>;

/**
 * Decodes one chunk: undoes the codec chain from its last step to its first (zarr v2: the compressor, then the filters from
 * right to left), and brings the elements to C order and little-endian. Every step's bytes are kept as a stage.
 * @param indices of the chunk in the grid; some codecs of our own decode the chunks at the edge otherwise.
 * @throws DecodeError, with the stages so far: `decode-failed` naming the step, or both sizes where the chunk has too many or too
 * few bytes; `unsupported-codec` naming the codec; `malformed-metadata` for a configuration no codec has; `limit-exceeded`.
 */
export async function decodeChunk(
  stored: Uint8Array,
  array: ChunkModel,
  indices?: readonly number[],
): Promise<DecodedChunk> {
  const input = plainBytes(stored);
  const stages: Stage[] = [{ name: 'stored', bytes: input, milliseconds: 0 }];
  const run = async (name: string, where: string, work: () => Uint8Array | Promise<Uint8Array>) => {
    const start = performance.now();
    try {
      const bytes = await work();
      stages.push({ name, bytes, milliseconds: performance.now() - start });
      return bytes;
    } catch (error) {
      throw withStages(error, where, stages);
    }
  };

  const sizes = prepare(array, stages);
  const chunk = {
    chunkShape: array.chunkShape,
    dataType: array.dataType,
    ...(indices === undefined ? {} : { indices }),
  };
  let bytes = input;
  for (let i = array.codecs.length - 1; i >= 0; i--) {
    const step = array.codecs[i];
    const size = sizes[i];
    if (step === undefined || size === undefined) continue;
    const encoded = bytes;
    const where = describeStep(step, array.codecs.length - i, array.codecs.length);
    bytes = await run(step.id, where, async () => {
      const decode = await decoderOf(step);
      return decode(encoded, step.config, { ...chunk, ...size });
    });
  }
  const last = bytes;
  const data = await run('array', 'The decoded bytes are not a chunk of this array', () => finish(last, array));
  return { stages, array: { dataType: array.dataType, shape: array.chunkShape, data } satisfies NdArray };
}

/** A Node Buffer as a plain array over the same bytes: `slice` of a Buffer makes no copy. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Sizes of the steps; metadata that no chunk can be decoded by fail before the first step. */
function prepare(array: ChunkModel, stages: readonly Stage[]): StepSize[] {
  try {
    if (array.dataType.kind === 'O') {
      throw new KerchunkError('unsupported-codec', 'elements of dtype "|O" are Python objects, which are not decoded');
    }
    return stepSizes(array.codecs, array.chunkShape, array.dataType);
  } catch (error) {
    throw withStages(error, 'The chunk cannot be decoded', stages);
  }
}

function decoderOf(step: CodecStep) {
  const decoder = loadDecoder(step.id);
  if (decoder !== undefined) return decoder;
  throw new KerchunkError('unsupported-codec', `there is no decoder for the codec "${step.id}" here`);
}

/** The last stage: exactly the bytes of a chunk, in C order and little-endian. */
function finish(bytes: Uint8Array, { chunkShape, dataType, order }: ChunkModel): Uint8Array {
  const expected = chunkBytes(chunkShape, dataType.itemSize);
  if (bytes.length !== expected) throw damaged(`There are ${describeMismatch(bytes.length, expected, chunkShape)}`);
  const ordered = order === 'F' ? toCOrder(bytes, chunkShape, dataType.itemSize) : bytes;
  return toLittleEndian(ordered, dataType);
}

function describeStep({ id, place }: CodecStep, number: number, count: number): string {
  return `Codec "${id}" (${place}, step ${number} of ${count}) failed`;
}

function withStages(error: unknown, where: string, stages: readonly Stage[]): DecodeError {
  const last = stages.at(-1);
  const input = last === undefined ? '' : ` on ${countInWords(last.bytes.length)} bytes`;
  const code = error instanceof KerchunkError ? error.code : 'decode-failed';
  const reason = error instanceof Error ? error.message : String(error);
  return new DecodeError(code, `${where}${input}: ${reason}`, [...stages], { cause: error });
}
