import { describe, expect, it } from 'vitest';
import type { ChunkPreview } from '../../../src/preview/types';
import { ShownRequests } from '../../../src/vscode/shown-requests';

const url = 'https://data.example.org/a.tif?signature=secret';
const request = { url, shownUrl: 'https://data.example.org/a.tif?…', start: 10, end: 19, curl: `curl "${url}"` };

function chunk(key: string, given: ChunkPreview['request'] = request): ChunkPreview {
  return {
    path: 'a',
    indices: [0],
    key,
    reference: given === null ? 'inline' : 'range',
    request: given,
    range: null,
    stages: [],
    outcome: { kind: 'absent', fillValue: '0' },
    coordinates: [],
    coordinateProblem: null,
    crs: null,
    drift: null,
  };
}

describe('ShownRequests', () => {
  it('keeps the address, and shows the page none of its secrets', () => {
    const requests = new ShownRequests();
    const shown = requests.keep(chunk('a/0'));
    expect(shown.request).toEqual({ shownUrl: 'https://data.example.org/a.tif?…', start: 10, end: 19 });
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(requests.get('a/0')).toEqual(request);
  });

  it('knows no request of a chunk that has none any more, or that was never shown', () => {
    const requests = new ShownRequests();
    requests.keep(chunk('a/0'));
    expect(requests.keep(chunk('a/0', null)).request).toBeNull();
    for (const key of ['a/0', 'a/1']) {
      expect(() => requests.get(key)).toThrow(expect.objectContaining({ code: 'not-open' }));
    }
  });

  it('keeps those of the chunks shown last, and no others', () => {
    const requests = new ShownRequests();
    for (let index = 0; index < 1000; index++) requests.keep(chunk(`a/${index}`));
    expect(requests.get('a/999')).toEqual(request);
    expect(() => requests.get('a/900')).toThrow(/Show the chunk again/u);
  });
});
