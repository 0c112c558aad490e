import { plural } from '../words';
import type { ProblemList } from './problems';
import type { ReferenceProblemCode, TextSpan } from './types';

/** Where an address stands: the key of its reference, and its place with its quotes. */
export interface AddressPlace {
  key: string;
  span: TextSpan;
}

interface Shared extends AddressPlace {
  message: string;
  count: number;
}

/** Faults of addresses that all addresses of a file may share: each is told once, at the first, with the number of the others. */
export class AddressFaults {
  private readonly shared = new Map<ReferenceProblemCode, Shared>();

  /** Counts one more where the fault is told already; false where it is not. */
  again(code: ReferenceProblemCode): boolean {
    const known = this.shared.get(code);
    if (known !== undefined) known.count++;
    return known !== undefined;
  }

  /** `place` and `message`, a sentence, are asked for only the first time. */
  add(code: ReferenceProblemCode, place: () => AddressPlace, message: () => string): void {
    if (!this.again(code)) this.shared.set(code, { ...place(), message: message(), count: 1 });
  }

  reportTo(problems: ProblemList): void {
    for (const [code, { key, span, message, count }] of this.shared) {
      const others =
        count === 1
          ? ''
          : ` ${plural(count - 1, 'more address', 'more addresses')} of this file ${count === 2 ? 'is' : 'are'} like it.`;
      problems.add(code, key, span, message + others);
    }
  }
}
