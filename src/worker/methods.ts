import { generateReferences } from '../generate/generate';
import { outlineOf } from '../preview/outline';
import { canShow, openTiff } from '../preview/tiff';
import { makePart } from '../stack/read-parts';
import { plainText } from '../read/compressed-text';
import { tightCopy } from '../tight';
import { measureDrift } from '../validate/drift';
import { chunksNeeded } from './chunks-needed';
import { type DocumentHandlers, documentMethods } from './document-methods';
import { Documents } from './documents';
import { fixDocument } from './fix-document';
import type { HostBytes } from './host-source';
import { countAddresses, diffOfSets, factsOfSet, makeSet } from './make-set';
import type { DocumentMethods } from '../preview/methods';
import type { WorkerMethod, WorkerMethods } from './messages';
import { readingProgress, type Tell } from './reading-progress';
import { readStacFiles } from './read-stac';
import { validateDocument } from './validate-document';

/** What the worker does for each request; `tell` says how far it is, and what it has found so far. */
export type Methods = {
  [Method in WorkerMethod]: (
    payload: WorkerMethods[Method]['payload'],
    signal: AbortSignal,
    tell: Tell,
  ) => WorkerMethods[Method]['result'] | Promise<WorkerMethods[Method]['result']>;
};

/** The methods of one worker, which share the reference files that it holds. */
export function createMethods(hostBytes: HostBytes): Methods {
  const documents = new Documents(hostBytes);
  return {
    generate: async ({ tiff, options, strips, file }, signal) => {
      const stored = strips.map(({ offset, bytes }) => ({ offset, bytes: new Uint8Array(bytes) }));
      const { text, account } = await generateReferences(tiff, options, stored, signal);
      const { xarrayCode, ...plain } = account;
      return { text, account: plain, code: xarrayCode(file) };
    },
    part: ({ tiff, options, strips, facts }, signal) => {
      const stored = strips.map(({ offset, bytes }) => ({ offset, bytes: new Uint8Array(bytes) }));
      return makePart({ tiff, options, strips: stored, ...(facts === null ? {} : { facts }) }, signal);
    },
    measureDrift: ({ stored, array }) => measureDrift(new Uint8Array(stored), array),
    open: async ({ document, text, url }, signal, tell) => {
      const plain = await plainText(new Uint8Array(text), signal);
      const { compression } = plain;
      const told = readingProgress(plain.text, tell);
      return outlineOf(await documents.open(document, plain.text, url ?? undefined, { compression, signal, ...told }));
    },
    openParquet: ({ document, text, url }) => outlineOf(documents.openParquet(document, new Uint8Array(text), url)),
    openTiff: async ({ document, url }, signal) => {
      const { text, tiff } = await openTiff(hostBytes.opener(document).open(url), signal);
      return { ...outlineOf(await documents.open(document, text, url, { signal })), tiff };
    },
    canShow: ({ tiff }) => canShow(tiff),
    decompress: async ({ bytes }, signal) => ({
      text: tightCopy((await plainText(new Uint8Array(bytes), signal)).text),
    }),
    close: ({ document }) => {
      documents.close(document);
      return null;
    },
    validate: (payload, signal) => validateDocument(documents, hostBytes, payload, signal),
    fixes: (payload, signal) => fixDocument(documents, hostBytes, payload, signal),
    readStac: ({ text, base }) => readStacFiles(new Uint8Array(text), base),
    factsOfSet: ({ document }, signal) => factsOfSet(documents, document, signal),
    makeSet: (payload, signal, tell) => makeSet(documents, payload, signal, tell),
    countAddresses: ({ document, changes }, signal) => countAddresses(documents, document, changes, signal),
    diffOfSets: ({ before, after }, signal) => diffOfSets(documents, [before, after], signal),
    ...boundTo(documents, hostBytes),
  };
}

/** Each method about a document, given the document that its request names. */
function boundTo(documents: Documents, hostBytes: HostBytes): Pick<Methods, keyof DocumentMethods> {
  const bind =
    <Method extends keyof DocumentMethods>(
      run: DocumentHandlers[Method],
      needed: (typeof chunksNeeded)[Method] | undefined,
    ) =>
    async (payload: WorkerMethods[Method]['payload'], signal: AbortSignal, tell: Tell) => {
      const { document: name } = payload;
      const document = await (needed === undefined
        ? documents.whole(name)
        : documents.part(name, (metadata) => needed(metadata, payload)));
      return run(document, payload, signal, tell, hostBytes.openerAfresh(name));
    };
  const names = Object.keys(documentMethods) as (keyof DocumentMethods)[];
  return Object.fromEntries(
    names.map((name) => [name, bind(documentMethods[name], chunksNeeded[name])]),
  ) as unknown as Pick<Methods, keyof DocumentMethods>;
}
