import type { Repair } from './what-if-types';
import { KerchunkError } from '../errors';
import { codecsOf } from '../generate/codecs-of';
import { parseNodata } from '../generate/nodata';
import { sampleType } from '../generate/sample-type';
import { isJsonObject, type JsonObject } from '../json';
import { compressionName, predictorName, samplesInWords } from '../tiff/names';
import type { TiffKnowledge } from '../validate/tiff-lookup';
import { isArrayCodec } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { codecText } from './codec-text';
import type { CodecText, Encoding } from './encoding-text';
import { fillFor } from './type-repairs';
import { v3TypeName } from './v3-type-name';

/** The encoding that the TIFF behind an array states, as our generator writes it; none where references cannot express it. */
export function fromTiff(array: ZarrArray, encoding: Encoding, behind: TiffKnowledge): Repair[] {
  if (behind.kind !== 'tiff' || behind.image === undefined) return [];
  const { image, tiff } = behind;
  try {
    const type = sampleType(image, tiff.byteOrder, tiff.url);
    const { filters, compressor } = codecsOf(image, type, { chunkShape: array.chunkShape });
    const why =
      `The TIFF says ${compressionName(image.compression)}, predictor ${image.predictor} (${predictorName(image.predictor)}), ` +
      `${samplesInWords(image)}, ${tiff.byteOrder}-endian.`;
    const nodata = tiff.nodata === undefined ? undefined : parseNodata(tiff.nodata);
    const stored = { filters: filters ?? [], compressor };
    const fillValue = fillFor(encoding, type.type, array.zarrFormat, nodata);
    const dtype = array.zarrFormat === 3 ? v3TypeName(type.type) : type.dtype;
    if (dtype === undefined) return [];
    const own: Encoding = {
      ...encoding,
      dtype: JSON.stringify(dtype),
      fillValue,
      order: encoding.order === null ? null : '"C"',
      codecs: chain(array.zarrFormat, stored, type.type.byteOrder),
    };
    return [{ title: 'As the TIFF says', why, encoding: scaled(array, encoding, own, type.dtype) }];
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return [];
  }
}

function chain(
  zarrFormat: 2 | 3,
  { filters, compressor }: { filters: JsonObject[]; compressor: JsonObject | null },
  byteOrder: 'little' | 'big' | 'none',
): CodecText[] {
  const text = ({ id, ...config }: JsonObject): string => codecText(zarrFormat, idOf({ id: id ?? null }), config);
  if (zarrFormat === 2) {
    const listed = filters.map((filter): CodecText => ({ place: 'filter', text: text(filter) }));
    return compressor === null ? listed : [...listed, { place: 'compressor', text: text(compressor) }];
  }
  const all = compressor === null ? filters : [...filters, compressor];
  const bytes = byteOrder === 'none' ? {} : { endian: byteOrder };
  const makesBytes = all.findIndex((codec) => !isArrayCodec(idOf(codec)));
  const position = makesBytes === -1 ? all.length : makesBytes;
  return [
    // Codecs of zarr v3 take shape and type from the array.
    ...all.slice(0, position).map((codec) => text(withoutType(codec))),
    codecText(3, 'bytes', bytes),
    ...all.slice(position).map((codec) => text(codec)),
  ].map((each): CodecText => ({ place: 'codec', text: each }));
}

function idOf({ id }: JsonObject): string {
  return typeof id === 'string' ? id : '';
}

function withoutType(codec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(codec).filter(([name]) => name !== 'shape' && name !== 'dtype'));
}

/** A scaling filter that is given the TIFF's own type stays before what the TIFF says, and with it the type that it gives. */
function scaled({ codecs, zarrFormat }: ZarrArray, encoding: Encoding, own: Encoding, stored: string): Encoding {
  const [first] = codecs;
  const [text] = encoding.codecs;
  const isScaling = first?.id === 'fixedscaleoffset' && isJsonObject(first.config) && first.config.astype === stored;
  if (zarrFormat === 3 || !isScaling || text === undefined) return own;
  return { ...own, dtype: encoding.dtype, fillValue: encoding.fillValue, codecs: [text, ...own.codecs] };
}
