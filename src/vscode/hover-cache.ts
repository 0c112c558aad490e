import type { TextRange } from '../preview/types';

interface Cached {
  document: string;
  revision: number;
  range: TextRange;
  text: string;
}

/** What hovers said, by the range that they are about; a newer revision of a document drops what was said about an older one. */
export class HoverCache {
  /** From the least to the most recently used. */
  #entries: Cached[] = [];

  constructor(private readonly most: number) {}

  /** What was said about the place at `line` and `column`, from 1. */
  find(document: string, revision: number, line: number, column: number): Cached | undefined {
    this.#entries = this.#entries.filter((entry) => entry.document !== document || entry.revision === revision);
    const found = this.#entries.findLast((entry) => entry.document === document && holds(entry.range, line, column));
    if (found !== undefined) this.#entries = [...this.#entries.filter((entry) => entry !== found), found];
    return found;
  }

  keep(entry: Cached): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.most) this.#entries.shift();
  }
}

/** The end is exclusive. */
function holds({ line, column, endLine, endColumn }: TextRange, atLine: number, atColumn: number): boolean {
  const afterStart = atLine > line || (atLine === line && atColumn >= column);
  const beforeEnd = atLine < endLine || (atLine === endLine && atColumn < endColumn);
  return afterStart && beforeEnd;
}
