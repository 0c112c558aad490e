import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { looksLikeReferences, SNIFFED_CHARACTERS } from '../../../src/references/sniff';

describe('looksLikeReferences', () => {
  it.each([
    ['version 1', '{"version": 1, "refs": {".zgroup": "{\\"zarr_format\\":2}"}}'],
    ['version 1 whose chunks come first', '{"version": 1, "refs": {"a/0.0": ["s3://b/k", 0, 10]}}'],
    ['version 1 with refs first', '{"refs": {"a/0.0": ["s3://b/k", 0, 10]}, "version": 1}'],
    ['version 0', '{\n  ".zgroup": {"zarr_format": 2},\n  "x/0": ["a.tif", 0, 1]\n}'],
    ['version 0 of one array', '\uFEFF {"a/b/.zarray": "{}"}'],
    ['zarr 3', '{"version":1,"refs":{"zarr.json":"{}"}}'],
    ['an array with capitals and blanks', '{ "Band 1/.zattrs" : {} }'],
  ])('takes %s', (_name, text) => {
    expect(looksLikeReferences(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a list', '[{".zgroup": 1}]'],
    ["npm's manifest", '{"name": "a", "version": "1.0.0", "dependencies": {}}'],
    ['a map of refs of another program', '{"refs": {"heads": "main"}, "version": 10}'],
    ['an array of zarr 3', '{"zarr_format": 3, "node_type": "array", "shape": [1]}'],
    ['consolidated metadata of zarr 2', '{"metadata": {".zgroup": {"zarr_format": 2}}, "zarr_consolidated_format": 1}'],
    ['the words in a text', '{"help": "put \\".zgroup\\": into it"}'],
    ['a value', '{"key": ".zarray"}'],
  ])('leaves %s', (_name, text) => {
    expect(looksLikeReferences(text)).toBe(false);
  });

  it('costs little on a long line, and looks no further than it says', () => {
    const long = `{"a": "${'"'.repeat(5).replaceAll('"', '\\"')}${'x/'.repeat(5_000_000)}", ".zgroup": 1}`;
    const begin = performance.now();
    expect(looksLikeReferences(long)).toBe(false);
    expect(performance.now() - begin).toBeLessThan(100);
    expect(looksLikeReferences(`{"a": "${'x'.repeat(SNIFFED_CHARACTERS)}", ".zgroup": 1}`)).toBe(false);
    expect(looksLikeReferences(`{${' '.repeat(1000)}".zgroup": 1}`)).toBe(true);
  });

  const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(import.meta.dirname, '../../../../shared/corpus');
  const folder = path.join(corpus, 'refs');
  const present = existsSync(folder);
  if (!present) console.log(`Other people's reference files are not at ${folder}: they are not looked at.`);
  describe.runIf(present)("other people's files", () => {
    it('are taken, all but a list of documents', () => {
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
      const left = names.filter((name) => !looksLikeReferences(readFileSync(path.join(folder, name), 'utf8')));
      expect(names.length).toBeGreaterThan(10);
      expect(left).toEqual(['array-of-documents.json']);
    });
  });
});
