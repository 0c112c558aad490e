import { compactJson } from '../json';
import type { CodecStep } from '../zarr/types';

/** How an array's chunks are encoded, as its metadata writes it: every value as JSON text, on one line where it is read from a file. */
export interface Encoding {
  /** `dtype` of zarr v2, `data_type` of zarr v3. */
  dtype: string;
  /** Null in zarr v3, where a codec says it. */
  order: string | null;
  fillValue: string;
  /** In the order of encoding: of zarr v2 the filters, and behind them the compressor where there is one. */
  codecs: readonly CodecText[];
}

export interface CodecText {
  place: CodecStep['place'];
  text: string;
}

/** A member of the metadata, and its value as JSON text. */
export type Member = [name: string, text: string];

/** The members of the metadata that state an encoding. No filters are `null`: zarr-python refuses an empty list. */
export function membersOf({ dtype, order, fillValue, codecs }: Encoding, zarrFormat: 2 | 3): Member[] {
  const listOf = (place: CodecStep['place']): string[] =>
    codecs.filter((codec) => codec.place === place).map(({ text }) => text);
  if (zarrFormat === 3) {
    return [
      ['data_type', dtype],
      ['fill_value', fillValue],
      ['codecs', `[${listOf('codec').join(',')}]`],
    ];
  }
  const filters = listOf('filter');
  return [
    ['dtype', dtype],
    ['fill_value', fillValue],
    ['order', order ?? '"C"'],
    ['filters', filters.length === 0 ? 'null' : `[${filters.join(',')}]`],
    ['compressor', listOf('compressor')[0] ?? 'null'],
  ];
}

/** Whether two encodings are written alike, whatever their white space. */
export function isSameEncoding(one: Encoding, other: Encoding): boolean {
  return encodingText(one) === encodingText(other);
}

/** An encoding as one text, by which it can be told from others. */
export function encodingText({ dtype, order, fillValue, codecs }: Encoding): string {
  const texts = [dtype, order ?? '', fillValue, ...codecs.flatMap(({ place, text }) => [place, text])];
  return JSON.stringify(texts.map(compactJson));
}
