import type { SourceOpener } from '../../../src/bytes/source';
import type { WorkerChannel, WorkerListener } from '../../../src/worker/channel';
import type { DocumentOutline, OutlineNode } from '../../../src/preview/types';
import { WorkerClient } from '../../../src/worker/client';
import type { FromWorker, ToWorker } from '../../../src/worker/messages';
import { serve } from '../../../src/worker/serve';
import { readTestAsset } from '../assets';

/** A worker in this thread whose messages are cloned, moved and delayed as a real one's are. */
export function startHere(
  sent: ToWorker[] = [],
  received: FromWorker[] = [],
): (listener: WorkerListener) => Promise<WorkerChannel> {
  return (listener) => {
    let receive: (message: ToWorker) => void = () => undefined;
    serve({
      post: (message, transfer) => {
        const copy = structuredClone(message, { transfer });
        received.push(copy);
        setTimeout(() => {
          listener.message(copy);
        });
      },
      listen: (handler) => {
        receive = handler;
      },
    });
    return Promise.resolve({
      post: (message, transfer = []) => {
        const copy = structuredClone(message, { transfer });
        sent.push(copy);
        setTimeout(() => {
          receive(copy);
        });
      },
      stop: () => undefined,
    });
  };
}

/** A client whose worker runs in this thread and reads through `opener`; every result is checked to survive JSON. */
export function clientHere(opener: SourceOpener, sent: ToWorker[] = [], received: FromWorker[] = []): WorkerClient {
  return new WorkerClient(startHere(sent, received), readTestAsset, {
    openSource: (_document, url) => opener.open(url),
  });
}

/** The bytes of a text or of a value's JSON, in a buffer of their own. */
export function textBuffer(value: unknown): ArrayBuffer {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return new Uint8Array(new TextEncoder().encode(text)).buffer;
}

/** The nodes of an outline, which travel as bytes. */
export function nodesOf({ nodes }: DocumentOutline): OutlineNode[] {
  return JSON.parse(new TextDecoder().decode(nodes)) as OutlineNode[];
}

/** Where a value holds something that JSON loses: bigint, NaN, infinities, undefined, views of buffers, anything that is no plain object. */
export function jsonLosses(value: unknown, place = '$'): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof ArrayBuffer)
    return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${place} is ${value}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => jsonLosses(item, `${place}[${index}]`));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return [`${place}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, member]) => jsonLosses(member, `${place}.${key}`));
}
