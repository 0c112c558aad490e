import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleFile, makeBundle } from '../../../l10n/strings.mjs';

const folder = path.resolve(import.meta.dirname, '../../../src/vscode');

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

  it('has every string: no call of t is given anything but a string that stands in it', () => {
    const calls = readdirSync(folder).flatMap((name) =>
      [...readFileSync(path.join(folder, name), 'utf8').matchAll(/\bl10n\.t\(\s*([^\s])/gu)].map(([, first]) => first),
    );
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter((first) => first !== "'" && first !== '"')).toEqual([]);
  });
});
