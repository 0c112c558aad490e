import { describe, expect, it } from 'vitest';
import { Requests } from '../../../src/webview/editor/requests';
import type { FromEditorPage } from '../../../src/webview/editor-messages';

function open() {
  const sent: FromEditorPage[] = [];
  const requests = new Requests(
    (message) => sent.push(message),
    () => undefined,
  );
  return { sent, requests };
}

const payload = { path: 'red' };

describe('ask', () => {
  it('gives each request its own answer, whichever comes first', async () => {
    const { sent, requests } = open();
    const first = requests.ask('describeArray', payload);
    const second = requests.ask('describeArray', { path: 'nir' });
    expect(sent).toEqual([
      { type: 'request', method: 'describeArray', id: 1, payload },
      { type: 'request', method: 'describeArray', id: 2, payload: { path: 'nir' } },
    ]);
    requests.answer({ type: 'reply', id: 2, ok: true, result: { path: 'nir' } as never });
    requests.answer({ type: 'reply', id: 1, ok: false, error: { code: 'not-open', message: 'It is closed.' } });
    await expect(second).resolves.toEqual({ path: 'nir' });
    await expect(first).rejects.toMatchObject({ code: 'not-open', message: 'It is closed.' });
  });

  it('takes a cancelled request back once, and passes over its answer', async () => {
    const { sent, requests } = open();
    const stop = new AbortController();
    const asked = requests.ask('describeArray', payload, stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    requests.answer({ type: 'reply', id: 1, ok: true, result: { path: 'red' } as never });
    expect(sent.slice(1)).toEqual([{ type: 'cancel', id: 1 }]);
  });

  it('asks for nothing where the signal has fired, and cancels nothing that was answered', async () => {
    const { sent, requests } = open();
    await expect(requests.ask('describeArray', payload, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(sent).toEqual([]);
    const stop = new AbortController();
    const asked = requests.ask('describeArray', payload, stop.signal);
    requests.answer({ type: 'reply', id: 2, ok: true, result: { path: 'red' } as never });
    await asked;
    stop.abort();
    expect(sent).toHaveLength(1);
  });
});
