import { describe, expect, it, vi } from 'vitest';
import type { SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { fixers } from '../../../src/validate/fixes/fixers';
import type { FromWorker, ToWorker } from '../../../src/worker/messages';
import { openerOf, type Request } from '../read/harness';
import { clientHere, jsonLosses, nodesOf, textBuffer } from './harness';

const url = 'https://x.org/bytes';
/** Two chunks of 2 x 3 bytes: the first in a file, the second inline; of a third one nothing. */
const references = {
  '.zgroup': '{"zarr_format":2}',
  'a/.zarray':
    '{"zarr_format":2,"shape":[2,9],"chunks":[2,3],"dtype":"|u1","compressor":null,"filters":null,"fill_value":9,"order":"C"}',
  'a/0.0': [url, 2, 6],
  'a/0.1': 'abcdef',
};
const file = Uint8Array.of(0, 0, 1, 2, 3, 4, 5, 6, 0);

/** A file that is never there, until nobody waits for it any more. */
const hanging: SourceOpener = {
  open: (address) => ({
    url: address,
    size: () => undefined,
    validator: () => undefined,
    read: (_offset, _length, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new KerchunkError('cancelled', 'Cancelled.'));
        });
      }),
  }),
};

async function opened(value: unknown = { version: 1, refs: references }, opener?: SourceOpener) {
  const requests: Request[] = [];
  const sent: ToWorker[] = [];
  const received: FromWorker[] = [];
  const client = clientHere(opener ?? openerOf({ [url]: file }, requests), sent, received);
  const outline = await client.request('open', { document: 'd', text: textBuffer(value), url: null });
  return { client, outline, requests, sent, received };
}

describe('documents in the worker', () => {
  it('are opened, asked about, and closed', async () => {
    const { client, outline } = await opened();
    expect(nodesOf(outline)).toEqual([
      { kind: 'group', path: '' },
      { kind: 'array', path: 'a', shape: [2, 9], dtype: '|u1' },
    ]);
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).resolves.toMatchObject({
      grid: [1, 3],
    });
    expect(await client.request('close', { document: 'd' })).toBeNull();
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).rejects.toMatchObject({
      code: 'not-open',
    });
  });

  it.each(['describeArray', 'chunk', 'grid', 'hover', 'validate'] as const)(
    '%s of what is not open says so',
    async (type) => {
      const { client } = await opened();
      const window = { path: 'a', at: [], rows: null, columns: null };
      const payload = {
        document: 'e',
        path: 'a',
        indices: [0, 0],
        window,
        line: 1,
        column: 1,
        text: null,
        fetch: false,
      };
      await expect(client.request(type, payload)).rejects.toMatchObject({ code: 'not-open' });
    },
  );

  it('are not held where the text is no reference file, nor what had the name before', async () => {
    const { client } = await opened();
    const request = client.request('open', { document: 'd', text: textBuffer('{"a": 1'), url: null });
    await expect(request).rejects.toMatchObject({ code: 'not-json' });
    await expect(request).rejects.toThrow(/line 1, column/);
    await expect(client.request('describeArray', { document: 'd', path: 'a' })).rejects.toMatchObject({
      code: 'not-open',
    });
  });

  it('fetch the bytes of a chunk through the host, once and no more than asked for', async () => {
    const { client, requests } = await opened();
    const { outcome, request } = await client.request('chunk', { document: 'd', path: 'a', indices: [0, 0] });
    expect(requests).toEqual([{ url, offset: 2, length: 6 }]);
    expect(request).toMatchObject({ url, start: 2, end: 7 });
    expect(outcome).toMatchObject({ kind: 'values', allFill: false, values: { shape: [2, 3], inside: [2, 3] } });
    if (outcome.kind !== 'values') return;
    expect(new Uint8Array(outcome.values.data)).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
  });

  it('stop fetching when a chunk is cancelled', async () => {
    const { client, sent, received } = await opened(references, hanging);
    const cancel = new AbortController();
    const request = client.request('chunk', { document: 'd', path: 'a', indices: [0, 0] }, { signal: cancel.signal });
    await expect.poll(() => received.map(({ type }) => type)).toContain('wantBytes');
    cancel.abort();
    await expect(request).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => received.map(({ type }) => type)).toContain('cancelBytes');
    expect(sent.map(({ type }) => type)).toContain('cancel');
  });

  it('keep the code of a refusal of the host', async () => {
    const { client } = await opened({ ...references, 'a/0.2': ['https://x.org/missing', 0, 6] });
    const { outcome } = await client.request('chunk', { document: 'd', path: 'a', indices: [0, 2] });
    expect(outcome).toEqual({ kind: 'failed', code: 'fetch-failed', message: 'https://x.org/missing gave 404.' });
  });

  it('are validated also where the text is not open or no reference file', async () => {
    const { client } = await opened();
    const text = textBuffer({ '.zgroup': '{"zarr_format":2}', 'a/.zarray': '{"zarr_format":2}' });
    const { findings } = await client.request('validate', { document: 'other', text, fetch: false });
    expect(findings).toMatchObject([{ code: 'zarr2/zarray-field-missing', path: 'a', count: 7 }]);
    const nothing = await client.request('validate', { document: 'other', text: textBuffer('[1, 2,'), fetch: false });
    expect(nothing).toMatchObject({
      findings: [{ code: 'json/syntax', severity: 'error', path: '', count: 1 }],
      readers: [],
    });
    const good = await client.request('validate', { document: 'd', text: null, fetch: true });
    expect(good.findings).toEqual([]);
    expect(good.readers.map(({ name }) => name)).toContain('GDAL');
  });

  it('keep all findings where a fix cannot be worked out, and say what failed to who asks for it', async () => {
    const failing = vi.spyOn(fixers, 'zarr2/zarray-field-missing').mockImplementation(() => {
      throw new TypeError('A fixer that fails.');
    });
    const { client } = await opened({ '.zgroup': '{"zarr_format":2}', 'a/.zarray': '{"zarr_format":2}' });
    const code = 'zarr2/zarray-field-missing';
    const { findings } = await client.request('validate', { document: 'd', text: null, fetch: false });
    expect(findings).toMatchObject([{ code, count: 7, fixable: true }]);
    const asked = { document: 'd', text: null, code, alternative: null, form: 'titles' } as const;
    await expect(client.request('fixes', { ...asked, scope: { kind: 'file' } })).rejects.toThrow('A fixer that fails.');
    failing.mockRestore();
  });
});

/** Arrays of every kind of number and of text, with values and attributes that JSON has no numbers for. */
function awkward(): Record<string, unknown> {
  const refs: Record<string, unknown> = { '.zgroup': { zarr_format: 2 } };
  const add = (name: string, dtype: unknown, fill: unknown, bytes: Uint8Array, attributes = ''): void => {
    const itemSize = bytes.length / 2;
    const metadata = { zarr_format: 2, shape: [3], chunks: [2], dtype, compressor: null, filters: null, order: 'C' };
    const text = JSON.stringify({ ...metadata, fill_value: 0 }).replace(
      '"fill_value":0',
      `"fill_value":${String(fill)}`,
    );
    refs[`${name}/.zarray`] = text;
    refs[`${name}/.zattrs`] = `{"_ARRAY_DIMENSIONS":["${name}"]${attributes}}`;
    refs[`${name}/0`] = `base64:${Buffer.from(bytes).toString('base64')}`;
    refs[`${name}/1`] = [url, 0, itemSize];
  };
  const view = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer);
  add(
    'f4',
    '<f4',
    '"NaN"',
    view(Float32Array.of(NaN, Infinity)),
    ',"scale_factor":NaN,"valid_range":[-Infinity,Infinity]',
  );
  add('f8', '<f8', 'Infinity', view(Float64Array.of(-Infinity, 1e308)), ',"big":12345678901234567890');
  add('i8', '<i8', '-9223372036854775808', view(BigInt64Array.of(-(2n ** 63n), 2n ** 62n)), ',"add_offset":1e400');
  add('u8', '>u8', '18446744073709551615', view(BigUint64Array.of(1n, 2n ** 60n)));
  add('c8', '<c8', '["NaN", 0]', view(Float32Array.of(NaN, 0, 3, 4)));
  add('M8', '<M8[ns]', '"NaT"', view(BigInt64Array.of(-(2n ** 63n), 10n ** 18n)));
  add('b1', '|b1', 'true', Uint8Array.of(0, 1));
  add('S3', '|S3', '"AAAA"', Uint8Array.of(97, 0xff, 0, 98, 0, 0));
  add('V2', '|V2', 'null', Uint8Array.of(1, 2, 3, 4));
  add('rec', '[["x","<f4"],["y","|i1",[2]]]', '0', new Uint8Array(12));
  refs['rec/.zarray'] = (refs['rec/.zarray'] as string)
    .replace('"[[', '[[')
    .replace(']]"', ']]')
    .replaceAll('\\"', '"');
  return refs;
}

describe('every result of the worker', () => {
  it('survives JSON: no bigint, NaN, Infinity or undefined, and bytes in buffers of their own', async () => {
    const refs = awkward();
    const { client, outline } = await opened({ ...refs, ...references });
    const text = JSON.stringify({ ...refs, ...references });
    const results: unknown[] = [outline];
    expect(nodesOf(outline).filter(({ kind }) => kind === 'unreadable')).toEqual([]);
    for (const node of nodesOf(outline)) {
      if (node.kind !== 'array') continue;
      const { path } = node;
      const at = node.shape.map(() => 0);
      results.push(await client.request('describeArray', { document: 'd', path }));
      const columns = { axis: at.length - 1, start: 0, stop: 2 };
      const rows = at.length > 1 ? { axis: 0, start: 0, stop: 1 } : null;
      results.push(await client.request('grid', { document: 'd', window: { path, at, rows, columns } }));
      for (const last of [0, 1]) {
        const indices = [...at.slice(1), last];
        const preview = await client.request('chunk', { document: 'd', path, indices });
        if (last === 0) expect([path, preview.outcome]).toMatchObject([path, { kind: 'values' }]);
        results.push(preview);
      }
    }
    for (let column = 1; column < text.length; column += 10) {
      results.push(await client.request('hover', { document: 'd', line: 1, column }));
    }
    results.push(await client.request('validate', { document: 'd', text: null, fetch: true }));
    expect(results.flatMap((result) => jsonLosses(result))).toEqual([]);
    const hovered = results.filter((result) => JSON.stringify(result).includes('"kind":"chunk"'));
    expect(hovered.length).toBeGreaterThan(20);
  });
});
