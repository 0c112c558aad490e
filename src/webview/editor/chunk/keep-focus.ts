/** What can have the focus and comes again with the next chunk. */
const recurring = ['chunk-picture', 'value-table', '.curve-box'];

/**
 * Draws the page so that the focus stays with the chunk: what has it there is taken away where the next chunk is long in coming, and keys that
 * lead on must still be heard. The chunk has the focus then, until what had it is there again.
 */
export function focusKeeper(draw: () => void): () => void {
  let lost: string | undefined;
  return () => {
    const before = document.activeElement;
    const wasInChunk = before?.closest('.chunk-body') !== null;
    draw();
    const chunk = document.querySelector<HTMLElement>('section.chunk');
    if (before !== null && wasInChunk && !before.isConnected) {
      lost = recurring.find((selector) => before.matches(selector));
      chunk?.focus({ preventScroll: true });
    }
    if (chunk === null || document.activeElement !== chunk) lost = undefined;
    if (lost === undefined) return;
    const back = chunk?.querySelector<HTMLElement>(lost);
    back?.focus({ preventScroll: true });
  };
}
