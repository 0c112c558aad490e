import { assert } from 'chai';
import * as vscode from 'vscode';
import { KerchunkError } from '../../src/errors';
import { generateOne } from '../../src/vscode/generate-one';
import { workIn } from '../../src/vscode/host-worker';
import { inputOfUri } from '../../src/vscode/inputs';
import { generateAll } from '../../src/vscode/generate-all';
import { makeFolder, namesIn, workspaceFolder } from './generating';
import { arraysOf, forEachTest, Services, until } from './viewing';

function activeCustomEditor(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
}

/** File, chunk, and the least and largest value of that chunk, by tifffile and imagecodecs. */
const tiles: [file: string, indices: number[], minimum: string, maximum: string][] = [
  ['webp-u8-3band', [0, 0, 0], '0', '250'],
  ['jpegxl-u16', [0, 0], '43', '64299'],
  ['jpeg2000-u16', [0, 0], '43', '64299'],
  ['png-u16', [0, 0], '43', '64299'],
  ['jpeg-u12', [0, 0], '0', '4033'],
  ['refused-lerc-f32', [0, 0], '-2.142857074737549', '6.4285712242126465'],
  ['lzma-u16', [0, 0], '0', '16110'],
  ['zstd-u8', [0, 0], '0', '60'],
];

describe('A TIFF itself', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('is opened in the viewer where that is asked for, and not otherwise', async () => {
    const uri = vscode.Uri.joinPath(await makeFolder('tiff editor', 'red.tif'), 'red.tif');
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('something is open', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'red.tif');
    assert.notEqual(activeCustomEditor(), 'kerchunk.pixels');
    await vscode.commands.executeCommand('kerchunk.showPixels', uri);
    await until('the viewer is open', () => activeCustomEditor() === 'kerchunk.pixels');
  });

  it('is read by ranges, is checked by no rule, and leaves no file behind', async () => {
    const folder = await makeFolder('tiff itself', 'red.tif');
    const use = services.documents.use(vscode.Uri.joinPath(folder, 'red.tif'), 'tiff');
    const { document } = use;
    await document.settled();
    if (document.state.kind !== 'outline') assert.fail(JSON.stringify(document.state));
    assert.deepInclude(document.state.outline.tiff, { container: 'TIFF, little-endian', ifds: 4, refusal: null });
    assert.includeMembers(arraysOf(document) ?? [], ['0/red', '1/red', '2/red', '3/red']);
    const chunk = await document.ask('chunk', { path: '0/red', indices: [2, 3] });
    assert.equal(chunk.outcome.kind, 'values', JSON.stringify(chunk.outcome));
    const sparse = await document.ask('chunk', { path: '0/red', indices: [4, 5] });
    assert.equal(sparse.outcome.kind, 'absent');
    assert.notInclude(services.asked, 'validate');
    assert.deepEqual(await namesIn(folder), ['red.tif']);
    use.dispose();
  });

  for (const [file, indices, minimum, maximum] of tiles) {
    it(`is decoded in the worker of this host: ${file}`, async () => {
      const use = services.documents.use(vscode.Uri.joinPath(workspaceFolder(), `decoders/${file}.tif`), 'tiff');
      const { document } = use;
      await document.settled();
      const array = arraysOf(document)?.find((path) => path.endsWith('band_data'));
      const { outcome } = await document.ask('chunk', { path: array ?? '', indices });
      if (outcome.kind !== 'values') assert.fail(JSON.stringify(outcome));
      const { statistics } = outcome.values;
      assert.deepEqual([statistics.minimum, statistics.maximum], [minimum, maximum]);
      use.dispose();
    });
  }

  it('is shown anew after it has changed', async () => {
    const folder = await makeFolder('tiff changed', 'red.tif');
    const uri = vscode.Uri.joinPath(folder, 'red.tif');
    const use = services.documents.use(uri, 'tiff');
    const { document } = use;
    await document.settled();
    assert.equal(document.state.kind, 'outline');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('no TIFF any more'));
    await document.load();
    if (document.state.kind !== 'failed') assert.fail(document.state.kind);
    assert.equal(document.state.error.code, 'not-a-tiff');
    use.dispose();
  });

  it('is offered to be shown where generating refuses one that is decoded here', async () => {
    const folder = await makeFolder('tiff refused', 'red.tif');
    const input = inputOfUri(vscode.Uri.joinPath(folder, 'red.tif'));
    const output = vscode.Uri.joinPath(folder, 'red.kerchunk.json');
    const refusal = new KerchunkError('not-expressible', 'red.tif: no reference holds it.');
    const quiet = (): undefined => undefined;
    const work = { ...workIn(services.worker), generate: () => Promise.reject(refusal) };
    const plan = { kind: 'write', input, output, replace: false } as const;
    const given = {
      settingsFor: () => ({ preset: 'portable', urlPrefix: '', overviews: false, coordinates: true }) as const,
      work,
      log: { info: quiet, warn: quiet, error: quiet, trace: quiet },
      say: quiet,
      signal: new AbortController().signal,
    };
    const [item] = await generateAll([plan], given, quiet);
    assert.deepInclude(item, { kind: 'refused', shown: true, code: 'not-expressible', message: refusal.message });
    assert.deepEqual(await namesIn(folder), ['red.tif']);
    work.canShow = () => Promise.resolve(false);
    const [unshown] = await generateAll([plan], given, quiet);
    assert.notProperty(unshown, 'shown');
    work.generate = () => Promise.reject(new KerchunkError('limit-exceeded', 'Too many.'));
    work.canShow = () => Promise.reject(new Error('It asked whether the TIFF is shown.'));
    const error = await generateOne(plan, given).catch((caught: unknown) => caught);
    assert.equal((error as KerchunkError).code, 'limit-exceeded');
  });
});
