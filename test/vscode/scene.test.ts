import { assert } from 'chai';
import * as vscode from 'vscode';
import type { ReportItem } from '../../src/webview/messages';
import { makeFolder, readText, readWritten, workspaceFolder, writeText } from './generating';

async function command(...args: unknown[]): Promise<ReportItem | undefined> {
  return vscode.commands.executeCommand<ReportItem | undefined>('kerchunk.generateScene', ...args);
}

/** A folder with the TIFFs of one date of the scene, and its STAC item. */
async function sceneFolder(name: string): Promise<vscode.Uri> {
  const folder = await makeFolder(name);
  const scene = vscode.Uri.joinPath(workspaceFolder(), 'scene');
  for (const [file] of await vscode.workspace.fs.readDirectory(scene)) {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(scene, file), vscode.Uri.joinPath(folder, file), {
      overwrite: true,
    });
  }
  return folder;
}

describe('Generate Scene References', () => {
  it('makes one set of the selected TIFFs, a group for each resolution', async () => {
    const folder = await sceneFolder('scene of tiffs');
    const uris = ['B04_10m', 'B02_10m', 'B11_20m'].map((band) =>
      vscode.Uri.joinPath(folder, `T32TQM_20220125_${band}.tif`),
    );
    const item = await command(uris[0], uris);
    if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
    assert.deepEqual(
      item.levels.map(({ path, shape, chunks, sparse }) => ({ path, shape: [...shape], chunks, sparse })),
      [
        { path: '10m/B04', shape: [192, 192], chunks: 36, sparse: 0 },
        { path: '10m/B02', shape: [192, 192], chunks: 36, sparse: 0 },
        { path: '20m/B11', shape: [96, 96], chunks: 9, sparse: 0 },
      ],
    );
    const { refs } = await readWritten(vscode.Uri.joinPath(folder, 'scene.kerchunk.json'));
    assert.includeMembers(Object.keys(refs), [
      '.zmetadata',
      '10m/x/0',
      '10m/y/0',
      '20m/x/0',
      '20m/spatial_ref/.zattrs',
    ]);
    const [target] = refs['20m/B11/0.0'] as [string];
    // fsspec takes the path of a file: address as it stands.
    assert.equal(target, `file://${uris[2]?.path ?? ''}`);
  });

  it('makes one of a STAC item, with the names and the scale that it states', async () => {
    const folder = await sceneFolder('scene of stac');
    const item = await command(vscode.Uri.joinPath(folder, 'S2A_T32TQM_20220125.json'));
    if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
    assert.deepEqual(
      item.levels.map(({ path }) => path),
      ['10m/blue', '10m/green', '10m/red', '20m/swir16', '60m/nir09'],
    );
    const { refs } = await readWritten(vscode.Uri.joinPath(folder, 'S2A_T32TQM_20220125.kerchunk.json'));
    const attributes = JSON.parse(String(refs['10m/red/.zattrs'])) as Record<string, unknown>;
    assert.equal(attributes.scale_factor, 0.0001);
  });

  it('says why JSON is no scene', async () => {
    const folder = await sceneFolder('scene of none');
    const item = await command(vscode.Uri.joinPath(folder, 'items.json'));
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.include(item.message, '3 STAC items');
  });

  it('replaces no file that is none of references', async () => {
    const folder = await sceneFolder('scene over others');
    const output = vscode.Uri.joinPath(folder, 'scene.kerchunk.json');
    await writeText(output, '{"title": "mine"}');
    const uris = ['B04_10m', 'B02_10m'].map((band) => vscode.Uri.joinPath(folder, `T32TQM_20220125_${band}.tif`));
    const item = await command(uris[0], uris);
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.include(item.message, `${output.path} is no reference file; it is left as it is.`);
    assert.equal(await readText(output), '{"title": "mine"}');
  });
});
