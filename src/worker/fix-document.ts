import { KerchunkError } from '../errors';
import { openDocumentInSlices, textRange } from '../preview/document';
import { excerptsOf } from '../preview/excerpts';
import type { FixOffer, FixScope } from '../preview/types';
import { plainText } from '../read/compressed-text';
import { parseReferencesInSlices } from '../references/parse';
import { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import { runInSlices, type Steps } from '../steps';
import { applyEdits } from '../validate/fixes/apply';
import { fixAll, fixesOf, isFixable } from '../validate/fixes/fixes';
import type { Fix } from '../validate/fixes/types';
import { groupPath } from '../validate/group';
import type { KnownTiffs } from '../validate/tiff-lookup';
import type { Finding } from '../validate/types';
import { unreadable, validateReferences } from '../validate/validate';
import type { Documents } from './documents';
import type { HostBytes } from './host-source';
import type { FixRequest, WorkerMethods } from './messages';

/** Findings of one code that are mended at once. */
const MOST_MENDED = 1_000_000;
/** A text of more bytes is compared by what changes of it alone: comparing it whole takes VS Code too long. */
const LARGEST_COMPARED = 20 * 2 ** 20;

/** A text, what was read from it, and what was found. */
interface Checked {
  text: Uint8Array;
  positions: TextPositions;
  set: ReferenceSet | undefined;
  tiffs: KnownTiffs;
  findings: readonly Finding[];
}

/**
 * What can be done about findings of the open document, or of `text` where that is given.
 * @throws KerchunkError `not-open`, `cancelled`.
 */
export async function fixDocument(
  documents: Documents,
  hostBytes: HostBytes,
  payload: WorkerMethods['fixes']['payload'],
  signal: AbortSignal,
): Promise<FixOffer[]> {
  const checked = await check(documents, hostBytes, payload, signal);
  const findings = await concerned(checked, payload, signal);
  const offers = await runInSlices(offersOf(checked, findings, payload), signal);
  return offers.map((fix) => inForm(fix, checked, payload.form));
}

async function check(
  documents: Documents,
  hostBytes: HostBytes,
  { document: name, text }: WorkerMethods['fixes']['payload'],
  signal: AbortSignal,
): Promise<Checked> {
  const given = text === null ? null : (await plainText(new Uint8Array(text), signal)).text;
  try {
    const document =
      given === null
        ? await documents.whole(name)
        : await openDocumentInSlices(given, documents.urlOf(name), hostBytes.opener(name), { signal });
    document.findings ??= await validateReferences(document.set, document.text, { signal });
    return { ...document, findings: document.findings };
  } catch (error) {
    if (given === null || !(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    const findings = [unreadable(given, error)];
    return { text: given, positions: new TextPositions(given), set: undefined, tiffs: new Map(), findings };
  }
}

async function concerned(
  { text, set, findings }: Checked,
  { code, scope }: FixRequest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found = findings.filter((finding) => finding.code === code && finding.more === undefined);
  const isInScope = (finding: Finding): boolean => isWithin(finding, scope, set);
  const areAllListed = set?.problems.every((problem) => problem.code !== code || problem.more === undefined) ?? true;
  if (areAllListed || scope.kind === 'place') return found.filter(isInScope);
  const { problems } = await parseReferencesInSlices(text, { mostProblems: MOST_MENDED, signal });
  const all = problems.filter((problem) => problem.code === code);
  return all.map((problem): Finding => ({ ...problem, severity: 'error', line: 0, column: 0 })).filter(isInScope);
}

function isWithin(finding: Finding, scope: FixScope, set: ReferenceSet | undefined): boolean {
  switch (scope.kind) {
    case 'place':
      return finding.line === scope.line && finding.column === scope.column;
    case 'array':
      return groupPath(finding.key, set) === scope.path;
    case 'file':
      return true;
  }
}

/** Each way that the first of the findings can be mended, for all of them. */
function* offersOf(
  { text, set, tiffs }: Checked,
  findings: readonly Finding[],
  { alternative, scope }: FixRequest,
): Steps<(Fix & { count: number })[]> {
  let ways: Fix[] = [];
  for (const finding of findings) {
    yield;
    if (isFixable(finding, set, text, { tiffs })) ways = fixesOf(finding, set, text, { tiffs });
    if (ways.length > 0) break;
  }
  const wanted = ways.filter((fix) => alternative === null || fix.alternative === alternative);
  if (scope.kind === 'place') return wanted.map((fix) => ({ ...fix, count: 1 }));
  const offers: (Fix & { count: number })[] = [];
  for (const way of new Set(wanted.map((fix) => fix.alternative))) {
    const fix = yield* fixAll(findings, set, text, { tiffs, alternative: way });
    if (fix !== undefined) offers.push({ ...fix, ...(way === undefined ? {} : { alternative: way }) });
  }
  return offers;
}

/** A fix of a document's text as a host takes it. */
export function inForm(
  fix: Fix & { count: number },
  { text, positions }: Pick<Checked, 'text' | 'positions'>,
  form: FixRequest['form'],
): FixOffer {
  const { title, edits, isPreferred = false, alternative = null, count } = fix;
  const offer = { title, isPreferred, alternative, count };
  if (form === 'titles') return { ...offer, edits: [], mended: null };
  if (form === 'edits') {
    return {
      ...offer,
      edits: edits.map(({ span, text: written }) => ({ range: textRange(positions, span), text: written })),
      mended: null,
    };
  }
  const excerpts = text.length > LARGEST_COMPARED ? excerptsOf(text, edits) : null;
  return { ...offer, edits: [], mended: { text: applyEdits(text, edits).buffer, excerpts } };
}
