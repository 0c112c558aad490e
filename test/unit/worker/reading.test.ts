import { afterEach, describe, expect, it, vi } from 'vitest';
import { parsing } from '../../../src/references/parse';
import { runAtOnce } from '../../../src/steps';
import type { FromWorker, ToWorker } from '../../../src/worker/messages';
import { readingProgress, type Tell } from '../../../src/worker/reading-progress';
import { bytes, zarray } from '../references/helpers';
import { clientHere, textBuffer } from './harness';

const nothing = {
  open: () => {
    throw new Error('nothing is to be fetched');
  },
};

/** A file of so many references, and behind the first of them some more text. */
function fileOf(count: number, more = ''): string {
  const entries = Array.from({ length: count }, (_, i) => `"a/${i}": ["u${i}", ${i}, 1]`);
  entries.splice(1, 0, ...(more === '' ? [] : [more]));
  return `{"a/.zarray":${JSON.stringify(zarray([count], [1]))},\n${entries.join(',\n')}}`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what is told while a text is read', () => {
  it('how much is read, and the first places of each rule with their lines', () => {
    let now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 100));
    const broken = Array.from({ length: 30 }, (_, i) => `"a/x${i}": ["u", 1]`).join(',\n');
    const text = bytes(fileOf(2000, broken));
    const told: Parameters<Tell>[] = [];
    runAtOnce(
      parsing(
        text,
        readingProgress(text, (...message) => told.push(message)),
        1000,
      ),
    );
    expect(told.length).toBeGreaterThan(5);
    const percents = told.map(([message]) => Number(/^(\d+) % of \d+ KiB$/.exec(message)?.[1]));
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    const [first] = told.flatMap(([, findings]) => findings ?? []);
    // The first entry stands in line 2, the broken ones from line 3 on.
    expect(first).toMatchObject({ code: 'kerchunk/reference-shape', severity: 'error' });
    expect(first?.samples[0]).toMatchObject({ key: 'a/x0', range: { line: 3, column: 9, endLine: 3, endColumn: 17 } });
    const last = told.flatMap(([, findings]) => findings ?? []).at(-1);
    expect(last?.count).toBe(30);
    expect(last?.samples).toHaveLength(20);
    // What has been told is not told again.
    expect(told.at(-1)?.[1]).toBeUndefined();
  });

  it('of a good file nothing but how much', () => {
    let now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 100));
    const text = bytes(fileOf(500));
    const told: unknown[][] = [];
    runAtOnce(
      parsing(
        text,
        readingProgress(text, (...message) => told.push(message)),
        1000,
      ),
    );
    expect(told.length).toBeGreaterThan(2);
    expect(told.every((message) => message.length === 1)).toBe(true);
  });
});

describe('a text that is no longer wanted', () => {
  /** A text that takes more than one slice to read. */
  const long = fileOf(300_000);

  it('is let go of where reading is cancelled', async () => {
    const received: FromWorker[] = [];
    const sent: ToWorker[] = [];
    const client = clientHere(nothing, sent, received);
    const cancel = new AbortController();
    const opening = client.request(
      'open',
      { document: 'd', text: textBuffer(long), url: null },
      { signal: cancel.signal },
    );
    setTimeout(() => {
      cancel.abort();
    }, 0);
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent.at(-1)).toMatchObject({ type: 'cancel' });
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).rejects.toMatchObject({
      code: 'not-open',
    });
    // Only the second request was answered.
    expect(received.filter(({ type }) => type === 'reply')).toHaveLength(1);
  });

  it('is not put in the place of one that came later', async () => {
    const client = clientHere(nothing);
    const first = client.request('open', { document: 'd', text: textBuffer(long), url: null });
    const short = '{".zgroup":"{\\"zarr_format\\":2}"}';
    const second = client.request('open', { document: 'd', text: textBuffer(short), url: null });
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).bytes).toBe(short.length);
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('is not held where it was closed meanwhile', async () => {
    const client = clientHere(nothing);
    const opening = client.request('open', { document: 'd', text: textBuffer(long), url: null });
    const closing = client.request('close', { document: 'd' });
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    await closing;
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).rejects.toMatchObject({
      code: 'not-open',
    });
  });
});
