import { isEncodable } from '../codecs/encodable';
import { compressionName } from '../tiff/names';
import { bytesInWords, countInWords } from '../words';
import { Compression } from './compression';
import type { PlacedChunk } from './layout';
import type { Level } from './level';

/** Characters of the base64 text of one strip, and of all strips of one image. */
export const MAX_TEXT = 2 ** 20;
export const MAX_TEXTS = 16 * MAX_TEXT;

/** A strip stored in more bytes does not become so small that its text is short enough: it is encoded as it was before. */
const MAX_STORED = 2 * MAX_TEXT;

/** Bytes in memory of all strips of one image: they are decoded, padded and encoded again while the user waits. */
const MAX_DECODED = 64 * 2 ** 20;

/** The last strip of each plane that has bytes, of an image whose last strip is short. */
export function lastStrips({ layout }: Level): PlacedChunk[] {
  const { shortStrip } = layout;
  const strips: PlacedChunk[] = [];
  if (shortStrip === undefined) return strips;
  for (const place of layout.places()) {
    if (place.indices[shortStrip.axis] === shortStrip.index) strips.push(place);
  }
  return strips;
}

/** Why the short last strips of an image cannot be written anew, as far as the headers tell; undefined where they can. No full stop. */
export function obstacleOf(level: Level): string | undefined {
  const { compression } = level.image;
  const { compression: codecs } = level.codecs;
  const foreign = codecs.flatMap(({ id }) => (typeof id === 'string' && !isEncodable(id) ? [id] : []));
  if (foreign.length > 0) {
    const isFilter = foreign.every((id) => id !== level.codecs.compressor?.id) && compression !== Compression.lerc;
    const what = isFilter ? `what ${foreign.join(' and ')} undoes` : compressionName(compression);
    return `${what} cannot be written anew here`;
  }
  const decoded = level.layout.chunkShape.reduce((product, side) => product * side, level.type.type.itemSize);
  const lengths = lastStrips(level).map(({ length }) => length);
  if (decoded * lengths.length > MAX_DECODED) {
    const what =
      lengths.length === 1
        ? `a strip of ${bytesInWords(decoded)} is`
        : `${countInWords(lengths.length)} strips of ${bytesInWords(decoded)} are`;
    return `${what} not written anew, only up to ${bytesInWords(MAX_DECODED)} in all`;
  }
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (longest <= MAX_STORED && all <= MAX_TEXTS) return undefined;
  return tooMuchText(longest > MAX_STORED ? longest : all, longest <= MAX_STORED);
}

/** Why text of so many characters is not inlined. @param together of all strips of an image, not of one. */
export function tooMuchText(bytes: number, together: boolean): string {
  const what = together ? 'the strips of an image together' : 'a strip';
  const most = bytesInWords(together ? MAX_TEXTS : MAX_TEXT);
  return `written anew and inlined ${together ? 'they take' : 'it takes'} ${bytesInWords(bytes)} or more, and ${what} may take ${most}`;
}
