import type { SourceOpener } from '../bytes/source';
import type { Compression } from '../compression';
import { KerchunkError } from '../errors';
import { parseReferencesInSlices } from '../references/parse';
import { PlacedError } from '../references/placed-error';
import type { ReferenceSet } from '../references/reference-set';
import { JsonSyntaxError } from '../references/scan';
import { TextPositions } from '../references/position';
import { runInSlices, turns } from '../steps';
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
  /** How that file is compressed, whose text this is. */
  compression?: Compression | undefined;
  /** Opens targets, to look at the TIFFs behind arrays; without one, what depends on them is reported as "may". */
  opener?: SourceOpener;
  /** What is known of targets already; what is found out is added. */
  tiffs?: KnownTiffs;
  signal?: AbortSignal;
  /** Told now and then how many bytes of a text have been read. */
  onRead?: (bytes: number) => void;
}

/** What is found in a text, and the references that it holds, where it holds any. */
export interface ValidatedText {
  findings: Finding[];
  set: ReferenceSet | undefined;
}

/**
 * All findings of a reference file, in the order of its text. A text that is no JSON, or that holds no references, gives the one finding
 * that says so. Others get their turn every 25 ms.
 * @throws KerchunkError `cancelled`.
 */
export async function validateText(text: Uint8Array, options: ValidateOptions = {}): Promise<Finding[]> {
  return (await readAndValidate(text, options)).findings;
}

/** As `validateText`, for who goes on with the references. */
export async function readAndValidate(text: Uint8Array, options: ValidateOptions = {}): Promise<ValidatedText> {
  const { url, compression, signal, onRead } = options;
  let set: ReferenceSet;
  try {
    set = await parseReferencesInSlices(text, {
      ...(url === undefined ? {} : { url }),
      compression,
      ...(signal === undefined ? {} : { signal }),
      ...(onRead === undefined ? {} : { onRead }),
    });
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    return { findings: [unreadable(text, error)], set: undefined };
  }
  return { findings: await validateReferences(set, text, options), set };
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
  const giveWay = turns(signal);
  for (const check of setChecks) await check(context);
  for (const path of set.arrayPaths()) {
    await giveWay();
    const array = hasZarrJson(set, path) ? checkZarrJson(path, context) : checkZarray(set, path, reporter);
    if (array === undefined) continue;
    for (const check of arrayChecks) await check(array, context);
  }
  return runInSlices(reporter.placed(), signal);
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
    message: error.cause instanceof JsonSyntaxError ? `This is not JSON: ${error.cause.detail}.` : error.message,
  };
}
