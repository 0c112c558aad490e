import { type Compression, compressionOf } from '../compression';
import { describeError, type ErrorCode, KerchunkError } from '../errors';
import type { DocumentMethods } from '../preview/methods';
import type {
  CheckedDocument,
  DocumentOutline,
  FindingGroup,
  FixOffer,
  ReaderVerdict,
  ReachCheck,
  SourceCheck,
  TextRange,
} from '../preview/types';
import type { WorkerClient } from '../worker/client';
import type { FixRequest, WorkerMethods } from '../worker/messages';

/** How far the worker is with a text that it reads. */
export interface ReadingProgress {
  message: string;
  findings: readonly FindingGroup[];
}

/** How a reference file stands in the worker. */
export type LoadedState =
  /** `progress`: how much of the text the worker has read, and what it has found so far. */
  | { kind: 'loading'; progress?: ReadingProgress }
  | { kind: 'outline'; outline: DocumentOutline }
  | { kind: 'failed'; error: { code: ErrorCode; message: string }; range: TextRange | null };

/** Checks that read the files behind references. */
type FileCheckMethod = 'checkSource' | 'checkReach';

/** What the worker can be asked about a document. */
export type DocumentMethod = keyof DocumentMethods | 'fixes';
type Payload<Method extends DocumentMethod> = Omit<WorkerMethods[Method]['payload'], 'document'>;

/** References, or a TIFF that is shown itself. */
export type DocumentSource = 'references' | 'tiff';

/** `findings`: they are known, or the check that was to find them failed. */
export type DocumentChange = 'state' | 'findings';

type Failure = Extract<LoadedState, { kind: 'failed' }>['error'];

/** What a document works with. */
export interface DocumentParts {
  worker: Pick<WorkerClient, 'request'>;
  /** What the worker calls it. */
  name: string;
  /** Its address, against which relative targets resolve; null where it has none. */
  url: string | null;
  /** A TIFF is opened by its address, and the worker reads of it what it needs; of references it is given the text. */
  source: DocumentSource;
  /** Told when a TIFF is about to be opened. */
  opening?(): void;
  /** Whether its text is the `.zmetadata` of a reference set in parquet, beside which the worker reads record files. */
  isParquet?: boolean;
  /** The file of references now, as it is stored, in a buffer of its own; `tell` says how far reading it is. */
  read(signal: AbortSignal, tell: (message: string) => void): Promise<ArrayBuffer>;
  /** Why the file cannot be written to, whatever the file system says; null for one that can. */
  readOnly?(compression: Compression | undefined): string | null;
  mayFetch(): boolean;
  /** Told after each change of the state or the findings. */
  changed(what: DocumentChange): void;
  /** Told of what went wrong unexpectedly. */
  failed(error: unknown): void;
  /** After an edit, so long passes without another before the text is read, in ms. */
  delay: number;
}

/** A reference file that the worker holds, follows and checks. */
export class OpenDocument {
  #state: LoadedState = { kind: 'loading' };
  #checked: CheckedDocument | undefined;
  /** What checks of the files behind it found, of this revision. */
  readonly #fileFindings = new Map<FileCheckMethod, readonly FindingGroup[]>();
  #checkFailure: Failure | undefined;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Stops the load and the check under way. */
  #stop = new AbortController();
  #loading: Promise<void> | undefined;
  #checking: Promise<void> | undefined;
  #compression: Compression | undefined;

  constructor(private readonly parts: DocumentParts) {}

  get source(): DocumentSource {
    return this.parts.source;
  }

  get state(): LoadedState {
    return this.#state;
  }

  /** How the file is compressed that was read last. */
  get compression(): Compression | undefined {
    return this.#compression;
  }

  /** Why nothing can be mended in the file; null where it can be written to as far as the document knows. */
  get readOnly(): string | null {
    return this.parts.readOnly?.(this.#compression) ?? null;
  }

  /**
   * The findings of this revision, those of checks of the files behind it too; undefined as long as they are not known. In a file that cannot
   * be written to nothing is fixable.
   */
  get findings(): readonly FindingGroup[] | undefined {
    if (this.#checked === undefined) return undefined;
    const found = [...this.#checked.findings, ...[...this.#fileFindings.values()].flat()];
    return this.readOnly === null ? found : found.map(withoutFix);
  }

  /** What each reader makes of this revision; undefined as long as the findings are not known. */
  get readers(): readonly ReaderVerdict[] | undefined {
    return this.#checked?.readers;
  }

  /** Why this revision could not be checked; undefined while it is checked, and once it is. */
  get checkFailure(): Failure | undefined {
    return this.#checkFailure;
  }

  /** Counts up with each change of what the worker says about the document. */
  get revision(): number {
    return this.#revision;
  }

  /** Reads the text and gives it to the worker, in place of any load under way. Never rejects: the state says what went wrong. */
  load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const signal = this.#restart();
    const loading = this.#load(signal).finally(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
    this.#loading = loading;
    return loading;
  }

  /** The text has changed: loads it once no further change has come for a while. */
  loadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), this.parts.delay);
  }

  /** What may be fetched or read has changed: the same text counts as a new revision and is checked anew. */
  refresh(): void {
    if (this.#state.kind !== 'outline' || this.#loading !== undefined || this.#timer !== undefined) {
      void this.load();
      return;
    }
    const signal = this.#restart();
    this.#settle(signal, this.#state);
    this.#check(signal);
  }

  /** Checks the same text again. */
  check(): void {
    if (this.#state.kind !== 'outline' || this.#loading !== undefined || this.#timer !== undefined) void this.load();
    else this.#check(this.#restart());
  }

  /** Waits until the worker holds the text as it is now. */
  async settled(): Promise<void> {
    if (this.#timer !== undefined) void this.load();
    for (let loading = this.#loading; loading !== undefined; loading = this.#loading) await loading;
  }

  /** Waits until the findings of the text as it is now are known, or the check that was to find them failed. */
  async checked(): Promise<void> {
    await this.settled();
    for (let checking = this.#checking; checking !== undefined; checking = this.#checking) {
      await checking;
      await this.settled();
    }
  }

  /**
   * Asks the worker about the text as it is now; a worker that was started anew gets the text again, once.
   * @throws KerchunkError what the worker answers; why the document cannot be read, where it cannot; `cancelled`.
   */
  async ask<Method extends DocumentMethod>(
    method: Method,
    payload: Payload<Method>,
    signal?: AbortSignal,
    onProgress?: (message: string) => void,
  ): Promise<WorkerMethods[Method]['result']> {
    await this.settled();
    this.#throwWhereFailed();
    const whole = { document: this.parts.name, ...payload } as WorkerMethods[Method]['payload'];
    try {
      return await this.parts.worker.request(method, whole, { signal, onProgress });
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code !== 'not-open') throw error;
    }
    await (this.#loading ?? this.load());
    this.#throwWhereFailed();
    return this.parts.worker.request(method, whole, { signal, onProgress });
  }

  /**
   * Checks the text as it is now against the files behind its references; what is found stands among the findings until the text changes.
   * @throws KerchunkError as `ask`.
   */
  checkSource(signal: AbortSignal, onProgress: (message: string) => void): Promise<SourceCheck> {
    return this.#checkFiles('checkSource', () => this.ask('checkSource', {}, signal, onProgress));
  }

  /**
   * As `checkSource`, whether the files behind its references can be reached.
   * @throws KerchunkError as `ask`.
   */
  checkReach(signal: AbortSignal, onProgress: (message: string) => void): Promise<ReachCheck> {
    return this.#checkFiles('checkReach', () => this.ask('checkReach', {}, signal, onProgress));
  }

  /**
   * What can be done about findings of the text as it is now, also where it is no reference file.
   * @throws KerchunkError as `ask`.
   */
  async fixes(request: FixRequest, signal?: AbortSignal): Promise<FixOffer[]> {
    await this.settled();
    const isText = this.#state.kind === 'failed' && isFaultOfText(this.#state.error.code);
    if (!isText) return this.ask('fixes', { ...request, text: null }, signal);
    const text = await this.#read(signal ?? this.#stop.signal);
    const payload = { ...request, document: this.parts.name, text };
    return this.parts.worker.request('fixes', payload, { transfer: [text], signal });
  }

  /**
   * The text as the worker holds it, decompressed; of what is no reference file the text of the file as it is now.
   * @throws KerchunkError as `ask`; what reading and decompressing the file throw.
   */
  async text(signal?: AbortSignal): Promise<ArrayBuffer> {
    await this.settled();
    if (this.#state.kind === 'outline') return (await this.ask('text', {}, signal)).text;
    const bytes = await this.#read(signal ?? this.#stop.signal);
    return (await this.parts.worker.request('decompress', { bytes }, { transfer: [bytes], signal })).text;
  }

  /** Lets the worker go of it. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    // A worker that does not answer has ended, and holds nothing.
    this.parts.worker.request('close', { document: this.parts.name }).catch(() => undefined);
  }

  /** Keeps what a check of the text as it is now finds. */
  async #checkFiles<Result extends { groups: FindingGroup[] }>(
    method: FileCheckMethod,
    run: () => Promise<Result>,
  ): Promise<Result> {
    await this.settled();
    const revision = this.#revision;
    const check = await run();
    if (revision === this.#revision) {
      this.#fileFindings.set(method, check.groups);
      if (this.#checked !== undefined) this.parts.changed('findings');
    }
    return check;
  }

  #throwWhereFailed(): void {
    if (this.#state.kind === 'failed') throw new KerchunkError(this.#state.error.code, this.#state.error.message);
  }

  async #read(signal: AbortSignal, tell: (message: string) => void = () => undefined): Promise<ArrayBuffer> {
    const bytes = await this.parts.read(signal, tell);
    this.#compression = compressionOf(new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength)));
    return bytes;
  }

  #restart(): AbortSignal {
    this.#stop.abort();
    this.#stop = new AbortController();
    return this.#stop.signal;
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const outline = await this.#open(signal, (message, findings) => {
        this.#tellReading(signal, message, findings);
      });
      this.#settle(signal, { kind: 'outline', outline });
      this.#check(signal, true);
    } catch (error) {
      if (signal.aborted) return;
      const failure = describeError(error, 'fetch-failed');
      if (!(error instanceof KerchunkError)) this.parts.failed(error);
      const checked = await this.#findFailure(failure.code, signal);
      this.#settle(signal, { kind: 'failed', error: failure, range: checked.findings[0]?.range ?? null }, checked);
    }
  }

  /** While a text is read for the first time there is nothing else to show of it. */
  #tellReading(signal: AbortSignal, message: string, findings: readonly FindingGroup[] | undefined): void {
    const state = this.#state;
    if (signal.aborted || state.kind !== 'loading') return;
    this.#state = { kind: 'loading', progress: { message, findings: findings ?? state.progress?.findings ?? [] } };
    this.parts.changed('state');
  }

  async #open(
    signal: AbortSignal,
    onProgress: (message: string, findings?: readonly FindingGroup[]) => void,
  ): Promise<DocumentOutline> {
    const { worker, name, url, source } = this.parts;
    if (source === 'tiff') {
      this.parts.opening?.();
      return worker.request('openTiff', { document: name, url: url ?? name }, { signal });
    }
    const text = await this.#read(signal, onProgress);
    if (this.parts.isParquet === true && url !== null) {
      return worker.request('openParquet', { document: name, text, url }, { transfer: [text], signal });
    }
    return worker.request('open', { document: name, text, url }, { transfer: [text], signal, onProgress });
  }

  /** The one finding of a text that is no reference file says where. */
  async #findFailure(code: ErrorCode, signal: AbortSignal): Promise<CheckedDocument> {
    const nothing = { findings: [], readers: [] };
    if (!isFaultOfText(code)) return nothing;
    try {
      const text = await this.#read(signal);
      const payload = { document: this.parts.name, text, fetch: false };
      return await this.parts.worker.request('validate', payload, { transfer: [text], signal });
    } catch (error) {
      if (!signal.aborted) this.parts.failed(error);
      return nothing;
    }
  }

  #check(signal: AbortSignal, fresh = false): void {
    const checking = this.#find(signal, fresh).finally(() => {
      if (this.#checking === checking) this.#checking = undefined;
    });
    this.#checking = checking;
  }

  /** `fresh`: the worker was given the text just now; one that does not hold it all the same is not given it again. */
  async #find(signal: AbortSignal, fresh: boolean): Promise<void> {
    const { worker, name } = this.parts;
    // What would be found in references that stand in no file leads nowhere.
    if (this.parts.source === 'tiff') return;
    let checked: CheckedDocument | undefined;
    let failure: Failure | undefined;
    try {
      const payload = { document: name, text: null, fetch: this.parts.mayFetch() };
      checked = await worker.request('validate', payload, { signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!fresh && error instanceof KerchunkError && error.code === 'not-open') {
        void this.load();
        return;
      }
      this.parts.failed(error);
      failure = describeError(error, 'decode-failed');
    }
    if (signal.aborted) return;
    this.#checked = checked;
    this.#checkFailure = failure;
    this.parts.changed('findings');
  }

  #settle(signal: AbortSignal, state: LoadedState, checked?: CheckedDocument): void {
    if (signal.aborted) return;
    this.#state = state;
    this.#checked = checked;
    this.#fileFindings.clear();
    this.#checkFailure = undefined;
    this.#revision += 1;
    this.parts.changed('state');
    if (checked !== undefined) this.parts.changed('findings');
  }
}

function withoutFix(group: FindingGroup): FindingGroup {
  const plain = { ...group };
  delete plain.fixable;
  return plain;
}

/** Whether a text could not be read because of what stands in it, which has a finding. */
function isFaultOfText(code: ErrorCode): boolean {
  return code === 'not-json' || code === 'malformed-reference';
}
