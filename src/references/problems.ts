import { countInWords } from '../words';
import type { ReferenceProblem, ReferenceProblemCode, TextSpan } from './types';

const MOST_OF_A_KIND = 10_000;

/** Collects problems; of each code the first 10,000, or `most`, are kept and the rest counted, so that no file can fill the memory with them. */
export class ProblemList {
  private readonly found: ReferenceProblem[] = [];
  private readonly counts = new Map<ReferenceProblemCode, number>();

  constructor(private readonly most = MOST_OF_A_KIND) {}

  /** A list without problems that keeps as many. */
  empty(): ProblemList {
    return new ProblemList(this.most);
  }

  add(code: ReferenceProblemCode, key: string, span: TextSpan, message: string): void {
    this.addLazily(code, () => ({ key, span, message }));
  }

  /** As `add`; what costs time to find out is asked for only where the problem is kept. */
  addLazily(code: ReferenceProblemCode, describe: () => Omit<ReferenceProblem, 'code'>): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count <= this.most) this.found.push({ code, ...describe() });
  }

  addAll(other: ProblemList): void {
    for (const [code, count] of other.counts) {
      const kept = Math.min(count, other.most);
      this.counts.set(code, (this.counts.get(code) ?? 0) + count - kept);
    }
    for (const { code, key, span, message } of other.found) this.add(code, key, span, message);
  }

  /** All problems in the order of the text; behind them, for each code with more than were kept, one that tells how many. */
  list(): ReferenceProblem[] {
    const sorted = this.found.toSorted((a, b) => a.span.offset - b.span.offset);
    for (const [code, count] of this.counts) {
      if (count <= this.most) continue;
      const more = count - this.most;
      const message = `${countInWords(more)} more problems of this kind are not listed.`;
      sorted.push({ code, key: '', span: { offset: 0, length: 0 }, message, more });
    }
    return sorted;
  }
}
