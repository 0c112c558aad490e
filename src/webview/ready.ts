const EVERY_MS = 1000;
const MOST = 30;

/**
 * Says that the page is ready until it is answered: a message that comes while VS Code still moves a page about is lost, and the page
 * would stay empty. Gives what is to be called at the first answer; gives up after half a minute.
 */
export function sayReady(say: () => void): () => void {
  let said = 0;
  const again = (): void => {
    say();
    said += 1;
    if (said === MOST) clearInterval(timer);
  };
  const timer = setInterval(again, EVERY_MS);
  again();
  return () => {
    clearInterval(timer);
  };
}
