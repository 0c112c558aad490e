import { checkDecode } from '../check/check-decode';
import { checkSource } from '../check/check-source';
import type { SampleSize } from '../check/sample';
import { type CheckOptions, type CheckResult, isUnreadCode } from '../check/types';
import { describeError, KerchunkError } from '../errors';
import type { GroupedFindings } from '../validate/group';
import type { KnownTiffs } from '../validate/tiff-lookup';
import type { Finding, Severity } from '../validate/types';
import type { ReaderReport } from '../validate/readers/types';
import { countInWords, plural } from '../words';
import { toJson } from './json';
import { openForValidation, type Validated } from './open-for-validation';
import { readerInWords } from './reader-text';
import { exitCodes, type Terminal } from './terminal';
import { isInRecordFile, placeInWords } from './place-text';
import { costInWords, type RequestCost, tracedOpener } from './traced-opener';

export interface ValidateArguments {
  json: boolean;
  trace: boolean;
  source: boolean;
  sample?: SampleSize;
  decode?: SampleSize;
}

/** A finding, or one that stands for `count` of its kind about the array at `path`. */
type CountedFinding = Finding & { path?: string; count?: number };

/** How far the checks that read files went. */
type CheckExtent = Pick<CheckResult, 'arrays' | 'compared' | 'decoded'>;

interface FileResult {
  file: string;
  findings: CountedFinding[];
  counts: Record<Severity, number>;
  readers: ReaderReport[];
  source?: CheckExtent;
  decode?: CheckExtent;
  cost?: RequestCost;
  /** Why the file could not be read. */
  unreadable?: string;
}

/**
 * `kerchunk validate`: 0 where no file has errors, 1 where one has, 2 where one, or a file behind one that a check needs, could not be
 * read.
 */
export async function validate(
  terminal: Terminal,
  files: readonly string[],
  options: ValidateArguments,
): Promise<number> {
  if (options.sample !== undefined && !options.source) {
    throw new KerchunkError('invalid-argument', '--sample says how many chunks --source decodes; add --source.');
  }
  const results: FileResult[] = [];
  for (const file of files) results.push(await validateFile(terminal, file, options));
  if (options.json) {
    terminal.print(`${toJson(results.map(forMachines))}\n`);
  } else {
    terminal.print(`${results.map(inWords).join('\n')}\n`);
  }
  return Math.max(...results.map(exitCodeOf));
}

/** Whatever a file does to the reader becomes its own result, so that those of the other files are not lost. */
async function validateFile(terminal: Terminal, file: string, options: ValidateArguments): Promise<FileResult> {
  const counts = { error: 0, warning: 0, info: 0 };
  try {
    const validated = await openForValidation(terminal, file);
    const { opener, cost } = tracedOpener(terminal, options.trace);
    const tiffs: KnownTiffs = new Map();
    const validation = await validated.validate({ opener, tiffs, signal: terminal.signal });
    const findings: CountedFinding[] = validation.findings;
    const result: FileResult = { file, findings, counts, readers: validation.readers };
    if (options.source || options.decode !== undefined) {
      await checkFile(result, validated, { opener, tiffs, signal: terminal.signal, ...progress(terminal) }, options);
      result.cost = cost;
    }
    for (const { severity, count } of findings) counts[severity] += count ?? 1;
    return result;
  } catch (error) {
    const { code, message: unreadable } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') throw error;
    terminal.tell(unreadable);
    return { file, findings: [], counts, readers: [], unreadable };
  }
}

/** The checks that read the files behind the references; a text that holds none has the finding that says so already. */
async function checkFile(
  result: FileResult,
  validated: Validated,
  check: CheckOptions,
  { source, sample, decode }: ValidateArguments,
): Promise<void> {
  const references = await validated.references();
  if (references === undefined) return;
  const { set, text } = references;
  const run = async (work: typeof checkSource, samples: SampleSize | undefined): Promise<CheckExtent> => {
    const { groups, arrays, compared, decoded } = await work(set, text, {
      ...check,
      ...(samples === undefined ? {} : { samples }),
    });
    result.findings.push(...groups.flatMap(asFinding));
    return { arrays, compared, decoded };
  };
  if (source) result.source = await run(checkSource, sample);
  if (decode !== undefined) result.decode = await run(checkDecode, decode);
}

function asFinding({ samples, count, path }: GroupedFindings): CountedFinding[] {
  return samples.slice(0, 1).map((first) => ({ ...first, path, count }));
}

/** Milliseconds between two messages of progress. */
const PROGRESS_INTERVAL = 1000;

/** Tells what is being done every second, so that a short check says nothing but its result. */
function progress(terminal: Terminal): Pick<CheckOptions, 'onProgress'> {
  let last = performance.now();
  return {
    onProgress: (message) => {
      const now = performance.now();
      if (now - last < PROGRESS_INTERVAL) return;
      last = now;
      terminal.tell(message);
    },
  };
}

function exitCodeOf({ unreadable, findings, counts }: FileResult): number {
  if (unreadable !== undefined || findings.some(({ code }) => isUnreadCode(code))) return exitCodes.failed;
  return counts.error > 0 ? exitCodes.errorsFound : exitCodes.ok;
}

function forMachines({ file, findings, counts, unreadable, ...extent }: FileResult): object {
  return {
    file,
    findings: findings.map(({ span, ...finding }) =>
      isInRecordFile(finding) ? finding : { ...finding, offset: span.offset, length: span.length },
    ),
    counts,
    ...extent,
    ...(unreadable === undefined ? {} : { error: unreadable }),
  };
}

function inWords({ file, findings, counts, readers, unreadable, source, decode, cost }: FileResult): string {
  if (unreadable !== undefined) return `${file}: could not be read`;
  const lines = findings.map(({ severity, message, code, count = 1, ...place }) => {
    const times = count > 1 ? ` (${countInWords(count)} such; this is the first)` : '';
    return `${placeInWords(file, place)}: ${severity}: ${message}${times} [${code}]`;
  });
  const { error, warning, info } = counts;
  lines.push(`${file}: ${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'note')}`);
  lines.push(...readers.map((report) => `${file}: ${readerInWords(report)}`));
  if (source !== undefined) {
    const { arrays, compared, decoded } = source;
    lines.push(
      `${file}: against the source: ${plural(compared, 'chunk')} of ${plural(arrays, 'array')} compared with the tables, ${countInWords(decoded)} decoded both ways`,
    );
  }
  if (decode !== undefined) {
    lines.push(`${file}: decoded ${plural(decode.decoded, 'chunk')} of ${plural(decode.arrays, 'array')}`);
  }
  if (cost !== undefined) lines.push(`${file}: ${costInWords(cost)}`);
  return lines.join('\n');
}
