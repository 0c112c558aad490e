import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { fixesOf, isFixable } from '../../../src/validate/fixes/fixes';
import { groupFindings } from '../../../src/validate/group';
import { readerReport } from '../../../src/validate/readers/report';
import { validateText } from '../../../src/validate/validate';
import { found } from './findings';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const GROUP = '".zgroup":{"zarr_format":2}';

/** A `.zarray`, with what is different. */
const zarray = (more: Record<string, unknown>): string =>
  JSON.stringify({
    zarr_format: 2,
    shape: [1],
    chunks: [1],
    dtype: '|u1',
    compressor: null,
    filters: null,
    fill_value: null,
    order: 'C',
    ...more,
  });

describe('what a hostile file costs', () => {
  it('a comma before a million spaces is found to be the last in one walk', async () => {
    const text = bytes(`{"version":1,"refs":{"a":"b",}${' '.repeat(1_000_000)}}`);
    const [finding] = await validateText(text);
    if (finding === undefined) expect.fail();
    expect(fixesOf(finding, undefined, text).map(({ title }) => title)).toEqual(['Remove the comma']);
  });

  it('a path of 20,000 levels is looked at for 256, told for 100, and cut in messages', async () => {
    const findings = await found(`{${GROUP},"${'a/'.repeat(20_000)}.zarray":${zarray({})}}`);
    const missing = findings.filter(({ code }) => code === 'zarr2/group-missing');
    expect(missing).toHaveLength(101);
    // The array itself is at level 20,000: of the 256 above it all are missing.
    expect(missing.map(({ more }) => more).filter((more) => more !== undefined)).toEqual([156]);
    expect(groupFindings(missing, undefined).map(({ count }) => count)).toEqual([256]);
    for (const { message } of missing) expect(message.length).toBeLessThan(600);
  });

  it('a list of sizes is read once for all axes, also with fractions', () => {
    const sides = new Array<string>(2_000).fill('1.0').join();
    const document = zarray({}).replaceAll('[1]', `[${sides}]`);
    const text = bytes(`{${GROUP},"a/.zarray":${document}}`);
    const [report] = readerReport(parseReferences(text), text);
    expect(report?.arrays).toEqual([{ path: 'a', reads: false }]);
  });

  it('inline coordinates are not decoded where a chunk claims a gigabyte', async () => {
    // Ten coordinates that stand still, in a chunk of 2 ** 27 doubles, would be a finding where they were decoded.
    const { deflateSync } = await import('node:zlib');
    const coordinates = async (size: number): Promise<string[]> => {
      const data = deflateSync(new Uint8Array(8 * Math.min(size, 10_000_000))).toString('base64');
      const array = zarray({ shape: [10], chunks: [size], dtype: '<f8', compressor: { id: 'zlib', level: 1 } });
      const members = [
        GROUP,
        `"x/.zarray":${array}`,
        '"x/.zattrs":{"_ARRAY_DIMENSIONS":["x"]}',
        `"x/0":"base64:${data}"`,
      ];
      return (await found(`{${members.join()}}`)).map(({ code }) => code);
    };
    expect(await coordinates(2 ** 23)).toContain('attributes/coordinate-order');
    expect(await coordinates(2 ** 23 + 1)).not.toContain('attributes/coordinate-order');
  });

  it('whether keys can be written anew is known by the first of them', async () => {
    const array = zarray({ shape: [40, 40], chunks: [1, 1] });
    const keys = Array.from({ length: 1_600 }, (_unused, i) => `"a/${Math.floor(i / 40)}/${i % 40}":"x"`);
    const text = bytes(`{${GROUP},"a/.zarray":${array},${keys.join()}}`);
    const set = parseReferences(text);
    const finding = (await validateText(text)).find(({ code }) => code === 'zarr2/chunk-key-separator');
    if (finding === undefined) expect.fail();
    let asked = 0;
    const keySpan = set.keySpan.bind(set);
    set.keySpan = (key) => {
      asked += 1;
      return keySpan(key);
    };
    expect(isFixable(finding, set, text)).toBe(true);
    expect(asked).toBeLessThan(10);
  });

  it('keys beyond the grid are listed 10,000 times in a file, over however many arrays', async () => {
    const keys = (name: string): string =>
      Array.from({ length: 6_000 }, (_unused, i) => `"${name}/${i + 1}":"x"`).join();
    const arrays = ['a', 'b'].map((name) => `"${name}/.zarray":${zarray({})},"${name}/0":"x",${keys(name)}`);
    const beyond = (await found(`{${GROUP},${arrays.join()}}`)).filter(({ code }) => code === 'zarr2/chunk-key-grid');
    expect(beyond).toHaveLength(10_001);
    expect(beyond.map(({ more }) => more).filter((more) => more !== undefined)).toEqual([2_000]);
  });
});
