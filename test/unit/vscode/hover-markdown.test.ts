import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors';
import type { ArrayDetails, HoverChunk, HoverContent } from '../../../src/preview/types';
import { hoverMarkdown, LONGEST_HOVER } from '../../../src/vscode/hover-markdown';

const range = { line: 1, column: 1, endLine: 1, endColumn: 2 };
const statistics = {
  count: 65536,
  valid: 65500,
  nodata: 36,
  nan: 0,
  minimum: '0.0123',
  maximum: '0.1896',
  mean: '0.12345678901234',
  standardDeviation: null,
};

const context = {
  uri: 'file:///data/a.kerchunk.json',
  l10n: {
    t: (message: string, ...args: (string | number)[]) =>
      message.replace(/\{(\d)\}/gu, (_, index: string) => String(args[Number(index)])),
  },
};

function chunk(result: HoverChunk['result'], more: Partial<HoverChunk> = {}): string {
  const request = {
    url: 'https://data.example.org/a.tif?signature=secret',
    shownUrl: 'https://data.example.org/a.tif?…',
    start: 649398,
    end: 682087,
    curl: 'curl',
  };
  return hoverMarkdown(
    {
      kind: 'chunk',
      range,
      chunk: { ...plainChunk, request, result, ...more },
    },
    context,
  );
}

const picture = (bytes: number): HoverChunk['result'] => ({
  kind: 'picture',
  png: new Uint8Array(bytes).fill(0xa5).buffer,
  width: 256,
  height: 128,
  statistics,
  histogram: null,
  allFill: false,
});
const failed = (code: ErrorCode): HoverChunk['result'] => ({ kind: 'failed', code, message: `Because of ${code}.` });

/** As a reader sees it: without backslashes and marks of bold. */
const plain = (text: string): string => text.replace(/\\(.)/gu, '$1').replaceAll('**', '');

const array: ArrayDetails = {
  path: 'red',
  shape: [1500, 1400],
  chunkShape: [256, 256],
  grid: [6, 6],
  dimensions: ['y', null],
  dtype: '<u2',
  dtypeInWords: 'unsigned 16-bit integers, little-endian',
  order: 'C',
  fillValue: '0',
  attributes: Array.from({ length: 10 }, (_, index) => ({
    name: `attribute_${index}`,
    value: `"${'v'.repeat(500)}"`,
  })),
  moreAttributes: 0,
  codecs: [
    { id: 'imagecodecs_delta', words: 'imagecodecs_delta: sums the differences along axis -1', known: true },
    { id: 'mystery', words: 'mystery: not known here', known: false },
  ],
  coverage: { total: 36, ranges: 33, inline: 1, absent: 2, broken: 0 },
  storedBytes: 1_048_576,
  decodedBytes: 4_200_000,
  chunkBytes: 131_072,
  code: { xarray: '', zarr: '' },
  metadata: null,
  range,
};

const plainChunk: HoverChunk = {
  path: 'red',
  indices: [7, 0],
  key: 'red/7.0',
  dtype: '<u2',
  shape: [256, 256],
  request: null,
  reference: 'range',
  storedBytes: 32690,
  axes: [
    { name: 'y', first: 1792, last: 1999, coordinates: { first: '7900195', last: '7898125', unit: 'm' } },
    { name: '', first: 0, last: 255, coordinates: null },
  ],
  coordinateProblem: null,
  neighbours: null,
  result: { kind: 'absent', fillValue: '0' },
  drift: null,
};

/** What is markup: the text without code and without what stands behind a backslash. */
const outsideCode = (text: string): string => text.replace(/\\.|(`+)(?!`).*?(?<!`)\1(?!`)/gsu, '');
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\[[^\]]*\]\([^)]*\)/gu)].map(([link]) => link.slice(0, 52));

describe('The hover of a chunk', () => {
  it('shows the picture in its size, then what it is and where its bytes stand', () => {
    const text = chunk(picture(3));
    expect(text).toContain('](data:image/png;base64,paWl\\|width=208,height=104)');
    expect(plain(text)).toContain(
      'red/7.0<br>`<u2` · `256 × 256` · `[1792:2000, 0:256]`<br>y `7900195 … 7898125` m<br>',
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(plain(text)).toContain('minimum 0.0123 · maximum 0.1896 · mean 0.1234568 · nodata 36 of 65,536');
    expect(plain(text)).toContain('`bytes=649398-682087` · 32 KiB · of https://data.example.org/a.tif?…');
    expect(text).not.toContain('secret');
    const [, query = ''] = /command:kerchunk\.showInViewer\?([^)]+)\)/u.exec(text) ?? [];
    expect(JSON.parse(decodeURIComponent(query))).toEqual([context.uri, 'red', [7, 0]]);
  });

  it('is never longer than VS Code takes: a picture that does not fit is left out, not cut', () => {
    const largest = chunk(picture(70_000));
    expect(largest).toContain('data:image/png');
    expect(largest.length).toBeLessThanOrEqual(LONGEST_HOVER);
    const wordy = { drift: 'x'.repeat(50_000), key: 'k'.repeat(50_000) };
    const cut = chunk(picture(70_000), wordy);
    expect(cut.length).toBeLessThanOrEqual(LONGEST_HOVER);
    const left = chunk(picture(72_000));
    expect(left).not.toContain('data:image');
    expect(plain(left)).toContain('The picture is too large for a hover.');
    expect(plain(left)).toContain('minimum 0.0123');
  });

  it('tells every outcome apart', () => {
    const outcomes = [
      chunk({ kind: 'absent', fillValue: '-9999' }, { reference: 'absent', request: null, storedBytes: null }),
      chunk({ ...(picture(3) as Extract<HoverChunk['result'], { kind: 'picture' }>), allFill: true }),
      chunk({ kind: 'too-large', message: '80 MiB decoded.' }),
      ...(
        [
          'fetch-failed',
          'short-read',
          'decode-failed',
          'unsupported-codec',
          'restricted-mode',
          'needs-permission',
          'malformed-reference',
          'malformed-metadata',
          'invalid-argument',
        ] as const
      ).map((code) => chunk(failed(code))),
    ].map((text) => plain(text).replaceAll('<br>', '\n'));
    const titles = outcomes.map((text) => /^(?:⚠ )?[A-Z][^.]*\./mu.exec(text)?.[0]);
    expect(titles).toEqual([
      'Absent.',
      'All fill.',
      'Too large for a hover.',
      '⚠ Not fetched.',
      '⚠ Not the bytes that were asked for.',
      '⚠ Not decoded.',
      '⚠ No decoder for this codec.',
      '⚠ Restricted Mode.',
      '⚠ Outside the workspace.',
      '⚠ Malformed reference.',
      '⚠ Malformed metadata.',
      '⚠ Not read.',
    ]);
    expect(outcomes[0]).toContain('reads as the fill value -9999');
    expect(outcomes[3]).toContain('Because of fetch-failed.');
    // Only what is fill speaks of fill.
    for (const text of outcomes.slice(2)) expect(text).not.toMatch(/fill/iu);
  });

  it('offers what to do in Restricted Mode, and where a file is outside the workspace', () => {
    expect(chunk(failed('restricted-mode'))).toContain('[Manage Workspace Trust](command:workbench.trust.manage)');
    expect(chunk(failed('needs-permission'))).toContain('[Open in Kerchunk Viewer to Allow It](command:');
    expect(chunk(failed('decode-failed'))).not.toContain('workbench.trust');
  });

  it('shows scalars and texts as they are, and says what is inline', () => {
    const text = chunk(
      {
        kind: 'texts',
        texts: ['a`b', '', '3.5'],
        statistics: { ...statistics, minimum: null, maximum: null, mean: null, standardDeviation: null, nodata: 0 },
        allFill: false,
      },
      { reference: 'inline', request: null, storedBytes: 8, shape: [] },
    );
    expect(text).toContain('``a`b`` ` ` `3.5`');
    expect(text).toContain('inline in this file, 8 bytes');
    expect(text).toContain('`()`');
  });

  it('says where values are wrong', () => {
    expect(plain(chunk(picture(3), { drift: '254 of 256 rows are wrong.' }))).toContain(
      '⚠ Wrong values. 254 of 256 rows are wrong.',
    );
  });

  it('draws the histogram as 32 bars of text, in the colour of the text', () => {
    const counts = Array.from({ length: 64 }, (_, bin) => (bin < 2 ? 8 : bin === 3 ? 1 : 0));
    const text = chunk({
      ...(picture(3) as Extract<HoverChunk['result'], { kind: 'picture' }>),
      histogram: { low: 0, high: 1, counts },
    });
    // 16 of 16 in the first bar, 1 of 16 in the second.
    expect(text).toContain(`\`█▁${'\u00a0'.repeat(30)}\``);
    expect(chunk(picture(3))).not.toContain('█');
  });

  it('says how the chunk lies to its neighbours in the file', () => {
    const neighbours = { before: { key: 'red/6.5', gap: 8 }, after: { key: 'red/7.1', gap: -1200 } };
    const text = plain(chunk(picture(3), { neighbours }));
    expect(text).toContain('before: `red/6.5`, 8 bytes between · ⚠ behind: `red/7.1`, overlaps by 1,200 bytes');
    const first = plain(chunk(picture(3), { neighbours: { before: null, after: { key: 'red/7.1', gap: 0 } } }));
    expect(first).toContain('before: no reference · behind: `red/7.1`, adjoins');
  });

  it('shows coordinates that have no value, that are one, and those that could not be read', () => {
    const axes = [
      { name: 'time', first: 3, last: 3, coordinates: { first: '2020-01-01', last: '2020-01-01', unit: null } },
      { name: 'x', first: 0, last: 3, coordinates: { first: null, last: '4', unit: 'degrees_east' } },
    ];
    const coordinateProblem = 'The coordinates along y are not shown: gone.';
    const text = plain(chunk(picture(3), { axes, coordinateProblem }));
    expect(text).toContain(
      '`[3, 0:4]`<br>time `2020-01-01` · x `no value … 4` degrees_east<br>The coordinates along y',
    );
    expect(plain(chunk(failed('fetch-failed'), { axes, coordinateProblem }))).not.toContain('along y');
  });

  it('shows a whole file as one', () => {
    const request = { url: 'a', shownUrl: 'a', start: 0, end: null, curl: '' };
    expect(plain(chunk(picture(3), { request, reference: 'file', storedBytes: null }))).toContain(
      '`the whole file` · of a',
    );
  });

  it('takes nothing from the file for markup', () => {
    const evil = '[x](command:workbench.action.quit) <img src="https://e.org/?a"> `y` ![z](https://e.org)\n# h';
    const text = chunk(
      { kind: 'failed', code: 'fetch-failed', message: evil },
      {
        key: evil,
        path: evil,
        dtype: evil,
        drift: evil,
        request: { url: evil, shownUrl: evil, start: 0, end: 1, curl: '' },
      },
    );
    const live = outsideCode(text);
    expect(linksIn(live)).toEqual(['[Open in Kerchunk Viewer](command:kerchunk.showInVie']);
    expect(live).not.toMatch(/[<>#]/u);
    expect(live).not.toContain('https:');
  });
});

describe('The hover of metadata', () => {
  it('says what an array is, in words', () => {
    const text = hoverMarkdown({ kind: 'array', range, array }, context);
    expect(plain(text)).toContain('red · `<u2` unsigned 16-bit integers, little-endian');
    expect(plain(text)).toContain('`y 1500 × 1400` · chunks of `256 × 256`');
    expect(plain(text)).toContain('36 chunks · 1 inline · 2 absent · 1.0 MiB stored, 4.0 MiB decoded · fill value 0');
    expect(plain(text)).toContain('imagecodecs_delta: sums the differences along axis -1 → ⚠ mystery');
    expect(plain(text)).toContain('and 2 more');
    expect(text).toContain('command:kerchunk.showInViewer');
    expect(text.length).toBeLessThan(5000);
  });

  it('counts the attributes that it was not told of', () => {
    const text = hoverMarkdown({ kind: 'array', range, array: { ...array, moreAttributes: 990 } }, context);
    expect(plain(text)).toContain('and 992 more');
  });

  it('counts what a group holds', () => {
    const text = hoverMarkdown({ kind: 'group', range, path: '', arrays: 3, groups: 1 }, context);
    expect(plain(text)).toContain('root group · 3 arrays, 1 group');
  });
});

describe('A hover of any content', () => {
  const evil = '<img src=http://e.org> ![x](http://e.org) [Click](command:workbench.action.quit) `';
  const sizes = [1, 700, 2000];

  /** Every content with one member as long as `evil` repeated. */
  function contents(long: string): [string, HoverContent, string][] {
    const request = { url: long, shownUrl: long, start: 0, end: 1, curl: '' };
    const chunkOf = (more: Partial<HoverChunk>): HoverContent => ({
      kind: 'chunk',
      range,
      chunk: { ...plainChunk, ...more },
    });
    const arrayOf = (more: Partial<ArrayDetails>): HoverContent => ({
      kind: 'array',
      range,
      array: { ...array, ...more },
    });
    const result: HoverChunk['result'] = { kind: 'texts', texts: [long, long], statistics, allFill: false };
    const codec = { id: long, words: evil, known: false };
    return [
      ['dtype', chunkOf({ dtype: long }), ''],
      ['key and path', chunkOf({ key: long, path: long }), ''],
      ['message', chunkOf({ result: { kind: 'failed', code: 'fetch-failed', message: long }, drift: long }), ''],
      ['texts', chunkOf({ result }), ''],
      ['picture', chunkOf({ result: picture(60_000), dtype: long, key: long, request }), ''],
      ['fill value', chunkOf({ result: { kind: 'absent', fillValue: long } }), ''],
      ["array's dtype", arrayOf({ dtype: long, dtypeInWords: long, fillValue: long }), ''],
      ["array's path", arrayOf({ path: long, dimensions: [long, long] }), ''],
      ['codecs', arrayOf({ codecs: Array.from({ length: long.length / evil.length }, () => codec) }), ''],
      ['attributes', arrayOf({ attributes: Array.from({ length: 10 }, () => ({ name: long, value: long })) }), ''],
      ['group', { kind: 'group', range, path: long, arrays: 1, groups: 1 }, ''],
      ['uri', arrayOf({}), long],
    ];
  }

  it.each(sizes.flatMap((size) => contents(evil.repeat(size))))(
    'is short enough, and nothing of a long %s is markup',
    (_, content, uri) => {
      const text = hoverMarkdown(content, { ...context, uri: `${context.uri}${uri}` });
      expect(text.length).toBeLessThanOrEqual(LONGEST_HOVER);
      const live = outsideCode(text).replace(/<br>|!\[[^\]]*\]\(data:[^)]*\)/gu, '');
      expect(live).not.toMatch(/[<>]/u);
      for (const link of linksIn(live))
        expect(link).toMatch(/^\[Open in Kerchunk Viewer\]\(command:kerchunk\.showInVie/u);
    },
  );

  it('shows the beginning of the dtype of a record with many fields', () => {
    const dtype = `[["first","<i4"],${'["f","<i4"],'.repeat(8000)}]`;
    for (const text of [
      chunk(picture(3), { dtype }),
      hoverMarkdown({ kind: 'array', range, array: { ...array, dtype } }, context),
    ]) {
      expect(text).toMatch(/`\[\["first"[^`]{150,190}…`/u);
    }
  });

  it('leaves out whole lines, the longest, and keeps the rest', () => {
    const codecs = Array.from({ length: 1000 }, () => ({ id: 'x', words: 'w'.repeat(300), known: true }));
    const text = hoverMarkdown({ kind: 'array', range, array: { ...array, codecs } }, context);
    expect(text).not.toContain('www');
    expect(text).toContain('36 chunks');
    expect(text).toContain('Open in Kerchunk Viewer');
  });
});
