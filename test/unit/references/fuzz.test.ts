import { expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import { parseReferences } from '../../../src/references/parse';
import { TextPositions } from '../../../src/references/position';
import type { ReferenceSet } from '../../../src/references/reference-set';
import { bytes, faultsOf, zarray } from './helpers';

const seeds = [
  `{"version":1,"templates":{"u":"s3://b","f":"{{c}}/x"},"gen":[{"key":"g/{{i}}","url":"{{u}}_{{f(c=i)}}","offset":"{{(i+1)*1000//2}}","length":"10","dimensions":{"i":{"start":0,"stop":9,"step":2}}}],"refs":{".zgroup":"{\\"zarr_format\\":2}","g/.zarray":${JSON.stringify(zarray([10], [1]))},"g/1":["{{u}}",5,6],"g/3":"base64:AAEC","h/0":"t\\u0000xt\\ud83d\\ude00"}}`,
  `{".zgroup":{"zarr_format":2},"a/.zarray":${zarray([4, 4], [2, 2], { fill_value: 18446744073709 })},"a/.zattrs":{"x":[NaN,{"y":-1.5e-7}]},"a/0.0":["file.bin",0,16],"a/0.1":["file.bin"],"a\\/1.0":["\u00e9",16,16],"a/1.1":null}`,
  `{"version":1,"refs":{"s/.zarray":${JSON.stringify(zarray([6, 6, 6], [1, 1, 1], { dimension_separator: '/' }))},${Array.from({ length: 12 }, (_, i) => `"s/${i % 6}/0/${(i * 5) % 7}":["f${i % 3}",${i * 10},${i}]`).join(',')}}}`,
].map(bytes);

const fragments = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  '-',
  'NaN',
  '{{',
  '}}',
  '\\u',
  '/',
  '.',
  '"a/0.0":',
  '\u00e9',
  '\ud800',
  ' ',
  '\n',
  '9'.repeat(20),
  'null',
  '(',
  '%',
  '*',
].map(bytes);

/** A generator of numbers that is the same on every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutate(seed: Uint8Array, random: (below: number) => number): Uint8Array {
  let text: Uint8Array = seed.slice();
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(text.length);
    const length = random(2) === 0 ? random(4) : random(40);
    const middle =
      [
        () => fragments[random(fragments.length)] ?? new Uint8Array(0),
        () => text.slice(random(text.length)).subarray(0, random(60)),
        () => Uint8Array.of(random(256)),
        () => new Uint8Array(0),
      ][random(4)]?.() ?? new Uint8Array(0);
    text = Uint8Array.from([
      ...text.subarray(0, at),
      ...middle,
      ...text.subarray(random(8) === 0 ? text.length : at + length),
    ]);
    if (text.length === 0) return text;
  }
  return text;
}

/** Runs what may fail, and lets only failures pass that a person can act on. */
function attempt(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
  }
}

/** Asks a set everything it can be asked. */
function exercise(set: ReferenceSet, text: Uint8Array): void {
  const positions = new TextPositions(text);
  for (const { span } of faultsOf(set)) {
    expect(span.offset + span.length).toBeLessThanOrEqual(text.length);
    positions.lineColumn(span.offset);
  }
  for (const key of [...set.keys()].slice(0, 50)) {
    attempt(() => set.lookup(key));
    expect(set.entrySpan(key)).toBeDefined();
    expect(set.keySpan(key)).toBeDefined();
    set.innerSpan(key, ['shape', 0]);
    set.document(key);
  }
  for (const path of set.arrayPaths()) {
    attempt(() => {
      const { total, ranges, inline, absent, broken } = set.coverage(path);
      expect(ranges + inline + absent + broken).toBe(total);
      set.chunk(
        path,
        set.array(path).shape.map(() => 0),
      );
    });
    let asked = 0;
    for (const key of set.chunkKeys(path)) {
      attempt(() => set.lookup(key));
      if (++asked === 50) break;
    }
  }
  expect(set.urls.length).toBeGreaterThanOrEqual(0);
}

it('damaged reference files give results or KerchunkErrors, and quickly', () => {
  const random = generator(20250611);
  let usable = 0;
  for (let i = 0; i < 4000; i++) {
    const text = mutate(seeds[i % seeds.length] ?? new Uint8Array(0), random);
    const start = performance.now();
    try {
      attempt(() => {
        exercise(parseReferences(text), text);
        usable++;
      });
    } catch (error) {
      throw new Error(`case ${i}: ${new TextDecoder().decode(text)}`, { cause: error });
    }
    expect(performance.now() - start).toBeLessThan(2000);
  }
  // Else the damage would be so coarse that only the first line of defence is tried.
  expect(usable).toBeGreaterThan(400);
});

it('reads as JSON.parse whatever is still JSON and no problem is told of', () => {
  const random = generator(7);
  let compared = 0;
  for (let i = 0; i < 4000; i++) {
    const text = mutate(seeds[2] ?? new Uint8Array(0), random);
    const refs = strictRefs(text);
    if (refs?.['s/.zarray'] === undefined) continue;
    const set = parseReferences(text);
    const told = new Set(faultsOf(set).map((problem) => problem.key));
    for (const [key, value] of Object.entries(refs)) {
      if (told.has(key) || !Array.isArray(value)) continue;
      const [url, offset, length] = value as [string, number?, number?];
      const expected = offset === undefined ? { kind: 'file', url } : { kind: 'range', url, offset, length };
      expect(set.lookup(key)).toEqual(expected);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(1000);
});

/** The references as JSON.parse reads them; undefined where the text is no JSON object with an object under `refs`. */
function strictRefs(text: Uint8Array): Record<string, unknown> | undefined {
  try {
    const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as {
      refs?: Record<string, unknown>;
    };
    return json.refs;
  } catch {
    return undefined;
  }
}
