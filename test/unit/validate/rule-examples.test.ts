import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ruleOf, rules } from '../../../src/validate/rules';
import { rulesDocument } from '../../../src/validate/rules/document';
import type { Finding } from '../../../src/validate/types';
import { validateFolder } from '../../../src/validate/validate-folder';
import { validateText } from '../../../src/validate/validate';
import { memoryFolder } from '../../support/folder';
import { places } from './rule-places';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const examples = Object.keys(rules).flatMap((code) => {
  const found = ruleOf(code)?.examples;
  return found === undefined ? [] : [{ code, ...found }];
});

/** Examples of reference sets in parquet are their `.zmetadata`. */
function check(code: string, example: string): Promise<Finding[]> {
  return code.startsWith('parquet/')
    ? validateFolder(memoryFolder({ '.zmetadata': example }))
    : validateText(bytes(example));
}

describe('every rule', () => {
  it.each(examples)('$code: its example breaks it once, and nothing else', async ({ code, breaks }) => {
    const found = await check(code, breaks);
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(found[0]?.severity).toBe(ruleOf(code)?.severity);
  });

  it.each(examples)('$code: the finding stands at the value that is at fault', async ({ code, breaks }) => {
    const [finding] = await check(code, breaks);
    const { offset = 0, length = 0 } = finding?.span ?? {};
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(breaks).subarray(offset, offset + length));
    const shown = text.length > 48 ? `${text.slice(0, 32)}…` : text;
    expect(`${finding?.line}:${finding?.column} ${shown}`).toBe(places[code]);
  });

  it.each(examples)('$code: what nearly breaks it is good', async ({ code, good }) => {
    expect(await check(code, good)).toEqual([]);
  });

  it.each(examples)('$code: the two differ', ({ breaks, good }) => {
    expect(breaks).not.toBe(good);
  });
});

describe('docs/rules.md', () => {
  it('is what the rules say (npm run docs writes it)', async () => {
    expect(await readFile(new URL('../../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesDocument());
  });
});
