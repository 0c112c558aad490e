import { assert } from 'chai';
import * as vscode from 'vscode';
import type { SourceCheck } from '../../src/preview/types';
import { checkSourceCommand } from '../../src/vscode/check-source-command';
import { commandIds } from '../../src/vscode/ids';
import { readText, writeText } from './generating';
import { closeEverything, findingsOf, makeReferences, Services, until } from './viewing';

/** The references of `uri` with the offset of one chunk changed. */
async function moveChunk(uri: vscode.Uri): Promise<void> {
  const text = await readText(uri);
  const moved = text.replace(
    /("red\/1\.1": ?\["[^"]*", ?)(\d+)/u,
    (_, start: string, offset: string) => `${start}${Number(offset) + 1}`,
  );
  assert.notEqual(moved, text);
  await writeText(uri, moved);
}

describe('Check Against Source', () => {
  afterEach(closeEverything);

  it('finds nothing in references that were generated, and says what it compared', async () => {
    const uri = await makeReferences('check good', 'red.kerchunk.json');
    await vscode.commands.executeCommand('vscode.open', uri);
    const check = await vscode.commands.executeCommand<SourceCheck>(commandIds.checkSource, uri);
    assert.deepInclude(check, { groups: [], arrays: 1, compared: 36, decoded: 4, needPermission: [] });
    assert.isAbove(check.bytes, 0);
  });

  it('puts what it finds into the Problems panel, for the file in the active editor', async () => {
    const uri = await makeReferences('check moved', 'red.kerchunk.json');
    await moveChunk(uri);
    await vscode.commands.executeCommand('vscode.open', uri);
    const tab = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await until('the viewer', () => tab() instanceof vscode.TabInputCustom);
    const check = await vscode.commands.executeCommand<SourceCheck>(commandIds.checkSource);
    assert.deepEqual(
      check.groups.map(({ code, path, count, samples }) => [code, path, count, samples[0]?.key]),
      [['source/moved', 'red', 1, 'red/1.1']],
    );
    await until('the finding', () => findingsOf(uri).includes('source/moved'));
  });

  it('asks before it reads a file outside the workspace, and reads nothing where the user says no', async () => {
    const outside = 'file:///nowhere-that-is-a-workspace/red.tif';
    const uri = await makeReferences('check outside', 'red.kerchunk.json');
    const own = `file://${vscode.Uri.joinPath(uri, '../red.tif').path}`;
    await writeText(uri, (await readText(uri)).replaceAll(own, outside));
    const asked: string[] = [];
    const services = new Services((path) => {
      asked.push(path);
      return Promise.resolve(false);
    });
    try {
      const check = await checkSourceCommand(services, uri);
      assert.deepEqual(check?.needPermission, [outside]);
      assert.deepEqual(
        check?.groups.map(({ code, count }) => [code, count]),
        [['source/not-fetched', 1]],
      );
      assert.deepEqual(asked, ['/nowhere-that-is-a-workspace/red.tif']);
    } finally {
      services.dispose();
    }
  });

  it('checks no TIFF', async () => {
    const uri = await makeReferences('check tiff');
    const tiff = vscode.Uri.joinPath(uri, '../red.tif');
    assert.isUndefined(await vscode.commands.executeCommand(commandIds.checkSource, tiff));
  });
});
