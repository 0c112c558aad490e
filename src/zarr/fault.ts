/** Something wrong with a value in a metadata document, and what kind of thing it is. */
export interface MetadataFault<Kind extends string> {
  kind: Kind;
  /** Keys and indices (from 0) that lead from the value that was read to the one at fault; [] is the value itself. */
  path: (string | number)[];
  /** A sentence with the value at hand, what may stand there, and how to write it. */
  message: string;
  /** Whether there is nothing that the value could be read as. */
  fatal: boolean;
}

/** Faults of one list of values that are told one by one: more say no more, and a list may be as long as a file. */
export const MOST_FAULTS = 20;

/** The same fault, seen from further out: `path` leads to the value that was read. */
export function below<Fault extends MetadataFault<string>>(path: readonly (string | number)[], fault: Fault): Fault {
  return { ...fault, path: [...path, ...fault.path] };
}
