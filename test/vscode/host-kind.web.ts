/** Whether the code runs in the host that its bundle was made for: here a web worker. */
export function runsInItsHost(): boolean {
  return Object.prototype.toString.call(globalThis) === '[object DedicatedWorkerGlobalScope]';
}
