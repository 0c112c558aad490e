import { vi } from 'vitest';

/**
 * Runs `work` and counts the bytes that it sets aside for bytes and 16-bit numbers, freed or not: what a file can make a reader allocate is
 * known to the byte, where times and the size of the process are not.
 */
export async function bytesSetAside(work: () => Promise<unknown>): Promise<number> {
  let total = 0;
  const counted = <T extends Uint8ArrayConstructor | Uint16ArrayConstructor>(type: T): T =>
    new Proxy(type, {
      construct(target, [first, ...rest]: unknown[]): object {
        if (typeof first === 'number') total += first * target.BYTES_PER_ELEMENT;
        return Reflect.construct(target, [first, ...rest]) as object;
      },
    });
  vi.stubGlobal('Uint8Array', counted(Uint8Array));
  vi.stubGlobal('Uint16Array', counted(Uint16Array));
  try {
    await work();
  } finally {
    vi.unstubAllGlobals();
  }
  return total;
}
