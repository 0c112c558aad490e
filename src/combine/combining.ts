import type { ManifestArray } from '../manifest/types';
import type { NdArray } from '../zarr/types';
import { turns } from '../steps';
import { inlineValues } from './values';

/** What messages advise about a variable that stands in the way, as the end of a sentence. */
export interface Advice {
  drop: (path: string) => string;
  /** @param input the name of the set in which it would have another name. */
  rename: (path: string, input: string) => string;
}

/** For commands that drop and rename themselves. */
export const EDITS: Advice = {
  drop: (path) => `drop it (--drop ${path})`,
  rename: (path, input) => `rename it in one of them (--rename ${input}:${path}=<name>)`,
};

/** For commands that do not, and for VS Code, which leaves this to the command line. */
export const EDITS_BEFORE: Advice = {
  drop: (path) => `write the sets without it first (kerchunk convert <set> -o <new set> --drop ${path})`,
  rename: (path) => `rename it in one of them first (kerchunk convert <set> -o <new set> --rename ${path}=<name>)`,
};

export interface CombineOptions {
  signal?: AbortSignal | undefined;
  advice?: Advice;
}

/** What the steps of one combination share. */
export class Combining {
  readonly advice: Advice;
  readonly notes: string[] = [];
  private readonly decoded = new WeakMap<ManifestArray, Promise<NdArray>>();
  private readonly signal: AbortSignal | undefined;
  /** What loops over references await now and then. @throws KerchunkError `cancelled` as soon as the signal has fired. */
  readonly giveWay: () => Promise<void>;

  constructor({ signal, advice = EDITS }: CombineOptions) {
    this.signal = signal;
    this.giveWay = turns(signal);
    this.advice = advice;
  }

  /** `inlineValues`, decoded once. */
  values(array: ManifestArray): Promise<NdArray> {
    const known = this.decoded.get(array);
    if (known !== undefined) return known;
    const values = inlineValues(array, this.signal);
    this.decoded.set(array, values);
    return values;
  }
}
