import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleFile, makeBundle } from '../../../l10n/strings.mjs';

const sources = path.resolve(import.meta.dirname, '../../../src');

/** What the calls of a function in a folder are given first: the first character of it. */
function firstOfCalls(folder: string, call: RegExp): (string | undefined)[] {
  return readdirSync(path.join(sources, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(path.join(sources, folder, name), 'utf8').matchAll(call)].map(([, first]) => first),
    );
}

describe('l10n/bundle.l10n.json', () => {
  const text = readFileSync(bundleFile, 'utf8');
  const strings = Object.keys(JSON.parse(text) as Record<string, string>);

  it('has the strings that the code has now; npm run l10n writes them', async () => {
    expect(text).toBe(await makeBundle());
  });

  it('has those of hovers too, which are given l10n, and of calls over several lines', () => {
    expect(strings).toEqual(
      expect.arrayContaining([
        'Wrong values.',
        'Open in Kerchunk Viewer',
        'Manage Workspace Trust',
        'Generate Kerchunk',
      ]),
    );
  });

  it('has those of pages, and of counts those for one and for many', () => {
    expect(strings).toEqual(
      expect.arrayContaining(['Keys and outcomes', 'The chunk’s key', '1 chunk', '{0} chunks', 'Reveal TIFF']),
    );
  });

  it.each([
    ['vscode', /\bl10n\.t\(\s*([^\s])/gu, 100],
    ['webview', /(?<![\w$.])t\(\s*([^\s])/gu, 1000],
  ])(
    'has every string of src/%s: no call of t is given anything but a string that stands in it',
    (folder, call, least) => {
      const calls = firstOfCalls(folder, call);
      expect(calls.length).toBeGreaterThan(least);
      expect(calls.filter((first) => first !== "'" && first !== '"')).toEqual([]);
    },
  );
});
