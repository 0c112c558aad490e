import type { ReferenceProblem, ReferenceProblemCode, TextSpan } from './types';

const MOST_OF_A_KIND = 10_000;

export interface ProblemListOptions {
  /** Told of each that is kept, but for those of `addAll`. */
  onProblem?: (problem: ReferenceProblem) => void;
  /** Problems of a code that are kept, by default 10,000. */
  mostProblems?: number;
}

/** Collects problems; of each code the first 10,000 are kept and the rest counted, so that no file can fill the memory with them. */
export class ProblemList {
  private readonly found: ReferenceProblem[] = [];
  private readonly counts = new Map<ReferenceProblemCode, number>();

  private readonly most: number;

  constructor(private readonly options: ProblemListOptions = {}) {
    this.most = options.mostProblems ?? MOST_OF_A_KIND;
  }

  add(code: ReferenceProblemCode, key: string, span: TextSpan, message: string): void {
    this.addLazily(code, () => ({ key, span, message }));
  }

  /** As `add`; what costs time to find out is asked for only where the problem is kept. */
  addLazily(code: ReferenceProblemCode, describe: () => Omit<ReferenceProblem, 'code'>): void {
    if (!this.count(code)) return;
    const problem = { code, ...describe() };
    this.found.push(problem);
    this.options.onProblem?.(problem);
  }

  addAll(other: ProblemList): void {
    for (const [code, count] of other.counts) {
      const kept = Math.min(count, other.most);
      this.counts.set(code, (this.counts.get(code) ?? 0) + count - kept);
    }
    for (const problem of other.found) if (this.count(problem.code)) this.found.push(problem);
  }

  /** Counts one more; whether it is kept. */
  private count(code: ReferenceProblemCode): boolean {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    return count <= this.most;
  }

  /** All problems in the order of the text; behind them, for each code with more than were kept, one that tells how many. */
  list(): ReferenceProblem[] {
    const sorted = this.found.toSorted((a, b) => a.span.offset - b.span.offset);
    for (const [code, count] of this.counts) {
      if (count <= this.most) continue;
      const message = `${count - this.most} more problems of this kind are not listed.`;
      sorted.push({ code, key: '', span: { offset: 0, length: 0 }, message });
    }
    return sorted;
  }
}
