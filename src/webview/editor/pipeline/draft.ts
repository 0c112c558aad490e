import type { EncodingDetails } from '../../../preview/what-if-types';
import { type Encoding, isSameEncoding } from '../../../preview/encoding-text';
import type { Page } from '../page';
import type { EditorState } from '../state';

/** The encoding that is tried: the draft, as long as it is not what the file says by now. */
export function draftOf({ whatIf }: EditorState, { encoding }: EncodingDetails): Encoding | null {
  return whatIf.draft === null || isSameEncoding(whatIf.draft, encoding) ? null : whatIf.draft;
}

/** Changes the encoding that is tried, or begins one from the file's. */
export function edit(page: Page, details: EncodingDetails, change: (encoding: Encoding) => Encoding): void {
  const changed = change(page.state.whatIf.draft ?? details.encoding);
  const draft = isSameEncoding(changed, details.encoding) ? null : changed;
  page.dispatch({ type: 'whatIf', change: { draft } });
}

/** Milliseconds without another key after which what was typed is tried. */
const pause = 250;
const timers = new WeakMap<EventTarget, ReturnType<typeof setTimeout>>();

/** Takes what is typed into a field, once no more comes for a while. */
export function whenTyped(take: (text: string) => void): (event: Event) => void {
  return ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    clearTimeout(timers.get(target));
    timers.set(
      target,
      setTimeout(() => {
        take(target.value);
      }, pause),
    );
  };
}
