import type { FromWorker, ToWorker } from './messages';

/** The script of a worker, as the host that starts it can reach it. */
export interface WorkerScript {
  /** Path of the script for worker threads, where the host has them. */
  path: string;
  /** Its text, for hosts that can only start a worker from a blob. */
  text(): Promise<string>;
}

/** A started worker, seen from its host. */
export interface WorkerChannel {
  /** Buffers in `transfer` move to the worker and are empty here afterwards. */
  post(message: ToWorker, transfer?: ArrayBuffer[]): void;
  /** Ends the worker; what it was doing is lost. */
  stop(): void;
}

/** What a host hears from its worker. */
export interface WorkerListener {
  message(message: FromWorker): void;
  /** The worker ended by itself or failed to start; it answers nothing any more. */
  ended(reason: string): void;
}
