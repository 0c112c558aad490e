import type { GenerateAccount, GenerateOptions } from '../generate/types';
import type { StatedFacts } from '../stack/facts';
import type { PartOptions, TiffPart } from '../stack/part';
import type { TiffDescription } from '../tiff/types';
import type { Validator } from '../bytes/source';
import type { DocumentMethods } from '../preview/methods';
import type { CheckedDocument, DocumentOutline, FindingGroup, FixOffer, FixScope } from '../preview/types';
import type { Drift } from '../validate/drift';
import type { ZarrArray } from '../zarr/types';
import type { FailureMessage } from './failure';
import type { SetDifferences } from '../preview/set-difference-types';
import type { StacFiles } from './read-stac';
import type { AddressChange, AddressCount, MadeSet, MakeSet, SetFacts, SetInput } from './set-messages';

/** What can be asked about a document, as requests to the worker: each names its document. */
type DocumentRequests = {
  [Method in keyof DocumentMethods]: {
    payload: DocumentMethods[Method]['payload'] & { document: string };
    result: DocumentMethods[Method]['result'];
  };
};

/** What the worker can be asked for: the payload of each request and what comes back. */
export interface WorkerMethods extends DocumentRequests {
  /** References of a TIFF, with the strips that must be written anew (see readLastStrips); `code` is the xarray code that opens `file`, where the host will write them. */
  generate: {
    payload: {
      tiff: TiffDescription;
      options: GenerateOptions;
      strips: readonly { offset: number; bytes: ArrayBuffer }[];
      file: string;
    };
    result: { text: string; account: Omit<GenerateAccount, 'xarrayCode'>; code: string };
  };
  /** A TIFF as a part of a larger set, see makePart. */
  part: {
    payload: {
      tiff: TiffDescription;
      options: PartOptions;
      strips: readonly { offset: number; bytes: ArrayBuffer }[];
      facts: StatedFacts | null;
    };
    result: TiffPart;
  };
  /** One chunk's stored bytes and the array that holds it, decoded as readers do and as it is. */
  measureDrift: { payload: { stored: ArrayBuffer; array: ZarrArray }; result: Drift };
  /**
   * Scans a reference file and holds it under the name `document`, in place of what had that name. `url` is its own address, against
   * which relative targets resolve. Tells how far it is, and what it has found so far. Fails with `not-json` or `malformed-reference` and the place in the message where nothing is usable.
   */
  open: { payload: { document: string; text: ArrayBuffer; url: string | null }; result: DocumentOutline };
  /** As `open`, of a reference set in parquet by the text of its `.zmetadata`, which stands at `url`; its record files are read later. */
  openParquet: { payload: { document: string; text: ArrayBuffer; url: string }; result: DocumentOutline };
  /**
   * Describes the TIFF at `url`, reading of it what it needs, and holds the references that its pixels are read by as `document`. Fails with
   * what reading and describing it throw, and `not-expressible` where its pixels are not decoded here.
   */
  openTiff: { payload: { document: string; url: string }; result: DocumentOutline };
  /** Whether the pixels of a TIFF that references cannot hold are decoded here. */
  canShow: { payload: { tiff: TiffDescription }; result: boolean };
  /** The text of a file that may be compressed. Fails with what `plainText` throws. */
  decompress: { payload: { bytes: ArrayBuffer }; result: { text: ArrayBuffer } };
  /** Lets go of a document. */
  close: { payload: { document: string }; result: null };
  /** `fetch`: whether the TIFFs behind the arrays are looked at. Also for a text that is no reference file, whose one finding says so. */
  validate: { payload: { document: string; text: ArrayBuffer | null; fetch: boolean }; result: CheckedDocument };
  /**
   * What can be done about the findings of a code, the best first; `alternative` asks for what goes that way alone. As edits, or as the text
   * that they give. Also for a text that is no reference file; its findings are then those of the text, which is not open.
   */
  fixes: { payload: FixRequest & { document: string; text: ArrayBuffer | null }; result: FixOffer[] };
  /** The TIFFs of a STAC Item or ItemCollection; `base` is its address or absolute path. Fails with what `readStacFiles` throws. */
  readStac: { payload: { text: ArrayBuffer; base: string }; result: StacFiles };
  /** What is asked about before a set is changed or combined. Fails with what reading its record files and `manifestOfReferences` throw. */
  factsOfSet: { payload: { document: string }; result: SetFacts };
  /** One set made of those that are open, as it is to be written. Fails with what `makeSet` throws. */
  makeSet: { payload: MakeSet; result: MadeSet };
  /** What changing the addresses of a set would do. */
  countAddresses: { payload: { document: string; changes: readonly AddressChange[] }; result: AddressCount };
  /** What two sets differ in by meaning. */
  diffOfSets: { payload: { before: SetInput; after: SetInput }; result: SetDifferences };
}

/** What is asked of `fixes`. */
export interface FixRequest {
  code: string;
  scope: FixScope;
  alternative: string | null;
  /** `titles`: only what could be done. */
  form: 'titles' | 'edits' | 'text';
}

export type WorkerMethod = keyof WorkerMethods;

/** A request as it goes to the worker; the reply carries the same `id`. */
export type WorkerRequest = {
  [Method in WorkerMethod]: { type: Method; id: number; payload: WorkerMethods[Method]['payload'] };
}[WorkerMethod];

/** What is known of a file once a part of it was asked for, whatever came of that; null: not known. */
export interface KnownOfFile {
  size: number | null;
  validator: Validator | null;
  /** As `ByteSource.ignoresRanges`. */
  ignoresRanges: boolean | null;
}

/** From the host to the worker. */
export type ToWorker =
  | WorkerRequest
  /** Nobody waits for request `id` any more. */
  | { type: 'cancel'; id: number }
  /** The answer to an asset message. */
  | { type: 'asset'; name: string; ok: true; bytes: ArrayBuffer }
  | { type: 'asset'; name: string; ok: false; error: FailureMessage }
  /** The answer to a wantBytes message: what there is of the range. */
  | { type: 'bytes'; id: number; ok: true; bytes: ArrayBuffer; known: KnownOfFile }
  | { type: 'bytes'; id: number; ok: false; error: FailureMessage; known: KnownOfFile };

/** From the worker to the host. */
export type FromWorker =
  | { type: 'reply'; id: number; ok: true; result: WorkerMethods[WorkerMethod]['result'] }
  | { type: 'reply'; id: number; ok: false; error: FailureMessage }
  /** How far request `id` is, in words; with the first findings of a text that is being read, where there are newer ones. */
  | { type: 'progress'; id: number; message: string; findings?: FindingGroup[] }
  /** A decoder needs the file `name` of `dist/assets/`. */
  | { type: 'wantAsset'; name: string }
  /**
   * The half-open byte range [offset, offset + length) of `url`, for `document`. `afresh`: from the file as it is now, whatever is known
   * of it.
   */
  | {
      type: 'wantBytes';
      id: number;
      document: string;
      url: string;
      offset: number;
      length: number;
      afresh: boolean;
    }
  /** Nobody waits for these bytes any more. */
  | { type: 'cancelBytes'; id: number };
