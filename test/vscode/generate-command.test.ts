import { assert } from 'chai';
import * as vscode from 'vscode';
import type { ReportItem } from '../../src/webview/messages';
import { makeFolder, namesIn, readWritten, writeText } from './generating';

async function command(...args: unknown[]): Promise<ReportItem[]> {
  const items = await vscode.commands.executeCommand<ReportItem[] | undefined>('kerchunk.generate', ...args);
  assert.isDefined(items);
  return items;
}

function chunkKeys(refs: Record<string, unknown>, array: string): string[] {
  return Object.keys(refs).filter((key) => key.startsWith(`${array}/`) && !key.startsWith(`${array}/.z`));
}

describe('Generate Kerchunk', () => {
  it('writes the references beside the file, opens them, and reports', async () => {
    const folder = await makeFolder('one', 'red.tif');
    const tiff = vscode.Uri.joinPath(folder, 'red.tif');
    const [item, ...others] = await command(tiff);
    assert.isEmpty(others);
    if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));

    const output = vscode.Uri.joinPath(folder, 'red.kerchunk.json');
    assert.equal(item.outputUri, output.toString());
    assert.deepEqual(await namesIn(folder), ['red.kerchunk.json', 'red.tif']);
    const { version, refs } = await readWritten(output);
    assert.equal(version, 1);
    // tifffile: 36 tiles, of which numbers 29 (4.5) and 35 (5.5) are sparse; the first lies at 649398 and has 32690 bytes.
    assert.lengthOf(chunkKeys(refs, 'red'), 34);
    assert.notProperty(refs, 'red/4.5');
    assert.notProperty(refs, 'red/5.5');
    assert.deepEqual(refs['red/0.0'], [`file://${tiff.path}`, 649398, 32690]);
    assert.deepInclude(item.levels[0], { path: 'red', chunks: 36, sparse: 2 });
    assert.include(item.code, output.path);
    assert.equal(item.outputBytes, (await vscode.workspace.fs.stat(output)).size);
    assert.isAtLeast(item.requests, 1);

    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => tab.input));
    assert.isTrue(
      inputs.some(
        (input) =>
          input instanceof vscode.TabInputCustom &&
          input.viewType === 'kerchunk.editor' &&
          input.uri.toString() === output.toString(),
      ),
      'the references are open in the viewer',
    );
    assert.isTrue(
      inputs.some((input) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('kerchunk.report')),
      'the report is open',
    );
  });

  it('takes all TIFFs of a selection and leaves out what is none by its name', async () => {
    const folder = await makeFolder('several', 'red.tif', 'nir.TIFF', 'bad.gtiff');
    const [red, nir, bad, notes] = ['red.tif', 'nir.TIFF', 'bad.gtiff', 'notes.txt'].map((name) =>
      vscode.Uri.joinPath(folder, name),
    );
    if (notes === undefined || bad === undefined) assert.fail();
    await writeText(notes, 'no TIFF');
    await writeText(bad, 'no TIFF either, whatever its name says');
    const items = await command(red, [red, bad, notes, nir]);
    assert.deepEqual(
      items.map(({ source, kind }) => [source, kind]),
      [
        ['red.tif', 'generated'],
        ['bad.gtiff', 'refused'],
        ['nir.TIFF', 'generated'],
      ],
    );
    assert.deepEqual(await namesIn(folder), [
      'bad.gtiff',
      'nir.TIFF',
      'nir.kerchunk.json',
      'notes.txt',
      'red.kerchunk.json',
      'red.tif',
    ]);
  });

  it('follows the settings of the workspace', async () => {
    const folder = await makeFolder('settings', 'a b.tif');
    const settings = vscode.workspace.getConfiguration('kerchunk.generate');
    const values = { urlPrefix: 'https://data.example.org/scenes', overviews: true, coordinates: false, version: '0' };
    try {
      for (const [name, value] of Object.entries(values)) {
        await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
      }
      const [item] = await command(vscode.Uri.joinPath(folder, 'a b.tif'));
      if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
      // Version 0: the references are the file itself.
      const refs = (await readWritten(vscode.Uri.joinPath(folder, 'a b.kerchunk.json'))) as unknown as Record<
        string,
        unknown
      >;
      assert.lengthOf(item.levels, 4);
      assert.equal(item.overviewsLeftOut, 0);
      assert.deepEqual(refs['0/red/0.0'], ['https://data.example.org/scenes/test%20settings/a%20b.tif', 649398, 32690]);
      assert.deepEqual(refs['3/red/0.0'], ['https://data.example.org/scenes/test%20settings/a%20b.tif', 2088, 49067]);
      assert.notProperty(refs, '0/x/.zarray');
      assert.property(refs, '0/spatial_ref/.zarray');
    } finally {
      for (const name of Object.keys(values)) {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
      }
    }
  });

  it('names a setting that has an impossible value, and generates nothing', async () => {
    const folder = await makeFolder('wrong setting', 'red.tif');
    const settings = vscode.workspace.getConfiguration('kerchunk.generate');
    try {
      await settings.update('preset', 'fast', vscode.ConfigurationTarget.Workspace);
      const [item] = await command(vscode.Uri.joinPath(folder, 'red.tif'));
      if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
      assert.include(item.message, 'kerchunk.generate.preset is "fast"');
      assert.deepEqual(await namesIn(folder), ['red.tif']);
    } finally {
      await settings.update('preset', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
