import type { CodecText, Encoding } from './encoding-text';

/** The encoding with another text for a codec. `position` counts codecs in the order of encoding, from 0. */
export function codecReplaced(encoding: Encoding, position: number, text: string): Encoding {
  const codecs = encoding.codecs.map((codec, at) => (at === position ? { ...codec, text } : codec));
  return { ...encoding, codecs };
}

/** The encoding without a codec. */
export function codecRemoved(encoding: Encoding, position: number): Encoding {
  return { ...encoding, codecs: encoding.codecs.filter((_, at) => at !== position) };
}

/** The encoding with one more codec before that at `position`, or behind all. Of zarr v2 it is the compressor where it is the last and there is none. */
export function codecInserted(encoding: Encoding, position: number, text: string, isCompressor = false): Encoding {
  const { codecs } = encoding;
  const inZarr3 = encoding.order === null;
  const hasCompressor = codecs.some(({ place }) => place === 'compressor');
  const asCompressor = isCompressor && !hasCompressor && position === codecs.length;
  const texts = codecs.toSpliced(position, 0, { place: 'filter', text });
  const placed = texts.map(({ text: each }, at): CodecText => {
    const isLast = at === texts.length - 1;
    const place = inZarr3 ? 'codec' : isLast && (hasCompressor || asCompressor) ? 'compressor' : 'filter';
    return { place, text: each };
  });
  return { ...encoding, codecs: placed };
}

/** The encoding with a codec at another position; what stands between moves up. Of zarr v2 the last stays the compressor. */
export function codecMoved(encoding: Encoding, from: number, to: number): Encoding {
  const { codecs } = encoding;
  const moved = codecs[from];
  if (moved === undefined || to < 0 || to >= codecs.length) return encoding;
  const texts = codecs.toSpliced(from, 1).toSpliced(to, 0, moved);
  return {
    ...encoding,
    codecs: codecs.map(({ place }, at): CodecText => ({ place, text: texts[at]?.text ?? moved.text })),
  };
}
