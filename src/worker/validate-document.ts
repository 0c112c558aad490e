import { KerchunkError } from '../errors';
import { openDocumentInSlices, type PreviewDocument } from '../preview/document';
import { findingGroups } from '../preview/findings';
import type { FindingGroup } from '../preview/types';
import { TextPositions } from '../references/position';
import { groupFindings } from '../validate/group';
import { isFixable } from '../validate/fixes/fixes';
import { unreadable, validateReferences } from '../validate/validate';
import type { Documents } from './documents';
import type { HostBytes } from './host-source';
import type { WorkerMethods } from './messages';

/**
 * The findings of `text`, or of the open document where it is null, grouped. `fetch` lets the TIFFs behind arrays be looked at.
 * @throws KerchunkError `not-open`, `cancelled`.
 */
export async function validateDocument(
  documents: Documents,
  hostBytes: HostBytes,
  { document: name, text, fetch }: WorkerMethods['validate']['payload'],
  signal: AbortSignal,
): Promise<FindingGroup[]> {
  let document: PreviewDocument;
  try {
    document =
      text === null
        ? documents.get(name)
        : await openDocumentInSlices(new Uint8Array(text), documents.urlOf(name), hostBytes.opener(name), { signal });
  } catch (error) {
    if (text === null || !(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    const bytes = new Uint8Array(text);
    return findingGroups(
      groupFindings([unreadable(bytes, error)], undefined),
      new TextPositions(bytes),
      undefined,
      (finding) => isFixable(finding, undefined, bytes),
    );
  }
  const { set, positions, opener, tiffs } = document;
  const findings = await validateReferences(set, document.text, { signal, ...(fetch ? { opener, tiffs } : {}) });
  document.findings = findings;
  return findingGroups(groupFindings(findings, set), positions, set, (finding) =>
    isFixable(finding, set, document.text, { tiffs }),
  );
}
