import { checkDecode } from '../check/check-decode';
import { checkReach } from '../check/check-reach';
import { checkSource } from '../check/check-source';
import type { SampleSize } from '../check/sample';
import { type CheckOptions, isUnreadCode } from '../check/types';
import { describeError, KerchunkError } from '../errors';
import { coverageOf } from '../validate/coverage';
import { type GroupedFindings, groupFindings } from '../validate/group';
import { readerReport } from '../validate/readers/report';
import type { RuleCode } from '../validate/rules';
import type { KnownTiffs } from '../validate/tiff-lookup';
import { expandSets, withoutTwins } from './expand-glob';
import type { CheckExtent, CountedFinding, FileResult } from './file-result';
import { openForValidation, type Validated } from './open-for-validation';
import { exitCodes, type Terminal } from './terminal';
import { tracedOpener } from './traced-opener';
import { findingsOutput, type OutputForm } from './validate-output';

export interface ValidateArguments {
  json: boolean;
  sarif: boolean;
  github: boolean;
  /** Whether findings of a code are wanted; all are where it is absent. */
  rules?: (code: RuleCode) => boolean;
  trace: boolean;
  source: boolean;
  sample?: SampleSize;
  decode?: SampleSize;
  reach: boolean;
  /** Whether no file behind the references is asked for anything. */
  offline: boolean;
}

/**
 * `kerchunk validate`: 0 where no file has errors, 1 where one has, 2 where one, or a file behind one that a check needs, could not be
 * read. `version` is that of the program, for SARIF.
 */
export async function validate(
  terminal: Terminal,
  files: readonly string[],
  options: ValidateArguments,
  version: string,
): Promise<number> {
  if (options.sample !== undefined && !options.source) {
    throw new KerchunkError('invalid-argument', '--sample says how many chunks --source decodes; add --source.');
  }
  refuseContrary(options);
  const output = findingsOutput(formOf(options), terminal, version);
  let exitCode: number = exitCodes.ok;
  const { paths, twins } = withoutTwins(terminal, await expandSets(terminal, files));
  if (twins.length > 0) terminal.tell(`${twins.join(', ')}: given more than once, and checked once.`);
  for (const file of paths) {
    const { result, text } = await validateFile(terminal, file, options);
    output.add(result, text);
    exitCode = Math.max(exitCode, exitCodeOf(result));
  }
  output.end();
  return exitCode;
}

/** @throws KerchunkError `invalid-argument` for checks that cannot be made as they are asked for. */
function refuseContrary({ offline, source, decode, reach }: ValidateArguments): void {
  const [check] = [source && '--source', decode !== undefined && '--decode', reach && '--reach'].filter(
    (name) => name !== false,
  );
  if (!offline || check === undefined) return;
  throw new KerchunkError(
    'invalid-argument',
    `${check} reads the files behind the references, and --offline asks nothing of them; leave one of the two out.`,
  );
}

function formOf({ json, sarif, github }: ValidateArguments): OutputForm {
  if (json) return 'json';
  if (sarif) return 'sarif';
  return github ? 'github' : 'text';
}

/** Whatever a file does to the reader becomes its own result, so that those of the other files are not lost. */
async function validateFile(
  terminal: Terminal,
  file: string,
  options: ValidateArguments,
): Promise<{ result: FileResult; text: Uint8Array | undefined }> {
  const result: FileResult = { file, findings: [], groups: [], counts: { error: 0, warning: 0, info: 0 }, readers: [] };
  try {
    const validated = await openForValidation(terminal, file);
    const { opener, cost } = tracedOpener(terminal, options.trace);
    const tiffs: KnownTiffs = new Map();
    const { signal } = terminal;
    const told = progress(terminal);
    result.findings = [
      ...(await validated.validate({ ...(options.offline ? {} : { opener }), tiffs, signal }, told.onProgress)),
    ];
    const held = validated.held();
    if (held !== undefined) {
      result.coverage = await coverageOf(held.set, signal);
    }
    const checksFiles = options.source || options.reach || options.decode !== undefined;
    if (checksFiles) {
      await checkFiles(result, validated, { opener, tiffs, signal, ...told }, options);
    }
    if (checksFiles || cost.requests > 0) result.cost = cost;
    // Behind the checks of the files: what they find tells whether values are right.
    if (held !== undefined) result.readers = readerReport(held.set, held.text, result.findings);
    const { rules } = options;
    if (rules !== undefined) result.findings = result.findings.filter(({ code }) => rules(code));
    result.groups = groupFindings(result.findings, held?.set);
    for (const { severity, count, more } of result.findings) result.counts[severity] += count ?? more ?? 1;
    return { result, text: await validated.text() };
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') throw error;
    terminal.tell(message);
    return { result: { ...result, findings: [], unreadable: message }, text: undefined };
  }
}

/** The checks that read the files behind the references; a text that holds none has the finding that says so already. */
async function checkFiles(
  result: FileResult,
  validated: Validated,
  check: CheckOptions,
  { source, sample, decode, reach }: ValidateArguments,
): Promise<void> {
  const references = await validated.references();
  if (references === undefined) return;
  const { set, text } = references;
  const run = async (work: typeof checkSource, samples: SampleSize | undefined): Promise<CheckExtent> => {
    const { groups, arrays, compared, decoded, attempted, failed } = await work(set, text, {
      ...check,
      ...(samples === undefined ? {} : { samples }),
    });
    result.findings.push(...groups.flatMap(asFinding));
    return { arrays, compared, decoded, ...(attempted === undefined ? {} : { attempted, failed }) };
  };
  if (reach) {
    const { groups, files, reached } = await checkReach(set, text, check);
    result.findings.push(...groups.flatMap(asFinding));
    result.reach = { files, reached };
  }
  if (source) result.source = await run(checkSource, sample);
  if (decode !== undefined) result.decode = await run(checkDecode, decode);
}

function asFinding({ samples, count, path }: GroupedFindings): CountedFinding[] {
  return samples.slice(0, 1).map((first) => ({ ...first, path, count }));
}

/** Milliseconds between two messages of progress. */
const PROGRESS_INTERVAL = 1000;

/** Tells what is being done every second, so that a short check says nothing but its result. */
function progress(terminal: Terminal): Required<Pick<CheckOptions, 'onProgress'>> {
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
