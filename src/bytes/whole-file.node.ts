import { open } from 'node:fs/promises';
import { throwIfCancelled } from './cancel';

/** Bytes asked of the system at once: it reads no more than 2 GiB in one go, and a cancelled read should stop soon. */
const PIECE = 16 * 2 ** 20;

/**
 * The bytes of a whole file, in a buffer of their own, which can be handed on without a copy; of a pipe all that comes.
 * @throws what the system throws; KerchunkError `cancelled`.
 */
export async function readWholeFile(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, 'r');
  try {
    const found = await handle.stat();
    if (!found.isFile()) return new Uint8Array(await handle.readFile({ signal }));
    const { size } = found;
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      throwIfCancelled(signal);
      const { bytesRead } = await handle.read(bytes, at, Math.min(PIECE, size - at), at);
      // It was cut while it was read.
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return at === size ? bytes : bytes.slice(0, at);
  } finally {
    await handle.close();
  }
}
