import type { ErrorCode } from '../errors';
import type { GenerateAccount, GenerateOptions } from '../generate/types';
import type { TiffDescription } from '../tiff/types';
import type { Drift } from '../validate/drift';
import type { ZarrArray } from '../zarr/types';

/** What the worker can be asked for: the payload of each request and what comes back. */
export interface WorkerMethods {
  /** References of a TIFF; `code` is the xarray code that opens `file`, where the host will write them. */
  generate: {
    payload: { tiff: TiffDescription; options: GenerateOptions; file: string };
    result: { text: string; account: Omit<GenerateAccount, 'xarrayCode'>; code: string };
  };
  /** One chunk's stored bytes and the array that holds it, decoded as readers do and as it is. */
  measureDrift: { payload: { stored: ArrayBuffer; array: ZarrArray }; result: Drift };
}

export type WorkerMethod = keyof WorkerMethods;

/** A request as it goes to the worker; the reply carries the same `id`. */
export type WorkerRequest = {
  [Method in WorkerMethod]: { type: Method; id: number; payload: WorkerMethods[Method]['payload'] };
}[WorkerMethod];

/** Why a request or an asset did not come. */
export interface FailureMessage {
  code: ErrorCode;
  message: string;
}

/** From the host to the worker. */
export type ToWorker =
  | WorkerRequest
  /** Nobody waits for request `id` any more. */
  | { type: 'cancel'; id: number }
  /** The answer to an asset message. */
  | { type: 'asset'; name: string; ok: true; bytes: ArrayBuffer }
  | { type: 'asset'; name: string; ok: false; error: FailureMessage };

/** From the worker to the host. */
export type FromWorker =
  | { type: 'reply'; id: number; ok: true; result: WorkerMethods[WorkerMethod]['result'] }
  | { type: 'reply'; id: number; ok: false; error: FailureMessage }
  /** A decoder needs the file `name` of `dist/assets/`. */
  | { type: 'wantAsset'; name: string };
