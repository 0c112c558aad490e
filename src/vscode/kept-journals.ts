import type * as vscode from 'vscode';
import { Journal } from '../stack/journal';
import { joinBytes } from '../join-bytes';

/** Outputs whose journals are kept. */
const MOST_KEPT = 8;

/**
 * What runs have read that came to no end or not to a whole one, by their outputs: the same command goes on from there until the window is
 * closed. VS Code's file systems have no way to add to a file, so that nothing stands beside the output.
 */
export class KeptJournals {
  readonly #kept = new Map<string, Uint8Array[]>();

  /** The journal of an output. */
  open(output: vscode.Uri): Promise<Journal> {
    const key = output.toString();
    const pieces = this.#kept.get(key) ?? [];
    this.#kept.delete(key);
    this.#kept.set(key, pieces);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return Journal.open(
      {
        read: () => Promise.resolve(pieces.length === 0 ? undefined : joinBytes(pieces)),
        append: (text) => {
          pieces.push(new TextEncoder().encode(text));
          return Promise.resolve();
        },
        remove: () => {
          this.#kept.delete(key);
          return Promise.resolve();
        },
      },
      key,
    );
  }
}
