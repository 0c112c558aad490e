import { describe, expect, it } from 'vitest';
import { readerVerdicts } from '../../../src/preview/readers';
import { parseReferences } from '../../../src/references/parse';
import { TextPositions } from '../../../src/references/position';
import { readerReportInSlices } from '../../../src/validate/readers/report';

const zarray =
  '{"zarr_format":2,"shape":[3],"chunks":[1],"dtype":"|u1","compressor":null,"fill_value":0,"order":"C","filters":null}';

/** What readers make of a text of these lines. */
async function verdictsOf(...lines: string[]) {
  const text = new TextEncoder().encode(lines.join('\n'));
  const set = parseReferences(text);
  const verdicts = readerVerdicts(await readerReportInSlices(set, text, []), new TextPositions(text), set);
  return new Map(verdicts.map((verdict) => [verdict.name, verdict]));
}

const array = ['{"version":1, "refs":{', '  ".zgroup":{"zarr_format":2},', `  "a/.zarray":${zarray},`];

describe('what readers make of a file', () => {
  it('is said in one sentence where they read all of it', async () => {
    const verdicts = await verdictsOf(...array, '  "a/0":["https://x.org/f",0,1]', '}}');
    expect(verdicts.get('GDAL')).toMatchObject({ reads: 'all', verdict: 'reads the array', obstacles: [] });
    expect(verdicts.get('zarrita')?.tried).toMatch(/^zarrita \d/u);
  });

  it('names the entry of the text that stops one of all', async () => {
    const [, ...rest] = array;
    const first = '{"version":1, "templates":{"u":"https://x.org"}, "refs":{';
    const verdicts = await verdictsOf(first, ...rest, '  "a/0":["{{u}}/f",0,1]', '}}');
    const gdal = verdicts.get('GDAL');
    expect(gdal).toMatchObject({ reads: 'none', verdict: 'cannot' });
    expect(gdal?.obstacles[0]).toMatchObject({
      reason: 'it refuses templates',
      key: 'templates',
      path: null,
      indices: null,
      range: { line: 1, column: 15 },
    });
  });

  it('names the array and the chunk that is out of reach of one, and the others are read', async () => {
    // Nine bytes for a chunk of one: zarr-python 3 cannot make the chunk of them.
    const verdicts = await verdictsOf(
      ...array,
      `  "b/.zarray":${zarray},`,
      '  "a/0":["https://x.org/f",0,1],',
      '  "b/0":["https://x.org/f",0,1],',
      '  "b/2":["https://x.org/f",0,9]',
      '}}',
    );
    const zarr = verdicts.get('fsspec + zarr-python 3');
    expect(zarr).toMatchObject({ reads: 'some', verdict: '1 of 2 arrays' });
    expect(zarr?.obstacles).toMatchObject([{ key: 'b/2', path: 'b', indices: [2], range: { line: 7 } }]);
  });
});
