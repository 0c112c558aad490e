import type { Steps } from '../steps';
import { ByteWords } from './byte-words';

const STEP = 1 << 14;
/** Marks that are set between two stops. */
const MARKS = 1 << 6;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

interface Place {
  line: number;
  column: number;
}

/**
 * Lines and columns of byte offsets in UTF-8 text, as editors count them: from 1, columns in UTF-16 units, lines ended by \n, \r\n or
 * a lone \r, a byte order mark not counted. The text is walked once, as far as asked for, with a mark every 16 KiB, so that text of
 * one long line costs no more than any other.
 */
export class TextPositions {
  /** The place of the byte at `STEP * i`. */
  private readonly marks: Place[] = [{ line: 1, column: 1 }];
  /** The last place that was asked for: the next one often stands a little behind it. */
  private last = { offset: 0, place: { line: 1, column: 1 } };

  private readonly words: ByteWords;

  constructor(private readonly text: Uint8Array) {
    this.words = new ByteWords(text);
  }

  /** Line and column, from 1, of the byte at `offset`; of the end of the text for anything beyond it. */
  lineColumn(offset: number): Place {
    const target = Math.max(0, Math.min(Math.floor(offset), this.text.length));
    const mark = Math.floor(target / STEP);
    while (this.marks.length <= mark) {
      const last = this.marks.length - 1;
      this.marks.push(this.walk(last * STEP, (last + 1) * STEP, this.marks[last]));
    }
    const { last } = this;
    const isNear = last.offset >= mark * STEP && last.offset <= target;
    const place = isNear
      ? this.walk(last.offset, target, last.place)
      : this.walk(mark * STEP, target, this.marks[mark]);
    this.last = { offset: target, place };
    return place;
  }

  /** Walks the text as far as this offset, so that places up to it cost next to nothing. */
  *walkTo(offset: number): Steps<void> {
    const mark = Math.floor(Math.min(offset, this.text.length) / STEP);
    while (this.marks.length <= mark) {
      this.lineColumn(Math.min(this.marks.length + MARKS - 1, mark) * STEP);
      yield;
    }
  }

  /** Byte offset of a line and column, the inverse of `lineColumn`; the end of the line or text for a place beyond it. */
  offsetAt(line: number, column: number): number {
    let mark = this.marks.length - 1;
    while ((mark + 1) * STEP <= this.text.length && isBefore(this.marks[mark], line, column)) {
      this.lineColumn((mark + 1) * STEP);
      mark++;
    }
    while (mark > 0 && !isBefore(this.marks[mark], line, column)) mark--;
    let place = this.marks[mark] ?? { line: 1, column: 1 };
    let offset = mark * STEP;
    while (offset < this.text.length && isBefore(place, line, column)) {
      const next = this.walk(offset, offset + 1, place);
      if (next.line > line) return offset;
      place = next;
      offset++;
    }
    while (isContinuation(this.text[offset])) offset++;
    return offset;
  }

  /** The place of the byte at `to`, given that of the byte at `from`. */
  private walk(from: number, to: number, start: Place = { line: 1, column: 1 }): Place {
    const { text, words } = this;
    let { line, column } = start;
    for (let i = from; i < to; i++) {
      const plain = words.plainEnd(i, to);
      column += plain - i;
      i = plain;
      if (i === to) break;
      const byte = text[i] ?? 0;
      if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && text[i + 1] !== LINE_FEED)) {
        line++;
        column = 1;
      } else if (byte < 0x80) {
        column++;
      } else if (byte >= 0xc0 && !(i === 0 && hasByteOrderMark(text))) {
        column += byte >= 0xf0 ? 2 : 1;
      }
    }
    return { line, column };
  }
}

/** Whether the text begins with the three bytes of the UTF-8 byte order mark. */
export function hasByteOrderMark(text: Uint8Array): boolean {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function isBefore(place: Place | undefined, line: number, column: number): boolean {
  return place === undefined || place.line < line || (place.line === line && place.column < column);
}
