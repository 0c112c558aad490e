import type { ErrorCode } from '../errors';
import type { Encoding } from '../preview/encoding-text';
import type {
  ChunkPreview,
  DocumentOutline,
  FindingGroup,
  ReaderVerdict,
  TextRange,
  TakeFormat,
} from '../preview/types';
import type { DocumentMethods } from '../preview/methods';

/** What the host passes on to the worker, and back, as it is. */
export const passedOn = [
  'glance',
  'describeArray',
  'grid',
  'encoding',
  'whatIf',
  'stageBytes',
  'axes',
  'targets',
  'targetMap',
  'targetBytes',
  'cost',
  'compare',
  'pyramid',
  'window',
  'coordinates',
] as const satisfies readonly (keyof DocumentMethods)[];

/** What the page can ask the host for: the payload of each request and what comes back. */
export type PageMethods = Pick<DocumentMethods, (typeof passedOn)[number]> & {
  chunk: { payload: DocumentMethods['chunk']['payload']; result: ShownChunk };
};

/** A chunk without the address that it was read from, which may hold credentials: the host keeps it, by the chunk's key. */
export interface ShownChunk extends Omit<ChunkPreview, 'request'> {
  request: { shownUrl: string; start: number; end: number | null } | null;
}

export type PageMethod = keyof PageMethods;

/** A request as it goes to the host; the reply carries the same `id`. */
export type PageRequest = {
  [Method in PageMethod]: { type: 'request'; method: Method; id: number; payload: PageMethods[Method]['payload'] };
}[PageMethod];

export interface Failure {
  code: ErrorCode;
  message: string;
}

/** The reference file, or the TIFF that is shown itself, as a whole: its outline, or why it cannot be shown. */
export type DocumentState =
  /** `progress`: how much of the text has been read, and what was found in it so far. */
  | { kind: 'loading'; name: string; progress?: { message: string; findings: readonly FindingGroup[] } }
  | { kind: 'outline'; name: string; outline: DocumentOutline }
  /** `tiff`: it is a TIFF that was to be shown itself, which has no text. */
  | { kind: 'failed'; name: string; error: Failure; range: TextRange | null; tiff?: boolean };

/** From the host to the page of the editor. */
export type ToEditorPage =
  /**
   * The file, at first and after each change of its text; what the page shows of arrays and chunks is out of date then. `revision` counts
   * up. `trusted` is false in Restricted Mode, where nothing is fetched.
   */
  | { type: 'document'; revision: number; state: DocumentState; trusted: boolean }
  /** `readers`: what each makes of the file; none of a text that is no reference file. */
  | { type: 'findings'; revision: number; findings: FindingGroup[]; readers: ReaderVerdict[] }
  /** The file could not be checked. */
  | { type: 'notChecked'; revision: number; error: Failure }
  /** Shows an array, and one of its chunks: a link in a hover or a command. */
  | { type: 'show'; path: string; indices: readonly number[] | null }
  | { type: 'reply'; id: number; ok: true; result: PageMethods[PageMethod]['result'] }
  | { type: 'reply'; id: number; ok: false; error: Failure };

/** What the page takes away as a file; `name` says what it is in a file's name: "red.1.2". */
export type Taken = { name: string; path: string } & (
  | { format: Exclude<TakeFormat, 'stored'>; slices: DocumentMethods['take']['payload']['slices'] }
  | { format: 'stored'; indices: readonly number[] }
  /** A picture as the page shows it. */
  | { format: 'png'; png: ArrayBuffer }
);

/** From the page to the host. */
export type FromEditorPage =
  | { type: 'ready' }
  | PageRequest
  /** Nobody waits for request `id` any more. */
  | { type: 'cancel'; id: number }
  /** Shows a place in the text, in an editor beside. */
  | { type: 'showText'; range: TextRange }
  | { type: 'openText' }
  /** `what` is said in the notification: "The chunk's key". */
  | { type: 'copy'; text: string; what: string }
  | { type: 'take'; taken: Taken }
  /** Generates the references of the TIFF that is shown itself. */
  | { type: 'generate' }
  | { type: 'manageTrust' }
  /** Copies the request of a chunk that was shown, as a command for curl. */
  | { type: 'copyCurl'; key: string }
  /** Asks the user whether the local file of a chunk that was shown may be read; the page asks for the chunk again after `document`. */
  | { type: 'allowFile'; key: string }
  /** As `allowFile`, of a file that references point into. */
  | { type: 'allowTarget'; target: number }
  /** Mends the findings of a code about an array or group, or of the whole file, once the user has seen what that changes. */
  | { type: 'fix'; code: string; path: string | null }
  /** Writes another encoding into the metadata of an array, once the user has seen what that changes. */
  | { type: 'rewrite'; path: string; encoding: Encoding }
  /** Checks the file again. */
  | { type: 'check' }
  | { type: 'showLog' };
