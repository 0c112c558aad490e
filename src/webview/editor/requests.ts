import { KerchunkError } from '../../errors';
import type { FromEditorPage, PageMethod, PageMethods, PageRequest, ToEditorPage } from '../editor-messages';
import type { Action } from './actions';
import { methods, type Wanted } from './wanted';
import type { Slot } from './state';
import { t } from '../l10n';

/** Milliseconds after which the page says that it waits. */
const patience = 150;

interface Pending {
  key: string;
  /** Null once it was answered or given up. */
  id: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

type Reply = Extract<ToEditorPage, { type: 'reply' }>;

interface Waiter {
  resolve: (result: never) => void;
  reject: (error: KerchunkError) => void;
  /** Stops listening to the signal. */
  settle: () => void;
}

/** Asks the host for what is wanted, once; takes back what is wanted no more, and passes over answers to it. */
export class Requests {
  readonly #pending = new Map<Slot, Pending>();
  /** Requests that stand for no part of the page's state, by their ids. */
  readonly #waiting = new Map<number, Waiter>();
  #lastId = 0;

  constructor(
    private readonly post: (message: FromEditorPage) => void,
    private readonly dispatch: (action: Action) => void,
  ) {}

  /** Makes the requests under way those that are wanted; slots in `keep` stay as they are. */
  follow({ wanted, keep }: { wanted: readonly Wanted[]; keep: readonly Slot[] }): void {
    for (const slot of [...this.#pending.keys()]) {
      if (keep.includes(slot) || wanted.some((request) => request.slot === slot)) continue;
      this.#giveUp(slot);
      this.#pending.delete(slot);
      this.dispatch({ type: 'dropped', slot });
    }
    for (const request of wanted) {
      if (this.#pending.get(request.slot)?.key !== request.key) this.#ask(request);
    }
  }

  /** Takes a request back on the user's word: the slot stays cancelled until something else is wanted. */
  cancel(slot: Slot): void {
    this.#giveUp(slot);
    this.dispatch({ type: 'refused', slot, error: { code: 'cancelled', message: t('Cancelled.') } });
  }

  /**
   * Asks the host for something that is no part of the page's state: many of one kind at once, or what a button does.
   * @throws KerchunkError the host's failure, or `cancelled`.
   */
  ask<Method extends PageMethod>(
    method: Method,
    payload: PageMethods[Method]['payload'],
    signal?: AbortSignal,
  ): Promise<PageMethods[Method]['result']> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        if (this.#waiting.delete(id)) this.post({ type: 'cancel', id });
        reject(new KerchunkError('cancelled', t('Cancelled.')));
      };
      if (signal?.aborted === true) {
        giveUp();
        return;
      }
      signal?.addEventListener('abort', giveUp, { once: true });
      const settle = (): void => signal?.removeEventListener('abort', giveUp);
      this.#waiting.set(id, { resolve, reject, settle });
      this.post({ type: 'request', method, id, payload } as PageRequest);
    });
  }

  /** Passes the answer on, unless its question is out of date. */
  answer(reply: Reply): void {
    const waiter = this.#waiting.get(reply.id);
    if (waiter !== undefined) {
      this.#waiting.delete(reply.id);
      waiter.settle();
      if (reply.ok) waiter.resolve(reply.result as never);
      else waiter.reject(new KerchunkError(reply.error.code, reply.error.message));
      return;
    }
    for (const [slot, pending] of this.#pending) {
      if (pending.id !== reply.id) continue;
      clearTimeout(pending.timer);
      pending.id = null;
      this.dispatch(reply.ok ? loaded(slot, reply.result) : { type: 'refused', slot, error: reply.error });
      return;
    }
  }

  #ask({ slot, key, payload }: Wanted): void {
    this.#giveUp(slot);
    this.#lastId += 1;
    const id = this.#lastId;
    const timer = setTimeout(() => {
      this.dispatch({ type: 'slow', slot });
    }, patience);
    this.#pending.set(slot, { key, id, timer });
    this.dispatch({ type: 'waiting', slot });
    this.post({ type: 'request', method: methods[slot], id, payload } as PageRequest);
  }

  #giveUp(slot: Slot): void {
    const pending = this.#pending.get(slot);
    if (pending === undefined || pending.id === null) return;
    clearTimeout(pending.timer);
    this.post({ type: 'cancel', id: pending.id });
    pending.id = null;
  }
}

/** The reply's result is what the slot's method gives: the id says which request it answers. */
function loaded(slot: Slot, value: Extract<Reply, { ok: true }>['result']): Action {
  return { type: 'loaded', slot, value } as Action;
}
