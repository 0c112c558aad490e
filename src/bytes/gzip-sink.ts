import type { ByteSink } from './sink';

/**
 * Writes one gzip stream (RFC 1952) of what `fill` writes into `sink`, as it comes.
 * @throws what `fill` and `sink` throw.
 */
export async function writeGzip<T>(sink: ByteSink, fill: (sink: ByteSink) => Promise<T>): Promise<T> {
  const stream = new CompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const passOn = async (): Promise<void> => {
    const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        await sink.write(value);
      }
    } catch (error) {
      // Else whoever writes would wait for ever.
      await reader.cancel(error).catch(() => undefined);
      throw error;
    }
  };
  const passed = passOn();
  const filled = fill({ write: (bytes) => writer.write(new Uint8Array(bytes)) }).then(
    async (result) => {
      await writer.close();
      return result;
    },
    async (error: unknown) => {
      await writer.abort(error).catch(() => undefined);
      throw error;
    },
  );
  const [result, passing] = await Promise.allSettled([filled, passed]);
  // Where the sink fails, `fill` is told only that the stream has ended.
  if (passing.status === 'rejected') throw passing.reason;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
