import type { FromEditorPage, PageRequest, ToEditorPage } from '../editor-messages';
import type { Action } from './actions';
import { methods, type Wanted } from './wanted';
import type { Slot } from './state';

/** Milliseconds after which the page says that it waits. */
const patience = 150;

interface Pending {
  key: string;
  /** Null once it was answered or given up. */
  id: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

type Reply = Extract<ToEditorPage, { type: 'reply' }>;

/** Asks the host for what is wanted, once; takes back what is wanted no more, and passes over answers to it. */
export class Requests {
  readonly #pending = new Map<Slot, Pending>();
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
    this.dispatch({ type: 'refused', slot, error: { code: 'cancelled', message: 'Cancelled.' } });
  }

  /** Passes the answer on, unless its question is out of date. */
  answer(reply: Reply): void {
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
