import type { TextSpan } from '../references/types';
import { countInWords } from '../words';
import type { Edit } from '../validate/fixes/types';

/** Places that are shown at most, and bytes around each. */
const MOST_PLACES = 200;
const AROUND = 300;

/** What edits change of a text, and a little around each place, before and after, so that the two can be compared line by line. */
export function excerptsOf(text: Uint8Array, edits: readonly Edit[]): { before: string; after: string } {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const plain = ({ offset, length }: TextSpan): string => decoder.decode(text.subarray(offset, offset + length));
  const before: string[] = [];
  const after: string[] = [];
  let end = -1;
  for (const { span, text: written } of edits.slice(0, MOST_PLACES)) {
    const start = Math.max(0, span.offset - AROUND, end);
    if (start > end && end >= 0) {
      before.push('\n⋯\n');
      after.push('\n⋯\n');
    }
    const lead =
      end >= 0 && start <= end
        ? { offset: end, length: span.offset - end }
        : { offset: start, length: span.offset - start };
    before.push(plain(lead), plain(span));
    after.push(plain(lead), decoder.decode(encoder.encode(written)));
    end = span.offset + span.length;
  }
  const rest = plain({ offset: Math.max(end, 0), length: Math.min(AROUND, text.length - end) });
  const more = edits.length - MOST_PLACES;
  const note = more > 0 ? `\n⋯\n${countInWords(more)} more places change\n` : '';
  return { before: `${before.join('')}${rest}${note}`, after: `${after.join('')}${rest}${note}` };
}
