import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/validate/types';
import { validateText } from '../../../src/validate/validate';
import { bytes, zarray } from '../references/helpers';

/** A file with arrays of 100 chunks at `paths`, and these entries, in their order; a line each. */
function fileOf(
  entries: [key: string, reference: unknown][],
  paths = ['a'],
  more: Record<string, unknown> = {},
): string {
  const members: [string, unknown][] = [
    ['.zgroup', '{"zarr_format":2}'],
    ...paths.map((path): [string, unknown] => [`${path}/.zarray`, zarray([100], [1])]),
    ...Object.entries(more),
    ...entries,
  ];
  return `{\n${members.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
}

/** What is found by the rules of references: code, severity, key, and the text at its place. */
async function findingsOf(text: string): Promise<{ found: unknown[]; messages: string[] }> {
  const all = await validateText(bytes(text));
  const ours = all.filter(({ code }) => code.startsWith('references/'));
  const at = ({ span }: Finding): string => text.slice(span.offset, span.offset + span.length);
  return {
    found: ours.map((finding) => [finding.code, finding.severity, finding.key, at(finding)]),
    messages: ours.map(({ message }) => message),
  };
}

const source = (size: unknown): Record<string, unknown> => ({
  '.zattrs': JSON.stringify({ kerchunk_source: [{ url: 'f', size }] }),
});

describe('ranges of one file', () => {
  it.each<[string, [string, unknown][]]>([
    [
      'one behind the other',
      [
        ['a/0', ['f', 0, 8]],
        ['a/1', ['f', 8, 8]],
      ],
    ],
    [
      'backwards',
      [
        ['a/0', ['f', 16, 8]],
        ['a/1', ['f', 8, 8]],
        ['a/2', ['f', 0, 8]],
      ],
    ],
    [
      'the same of two files',
      [
        ['a/0', ['f', 0, 8]],
        ['a/1', ['g', 0, 8]],
      ],
    ],
    [
      'two files in turn',
      [
        ['a/0', ['f', 8, 8]],
        ['a/1', ['g', 8, 8]],
        ['a/2', ['f', 0, 8]],
        ['a/3', ['g', 0, 8]],
      ],
    ],
    [
      'a whole file and a part of it',
      [
        ['a/0', ['f']],
        ['a/1', ['f', 0, 8]],
      ],
    ],
    [
      'a part of a file and the whole',
      [
        ['a/0', ['f', 5, 8]],
        ['a/1', ['f']],
      ],
    ],
    [
      'a key that stands twice',
      [
        ['a/0', ['f', 0, 8]],
        ['a/0', ['f', 0, 8]],
      ],
    ],
    [
      'beyond the grid',
      [
        ['a/0', ['f', 0, 8]],
        ['a/100', ['f', 4, 8]],
      ],
    ],
    [
      'inline data',
      [
        ['a/0', 'xx'],
        ['a/1', 'xx'],
      ],
    ],
  ])('%s: nothing is found', async (_name, entries) => {
    expect((await findingsOf(fileOf(entries))).found).toEqual([]);
  });

  it('the same range under two keys is told at the later one', async () => {
    const { found, messages } = await findingsOf(
      fileOf([
        ['a/3', ['f', 1000, 2345]],
        ['a/1', ['f', 1000, 2345]],
      ]),
    );
    expect(found).toEqual([['references/duplicate-range', 'warning', 'a/1', '["f",1000,2345]']]);
    expect(messages).toEqual(['"a/1" reads bytes 1,000-3,344 of f, as "a/3" does.']);
  });

  it('the same whole file under two keys', async () => {
    const { found, messages } = await findingsOf(
      fileOf([
        ['a/0', ['f']],
        ['a/1', ['g']],
        ['a/2', ['f']],
      ]),
    );
    expect(found).toEqual([['references/duplicate-range', 'warning', 'a/2', '["f"]']]);
    expect(messages).toEqual(['"a/2" reads the whole of f, as "a/0" does.']);
  });

  it('many repeats of an array are one finding, at the first in the text', async () => {
    const entries = Array.from({ length: 60 }, (_, i): [string, unknown] => [`a/${i}`, ['f', 8 * (i % 20), 8]]);
    const { found, messages } = await findingsOf(fileOf(entries));
    expect(found).toEqual([['references/duplicate-range', 'warning', 'a/20', '["f",0,8]']]);
    expect(messages).toEqual([
      '"a/20" reads bytes 0-7 of f, as "a/0" does. It is the first of 40 chunks of this array that repeat the range of another.',
    ]);
  });

  it.each<[string, [string, unknown][], string, string]>([
    [
      'an end too late',
      [
        ['a/0', ['f', 0, 9]],
        ['a/1', ['f', 8, 8]],
      ],
      'a/1',
      '"a/1" reads bytes 8-15 of f, and "a/0" some of the same: bytes 0-8.',
    ],
    [
      'one within another',
      [
        ['a/0', ['f', 0, 80]],
        ['a/1', ['f', 8, 8]],
      ],
      'a/1',
      '"a/1" reads bytes 8-15 of f, and "a/0" some of the same: bytes 0-79.',
    ],
    [
      'the later begins before',
      [
        ['a/0', ['f', 8, 8]],
        ['a/1', ['f', 1, 8]],
      ],
      'a/1',
      '"a/1" reads bytes 1-8 of f, and "a/0" some of the same: bytes 8-15.',
    ],
    [
      'one offset, two lengths',
      [
        ['a/0', ['f', 8, 9]],
        ['a/1', ['f', 8, 8]],
      ],
      'a/1',
      '"a/1" reads bytes 8-15 of f, and "a/0" some of the same: bytes 8-16.',
    ],
    [
      'behind one in between',
      [
        ['a/0', ['f', 0, 80]],
        ['b/1', ['g', 0, 80]],
        ['a/2', ['f', 8, 8]],
        ['a/3', ['f', 80, 8]],
      ],
      'a/2',
      '"a/2" reads bytes 8-15 of f, and "a/0" some of the same: bytes 0-79.',
    ],
  ])('overlap in part: %s', async (_name, entries, key, message) => {
    const { found, messages } = await findingsOf(fileOf(entries, ['a', 'b']));
    expect(found).toEqual([['references/overlap', 'warning', key, expect.any(String)]]);
    expect(messages).toEqual([message]);
  });

  it('a long range over many others is one finding', async () => {
    const entries = Array.from({ length: 50 }, (_, i): [string, unknown] => [
      `a/${i}`,
      ['f', 8 * i, i === 0 ? 400 : 8],
    ]);
    const { messages } = await findingsOf(fileOf(entries));
    expect(messages).toEqual([
      '"a/1" reads bytes 8-15 of f, and "a/0" some of the same: bytes 0-399. It is the first of 49 overlaps in this array.',
    ]);
  });
});

describe('ranges of several arrays', () => {
  const shared: [string, unknown][] = [
    ['a/0', ['f', 0, 8]],
    ['b/0', ['f', 0, 8]],
  ];

  it('two names for the same bytes, decoded alike, are an info', async () => {
    const { found } = await findingsOf(fileOf(shared, ['a', 'b']));
    expect(found).toEqual([['references/duplicate-range', 'info', 'b/0', '["f",0,8]']]);
  });

  it('one coordinate in several groups is nothing', async () => {
    const entries: [string, unknown][] = [
      ['0/x/0', ['f', 0, 8]],
      ['1/x/0', ['f', 0, 8]],
    ];
    expect((await findingsOf(fileOf(entries, ['0/x', '1/x']))).found).toEqual([]);
  });

  it('other codecs or another data type make other values of the same bytes', async () => {
    for (const more of [{ compressor: { id: 'zlib', level: 1 } }, { dtype: '|i1' }]) {
      const other = { 'b/.zarray': zarray([100], [1], more) };
      expect((await findingsOf(fileOf(shared, ['a'], other))).found).toEqual([]);
    }
  });

  it('each pair of arrays is told, with its own number', async () => {
    const entries = Array.from({ length: 4 }, (_, i): [string, unknown][] => [
      [`a/${i}`, ['f', 100 * i, 100]],
      [`b/${i}`, ['f', 100 * i + 50, 10]],
      [`c/${i}`, ['f', 100 * i + 70, 10]],
    ]).flat();
    const { found, messages } = await findingsOf(fileOf(entries, ['a', 'b', 'c']));
    expect(found.map((finding) => (finding as string[])[2])).toEqual(['b/0', 'c/0']);
    expect(messages[0]).toMatch(/It is the first of 4 overlaps between the two arrays\.$/);
  });
});

describe('the end of the file', () => {
  it.each<[string, unknown, [string, unknown][], number]>([
    ['at the very end', 24, [['a/0', ['f', 16, 8]]], 0],
    ['a byte behind', 23, [['a/0', ['f', 16, 8]]], 1],
    ['wholly behind', 8, [['a/0', ['f', 16, 8]]], 1],
    ['of another file', 8, [['a/0', ['g', 16, 8]]], 0],
    ['a whole file', 8, [['a/0', ['f']]], 0],
    ['no size stated', undefined, [['a/0', ['f', 16, 8]]], 0],
    ['no size at all', 'large', [['a/0', ['f', 16, 8]]], 0],
    ['size 0 is none', 0, [['a/0', ['f', 16, 8]]], 0],
  ])('%s', async (_name, size, entries, count) => {
    const { found } = await findingsOf(fileOf(entries, ['a'], source(size)));
    expect(found).toHaveLength(count);
  });

  it('is told once for an array, with the size', async () => {
    const entries = Array.from({ length: 10 }, (_, i): [string, unknown] => [`a/${i}`, ['f', 1000 * i, 1000]]);
    const { found, messages } = await findingsOf(fileOf(entries, ['a'], source(7500)));
    expect(found).toEqual([['references/past-end', 'error', 'a/7', '["f",7000,1000]']]);
    expect(messages).toEqual([
      '"a/7" reads bytes 7,000-7,999 of f, which has 7,500 bytes: no such bytes can be there. ' +
        'It is the first of 3 chunks of this array that end behind the end of their file.',
    ]);
  });

  it('is no overlap besides', async () => {
    const { found } = await findingsOf(
      fileOf(
        [
          ['a/0', ['f', 0, 99]],
          ['a/1', ['f', 8, 8]],
        ],
        ['a'],
        source(16),
      ),
    );
    expect(found).toEqual([['references/past-end', 'error', 'a/0', '["f",0,99]']]);
  });
});

describe('ranges of very many arrays', () => {
  it('are told of a thousand arrays, and the rest as a number', async () => {
    const paths = Array.from({ length: 1002 }, (_, index) => `a${index}`);
    const entries = paths.flatMap((path, index): [string, unknown][] => [
      [`${path}/0`, ['f', index * 100, 8]],
      [`${path}/1`, ['f', index * 100 + 4, 8]],
    ]);
    const { found, messages } = await findingsOf(fileOf(entries, paths));
    expect(found).toHaveLength(1001);
    expect(messages).toContain('2 more ranges of this kind in other arrays are not listed.');
  });
});
