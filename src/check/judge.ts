import type { ChunkReference } from '../references/types';
import type { TiffImage } from '../tiff/types';
import type { RuleCode } from '../validate/rules';
import { countInWords, plural } from '../words';
import type { Expected } from './expected';
import { imageInWords, rangeInWords, type TileIndex, tileInWords } from './tile-index';

/** What is wrong with a reference; `words` begins where the key ends: "moved: …". */
export interface Fault {
  code: RuleCode;
  words: () => string;
}

/** Whether a reference is exactly the range that the file's own tables give. */
export function isAsExpected(reference: ChunkReference, expected: Expected): boolean {
  return (
    reference.kind === 'range' &&
    expected.kind === 'stored' &&
    reference.offset === expected.offset &&
    reference.length === expected.length
  );
}

/**
 * What a reference has that the file's tables have not, or the other way round; undefined where they agree. Stored bytes that stand in the
 * reference file itself (inline) are no matter of tables: their values are compared.
 */
export function judge(
  reference: Exclude<ChunkReference, { kind: 'absent' }>,
  expected: Expected,
  image: TiffImage,
  index: () => TileIndex,
): Fault | undefined {
  if (isAsExpected(reference, expected)) return undefined;
  const here = tileInWords(image, expected.tile);
  const error = (code: RuleCode, words: () => string): Fault => ({ code, words });
  switch (reference.kind) {
    case 'inline':
      return expected.kind === 'sparse'
        ? error('source/surplus', () => `holds bytes, and the TIFF has none for it: ${here} is sparse`)
        : undefined;
    case 'file':
      return {
        code: 'source/whole-file',
        words: () => `refers to the whole file, which is not compared with single tiles`,
      };
    case 'range':
      if (expected.kind === 'sparse') {
        return error(
          'source/surplus',
          () => `refers to ${rangeInWords(reference)}, and the TIFF has no bytes for it: ${here} is sparse`,
        );
      }
      if (expected.kind === 'apart') {
        return error(
          'source/apart',
          () =>
            `refers to ${rangeInWords(reference)}, and the rows of the chunk stand in strips that are apart in the TIFF, the first of them ${here}`,
        );
      }
      return misplaced(reference, expected, image, index);
  }
}

/**
 * What is wrong with a reference that is as the file's tables say where its range ends beyond the end of the file; undefined where it does
 * not, and where nobody knows the file's size in bytes.
 */
export function beyondEnd(
  reference: ChunkReference,
  { tile }: Expected,
  image: TiffImage,
  size: number | undefined,
): Fault | undefined {
  if (size === undefined || reference.kind !== 'range' || reference.offset + reference.length <= size) return undefined;
  const there = Math.max(0, size - reference.offset);
  return {
    code: 'source/beyond-end',
    words: () =>
      `refers to ${rangeInWords(reference)} (${tileInWords(image, tile)} of ${imageInWords(image)}), and the file ends at byte ${countInWords(size)}: ` +
      `${there === 0 ? 'none' : countInWords(there)} of its ${plural(reference.length, 'byte')} ${there === 1 ? 'is' : 'are'} there. The file is cut off; get a whole copy`,
  };
}

/** What is wrong where the TIFF has bytes for a chunk without a reference; it begins where the key ends. */
export function missingInWords(expected: Expected, image: TiffImage): string {
  const bytes =
    expected.kind === 'stored'
      ? `${rangeInWords(expected)} for it (${tileInWords(image, expected.tile)} of ${imageInWords(image)})`
      : 'bytes for it, in strips that do not stand together';
  return `is no key of the references and reads as fill, and the TIFF has ${bytes}`;
}

function misplaced(
  reference: Extract<ChunkReference, { kind: 'range' }>,
  expected: Extract<Expected, { kind: 'stored' }>,
  image: TiffImage,
  index: () => TileIndex,
): Fault {
  const here = tileInWords(image, expected.tile);
  const [has, should] = [rangeInWords(reference), rangeInWords(expected)];
  const fault = (code: RuleCode, words: string): Fault => ({ code, words: () => words });
  if (reference.offset === expected.offset) {
    return fault(
      'source/length',
      `has the length ${reference.length}, and the TIFF ${expected.length}, at offset ${expected.offset} (${here})`,
    );
  }
  const found = index().at(reference.offset);
  if (found !== undefined && found.image !== image) {
    return fault(
      'source/level',
      `refers to ${has}, which are ${tileInWords(found.image, found.tile)} of ${imageInWords(found.image)}; it should be ${here} of ${imageInWords(image)}, ${should}`,
    );
  }
  if (found !== undefined) {
    return fault(
      'source/tile',
      `refers to ${has}, which are ${tileInWords(image, found.tile)}; it should be ${here}, ${should}`,
    );
  }
  const around = index().around(reference.offset);
  const where =
    around === undefined
      ? 'where no tile of the TIFF stands'
      : `inside ${tileInWords(around.image, around.tile)} of ${imageInWords(around.image)}, from its byte ${around.byte} on`;
  return fault('source/moved', `refers to ${has}, ${where}; the TIFF has ${here} at ${should}`);
}
