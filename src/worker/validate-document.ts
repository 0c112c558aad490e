import { KerchunkError } from '../errors';
import { openDocumentInSlices, type PreviewDocument } from '../preview/document';
import { findingGroups } from '../preview/findings';
import { readerVerdicts } from '../preview/readers';
import type { CheckedDocument } from '../preview/types';
import { plainText } from '../read/compressed-text';
import { TextPositions } from '../references/position';
import { groupFindings } from '../validate/group';
import { isFixable } from '../validate/fixes/fixes';
import { readerReportInSlices } from '../validate/readers/report';
import type { Finding } from '../validate/types';
import { unreadable, validateReferences } from '../validate/validate';
import type { Documents } from './documents';
import type { HostBytes } from './host-source';
import type { WorkerMethods } from './messages';

/**
 * The findings of `text`, or of the open document where it is null, grouped, and what readers make of it. `fetch` lets the TIFFs behind arrays be looked at.
 * @throws KerchunkError `not-open`, `cancelled`.
 */
export async function validateDocument(
  documents: Documents,
  hostBytes: HostBytes,
  { document: name, text, fetch }: WorkerMethods['validate']['payload'],
  signal: AbortSignal,
): Promise<CheckedDocument> {
  const given = text === null ? null : (await plainText(new Uint8Array(text), signal)).text;
  let document: PreviewDocument;
  try {
    document =
      given === null
        ? await documents.whole(name)
        : await openDocumentInSlices(given, documents.urlOf(name), hostBytes.opener(name), { signal });
  } catch (error) {
    if (given === null || !(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    const canFix = (finding: Finding): boolean => isFixable(finding, undefined, given);
    const grouped = groupFindings([unreadable(given, error)], undefined);
    return { findings: findingGroups(grouped, new TextPositions(given), undefined, canFix), readers: [] };
  }
  const { set, positions, opener, tiffs } = document;
  const findings = await validateReferences(set, document.text, { signal, ...(fetch ? { opener, tiffs } : {}) });
  document.findings = findings;
  const canFix = (finding: Finding): boolean => isFixable(finding, set, document.text, { tiffs });
  return {
    findings: findingGroups(groupFindings(findings, set), positions, set, canFix),
    // What readers make of sets in parquet is not known.
    readers:
      set.parquet === undefined
        ? readerVerdicts(await readerReportInSlices(set, document.text, findings, signal), positions, set)
        : [],
  };
}
