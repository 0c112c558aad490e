import type { SourceOpener } from '../bytes/source';
import { decodeChunk } from '../codecs/decode';
import { describeError, KerchunkError } from '../errors';
import { insideOf, isEdge } from '../read/inside';
import type { ReferenceSet } from '../references/reference-set';
import type { RuleCode } from '../validate/rules';
import { bytesInWords, countInWords } from '../words';
import { formatDataType } from '../zarr/data-type';
import { elementCount } from '../zarr/shape';
import { storeKey } from '../zarr/grid';
import type { NdArray, ZarrArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import { asRead, isSameType, storedType } from './as-read';
import { soundChunks, type SoundChunk } from './check-tables';
import { type ComparedPart, compareValues, type Difference } from './compare-values';
import { type Brought, fetchChunks, type WantedChunk } from './fetch-chunks';
import { reasonFor } from './reasons';
import { SampleChooser, type SampleSize } from './sample';
import type { SourcePlan } from './source-plan';
import type { Tally } from './tally';
import { imageInWords, tileInWords } from './tile-index';
import { truthDecoder, type TruthDecoder } from './truth';

/** A chunk is decoded up to this many bytes stored, and as values: it is held twice. */
const MOST_STORED = 64 * 2 ** 20;
const MOST_DECODED = 128 * 2 ** 20;

/** A chunk to be decoded both ways; `reference` is where the file itself keeps it. */
interface SampledChunk extends WantedChunk {
  chunk: SoundChunk;
}

/** Decodes sound chunks of an array twice, and reports how the values differ. */
export class ValueCheck {
  private readonly inFile = new SampleChooser();
  private readonly inline = new SampleChooser();
  private readonly decoders = new Map<object, TruthDecoder | KerchunkError>();
  /** Chunks that were decoded both ways. */
  decoded = 0;
  /** Chunks of the sample that nothing more is to be done about. */
  private done = 0;

  constructor(
    private readonly set: ReferenceSet,
    private readonly array: ZarrArray,
    private readonly plan: SourcePlan,
    private readonly tally: Tally,
  ) {}

  /** One more sound chunk, in C order. */
  see(chunk: SoundChunk): void {
    this.chooserOf(chunk).see({ length: chunk.expected.length, isEdge: isEdge(this.array, chunk.indices) });
  }

  /**
   * Decodes a sample of what was seen, of chunks in the file and of those in the reference file each.
   * @throws KerchunkError `cancelled`.
   */
  async run(
    opener: SourceOpener,
    size: SampleSize,
    signal: AbortSignal | undefined,
    onChunk: ((done: number, total: number) => void) | undefined,
  ): Promise<void> {
    const positions = new Map([this.inFile, this.inline].map((chooser) => [chooser, chooser.positions(size)]));
    const total = [...positions].reduce((sum, [chooser, chosen]) => sum + (chosen?.size ?? chooser.seen), 0);
    const wanted = this.chosen(positions, signal);
    await fetchChunks(this.set, this.array, wanted, opener, signal, async ({ chunk }, brought) => {
      await this.compare(chunk, brought);
      this.done += 1;
      onChunk?.(this.done, total);
    });
  }

  private async *chosen(
    positions: ReadonlyMap<SampleChooser, ReadonlySet<number> | undefined>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SampledChunk> {
    const counts = new Map<SampleChooser, number>();
    for await (const chunk of soundChunks(this.set, this.array, this.plan, signal)) {
      const chooser = this.chooserOf(chunk);
      const position = counts.get(chooser) ?? 0;
      counts.set(chooser, position + 1);
      if (positions.get(chooser)?.has(position) === false) continue;
      if (this.isTooLarge(chunk)) {
        this.done += 1;
        continue;
      }
      const { offset, length } = chunk.expected;
      yield {
        chunk,
        indices: chunk.indices,
        reference: { kind: 'range', url: chunk.match.target.url, offset, length },
      };
    }
  }

  private chooserOf({ reference }: SoundChunk): SampleChooser {
    return reference.kind === 'inline' ? this.inline : this.inFile;
  }

  private isTooLarge({ indices, expected }: SoundChunk): boolean {
    const decoded = elementCount(this.array.chunkShape) * this.array.dataType.itemSize;
    if (expected.length <= MOST_STORED && decoded <= MOST_DECODED) return false;
    const key = storeKey(this.array, indices);
    this.report('source/not-sampled', key, () => {
      const [most, mostDecoded] = [bytesInWords(MOST_STORED), bytesInWords(MOST_DECODED)];
      return `was not decoded: it has ${bytesInWords(expected.length)} stored and ${bytesInWords(decoded)} of values; up to ${most} and ${mostDecoded} are`;
    });
    return true;
  }

  private async compare(chunk: SoundChunk, brought: Brought): Promise<void> {
    const { array } = this;
    const key = storeKey(array, chunk.indices);
    const decoder = this.decoderOf(chunk);
    if (decoder instanceof KerchunkError) {
      this.report('source/not-decoded', key, () => `was not decoded by the TIFF's own tags. ${decoder.message}`);
      return;
    }
    const place = `${tileInWords(chunk.match.image, chunk.expected.tile)} of ${imageInWords(chunk.match.image)}`;
    if ('error' in brought) {
      this.reportNotBrought(key, chunk, place, brought.error);
      return;
    }
    const truth = await settled(decoder.decode(brought.bytes, chunk.expected.rows));
    const stored = chunk.reference.kind === 'inline' ? chunk.reference.bytes : brought.bytes;
    const read = await settled(decodeChunk(stored, array, chunk.indices));
    this.decoded += 1;
    if (truth instanceof KerchunkError) {
      const also = read instanceof KerchunkError ? ', nor by the codecs of the references' : '';
      this.report(
        'source/damaged',
        key,
        () => `cannot be compared: ${place} does not decode by the TIFF's own tags${also}. ${truth.message}`,
      );
    } else if (read instanceof KerchunkError) {
      const isUnknown = read.code === 'unsupported-codec';
      const code = isUnknown ? 'source/not-decoded' : 'source/decode-failed';
      this.report(code, key, () =>
        isUnknown
          ? `could not be compared by its values. ${read.message}`
          : `does not decode by the codecs of the references, and ${place} does by the TIFF's own tags. ${read.message}`,
      );
    } else {
      await this.compareDecoded(key, chunk, read.array, truth);
    }
  }

  /** Bytes that are not there though the file was reached are the file's own fault. */
  private reportNotBrought(key: string, { match }: SoundChunk, place: string, { code, message }: KerchunkError): void {
    if (code === 'short-read' || code === 'limit-exceeded') {
      this.report('source/damaged', key, () => `cannot be compared: ${place} has not the bytes of a chunk. ${message}`);
      return;
    }
    const { url } = match.target;
    const kind = { code: 'source/not-fetched', path: this.array.path, about: url } as const;
    this.tally.add(kind, key, () => `Chunk ${key} could not be fetched: ${message}`);
  }

  private async compareDecoded(key: string, chunk: SoundChunk, read: NdArray, truth: NdArray): Promise<void> {
    const { array } = this;
    const stored = storedType(array);
    const types = `${dtypeText(stored)}, and the TIFF has ${dtypeText(truth.dataType)}`;
    const converts = stored !== array.dataType;
    if (!isNumeric(read.dataType) || (converts && !isSameType(stored, truth.dataType))) {
      this.report('source/dtype', key, () => `cannot be compared by its values: it is stored as ${types}`);
      return;
    }
    const part = this.partOf(chunk);
    const difference = compareValues(read, await asRead(truth, array), part);
    if (difference === undefined) {
      if (isSameType(stored, truth.dataType)) return;
      this.report('source/dtype', key, () => `is read as ${types}, though its values happen to be equal`);
    } else if (difference === 'kinds') {
      this.report('source/dtype', key, () => `is read as ${types}`);
    } else {
      const reason = reasonFor(array, chunk.match, stored, truth.dataType);
      this.report('source/values', key, () => this.differenceInWords(chunk, part, difference, converts) + reason);
    }
  }

  private partOf({ match, indices }: SoundChunk): ComparedPart {
    const { image, axes } = match;
    const inside = insideOf(this.array, indices);
    return {
      width: image.chunkWidth,
      depth: image.planar ? 1 : image.samplesPerPixel,
      rows: inside[axes.y] ?? 0,
      columns: inside[axes.x] ?? 0,
    };
  }

  private differenceInWords(
    { match, cell }: SoundChunk,
    part: ComparedPart,
    difference: Difference,
    converts: boolean,
  ): string {
    const { image, axes } = match;
    const { compared, differing, rows, first } = difference;
    const top = cell.row * (this.array.chunkShape[axes.y] ?? 1);
    const left = cell.column * image.chunkWidth;
    const band = image.samplesPerPixel === 1 ? '' : `, band ${(image.planar ? cell.band : first.band) + 1}`;
    const whichRows =
      rows.count === 1
        ? `all in row ${rows.first}`
        : rows.count === rows.last - rows.first + 1
          ? `in rows ${rows.first} to ${rows.last} of ${part.rows}`
          : `in ${countInWords(rows.count)} rows from ${rows.first} to ${rows.last}`;
    return (
      `differs from the TIFF in ${countInWords(differing)} of ${countInWords(compared)} values, ${whichRows}: at row ${first.row}, column ${first.column}${band} ` +
      `of the chunk (row ${top + first.row}, column ${left + first.column} of the image) the references give ${numberText(first.read)}, ` +
      `and the TIFF has ${numberText(first.truth)}${converts ? ', scaled as the array scales it' : ''}`
    );
  }

  private decoderOf({ match }: SoundChunk): TruthDecoder | KerchunkError {
    const known = this.decoders.get(match.image);
    if (known !== undefined) return known;
    let decoder: TruthDecoder | KerchunkError;
    try {
      decoder = truthDecoder(match.tiff, match.image);
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
      decoder = error;
    }
    this.decoders.set(match.image, decoder);
    return decoder;
  }

  /** `words` follow the key. */
  private report(code: RuleCode, key: string, words: () => string): void {
    const { path } = this.array;
    this.tally.add({ code, path }, key, () => {
      const text = `Chunk ${key} ${words()}`;
      return text.endsWith('.') ? text : `${text}.`;
    });
  }
}

/** What a promise gives, or its KerchunkError; a cancelled one stays thrown. */
async function settled<T>(promise: Promise<T>): Promise<T | KerchunkError> {
  try {
    return await promise;
  } catch (error) {
    const { code, message } = describeError(error, 'decode-failed');
    if (code === 'cancelled') throw error;
    return error instanceof KerchunkError ? error : new KerchunkError(code, message, { cause: error });
  }
}

function dtypeText(type: NdArray['dataType']): string {
  const text = formatDataType(type);
  return typeof text === 'string' ? text : JSON.stringify(text);
}

/** The shortest digits that stand for a value: those of a float of 4 bytes where it is one, as numpy prints it. */
function numberText(value: number | bigint): string {
  if (typeof value === 'bigint' || Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
