import { assert } from 'chai';
import * as vscode from 'vscode';
import { regionKinds, type TargetMap } from '../../src/preview/target-types';
import { forEachTest, makeReferences, type Services } from './viewing';

/** Kind, first byte, length, and number of the chunk of each region of a map. */
function regionsOf({ regions }: TargetMap): { kind: string; start: number; length: number; chunk: number }[] {
  const starts = new Float64Array(regions.starts);
  const lengths = new Float64Array(regions.lengths);
  const kinds = new Uint8Array(regions.kinds);
  const chunks = new Float64Array(regions.chunks);
  return [...kinds].map((kind, i) => ({
    kind: regionKinds[kind] ?? '',
    start: starts[i] ?? -1,
    length: lengths[i] ?? -1,
    chunk: chunks[i] ?? -1,
  }));
}

describe('The files behind references', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('are listed and mapped: red.tif is a COG with 34 of its tiles referred to', async () => {
    const { document, dispose } = await open('files behind');
    const { targets } = await document.ask('targets', { search: '' });
    const [target] = targets;
    assert.lengthOf(targets, 1);
    assert.match(target?.shownUrl ?? '', /red\.tif$/u);
    assert.equal(target?.references, 34);

    const place = { kind: 'chunk', path: 'red', indices: [2, 3] } as const;
    const map = await document.ask('targetMap', { place, read: true });
    assert.equal(map.structure.kind, 'tiff');
    const regions = regionsOf(map);
    assert.deepInclude(regions[0] ?? {}, { kind: 'header', start: 0, length: 8 });
    assert.lengthOf(
      regions.filter(({ kind }) => kind === 'chunk'),
      34,
    );
    // Chunk [2, 3] of 6 x 6 is number 15 in C order.
    assert.equal(regions[map.selected ?? -1]?.chunk, 15);
    // Its bytes are those that the chunk's own request has.
    const chunk = await document.ask('chunk', { path: 'red', indices: [2, 3] });
    const region = regions[map.selected ?? -1] ?? assert.fail();
    assert.equal(chunk.request?.start, region.start);
    assert.equal(chunk.request?.end, region.start + region.length - 1);
    dispose();
  });

  it('show any of their bytes: a TIFF begins with II and 42', async () => {
    const { document, dispose } = await open('bytes of a file');
    const { bytes, size } = await document.ask('targetBytes', { target: 0, offset: 0 });
    assert.equal(bytes.byteLength, 4096);
    assert.deepEqual([...new Uint8Array(bytes, 0, 4)], [0x49, 0x49, 42, 0]);
    const end = await document.ask('targetBytes', { target: 0, offset: (size ?? 0) - 10 });
    assert.equal(end.bytes.byteLength, 10);
    dispose();
  });

  it('tell what reading costs: 34 stored chunks of 36, one request each where none is merged', async () => {
    const { document, dispose } = await open('cost of reading');
    const slices = [
      { start: 0, stop: 1536 },
      { start: 0, stop: 1536 },
    ];
    const cost = await document.ask('cost', { path: 'red', slices });
    assert.deepInclude(cost, { chunks: 36, absent: 2, inline: 0, broken: 0 });
    assert.equal(cost.unmerged.requests, 34);
    assert.isBelow(cost.merged.requests, 34);
    assert.equal(cost.askedBytes, 1536 * 1536 * 2);
    assert.equal(cost.decodedBytes, 34 * 256 * 256 * 2);
    dispose();
  });

  async function open(name: string) {
    const uri: vscode.Uri = await makeReferences(name);
    const use = services.documents.use(uri);
    await use.document.settled();
    return {
      document: use.document,
      dispose: () => {
        use.dispose();
      },
    };
  }
});
