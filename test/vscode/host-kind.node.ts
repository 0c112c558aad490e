/** Whether the code runs in the host that its bundle was made for: here Node. */
export function runsInItsHost(): boolean {
  return typeof process.versions.node === 'string' && !('WorkerGlobalScope' in globalThis);
}
