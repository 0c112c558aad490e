import type { SourceOpener } from '../bytes/source';
import { KerchunkError } from '../errors';
import { parseReferencesInSlices } from '../references/parse';
import { PlacedError } from '../references/placed-error';
import type { ReferenceSet } from '../references/reference-set';
import { TextPositions } from '../references/position';
import { readerReport } from './readers/report';
import type { ReaderReport } from './readers/types';
import { arrayChecks, type CheckContext, setChecks } from './checks';
import { Reporter } from './reporter';
import { rules } from './rules';
import { type KnownTiffs, TiffLookup } from './tiff-lookup';
import type { Finding } from './types';
import { checkZarray } from './zarray-fields';
import { checkZarrJson, hasZarrJson } from './zarr3-array';

export interface ValidateOptions {
  /** Address of the reference file, against which relative targets resolve. */
  url?: string;
  /** Opens targets, to look at the TIFFs behind arrays; without one, what depends on them is reported as "may". */
  opener?: SourceOpener;
  /** What is known of targets already; what is found out is added. */
  tiffs?: KnownTiffs;
  signal?: AbortSignal;
}

export interface Validation {
  findings: Finding[];
  /** What each reader makes of the file; none where it holds no references. */
  readers: ReaderReport[];
  /** What the findings are about; undefined where the text holds no references. */
  set?: ReferenceSet;
}

/**
 * All findings of a reference file, in the order of its text. A text that is no JSON, or that holds no references, gives the one finding
 * that says so.
 * @throws KerchunkError `cancelled`.
 */
export async function validateText(text: Uint8Array, options: ValidateOptions = {}): Promise<Finding[]> {
  return (await validateWithReaders(text, options)).findings;
}

/** As `validateText`, with what each reader makes of the file. */
export async function validateWithReaders(text: Uint8Array, options: ValidateOptions = {}): Promise<Validation> {
  let set: ReferenceSet;
  try {
    set = await parseReferencesInSlices(text, {
      ...(options.url === undefined ? {} : { url: options.url }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    return { findings: [unreadable(text, error)], readers: [] };
  }
  const findings = await validateReferences(set, text, options);
  return { findings, readers: readerReport(set, text, findings), set };
}

/** The findings of a reference set already parsed from `text`. */
export async function validateReferences(
  set: ReferenceSet,
  text: Uint8Array,
  { opener, tiffs: known, signal }: ValidateOptions = {},
): Promise<Finding[]> {
  const reporter = new Reporter(set, text);
  for (const problem of set.problems) reporter.problem(problem);
  const tiffs = new TiffLookup(set, opener, signal, known);
  const context: CheckContext = { set, text, reporter, tiffs, signal };
  for (const check of setChecks) await check(context);
  for (const path of set.arrayPaths()) {
    signal?.throwIfAborted();
    const array = hasZarrJson(set, path) ? checkZarrJson(path, context) : checkZarray(set, path, reporter);
    if (array === undefined) continue;
    for (const check of arrayChecks) await check(array, context);
  }
  return reporter.sorted();
}

/** The one finding about a text that `parseReferences` refuses with `error`. */
export function unreadable(text: Uint8Array, error: KerchunkError): Finding {
  const span = error instanceof PlacedError ? error.span : { offset: 0, length: 0 };
  const code = error.code === 'not-json' ? 'json/syntax' : 'kerchunk/no-references';
  return {
    code,
    severity: rules[code].severity,
    key: '',
    span,
    ...new TextPositions(text).lineColumn(span.offset),
    message: error.message,
  };
}
