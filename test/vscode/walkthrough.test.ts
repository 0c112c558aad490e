import { assert } from 'chai';
import * as vscode from 'vscode';
import { readText, sample, workspaceFolder, writeText } from './generating';
import { closeEverything, findingsOf, until } from './viewing';

const folder = (): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), 'kerchunk-sample');
const tiff = (): vscode.Uri => vscode.Uri.joinPath(folder(), 'red.tif');
const references = (): vscode.Uri => vscode.Uri.joinPath(folder(), 'red.kerchunk.json');

async function step(name: string): Promise<void> {
  await vscode.commands.executeCommand('kerchunk.sampleStep', name);
}

function customEditors(): [viewType: string, uri: string, column: vscode.ViewColumn][] {
  return vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
    tabs.flatMap(({ input }): [string, string, vscode.ViewColumn][] =>
      input instanceof vscode.TabInputCustom ? [[input.viewType, input.uri.toString(), viewColumn]] : [],
    ),
  );
}

async function forget(): Promise<void> {
  await closeEverything();
  await vscode.workspace.fs.delete(folder(), { recursive: true }).then(undefined, () => undefined);
}

describe('The walkthrough', () => {
  beforeEach(forget);
  after(forget);

  it('Open Sample writes the COG into a folder of its own, once, and shows its pixels', async () => {
    await vscode.commands.executeCommand('kerchunk.openSample');
    const [written, shipped] = await Promise.all([tiff(), sample()].map((uri) => vscode.workspace.fs.readFile(uri)));
    assert.deepEqual(written, shipped);
    assert.deepInclude(
      customEditors().map(([viewType, uri]) => [viewType, uri]),
      ['kerchunk.pixels', tiff().toString()],
    );
    const { mtime } = await vscode.workspace.fs.stat(tiff());
    await vscode.commands.executeCommand('kerchunk.openSample');
    assert.equal((await vscode.workspace.fs.stat(tiff())).mtime, mtime);
    assert.lengthOf(await vscode.workspace.fs.readDirectory(folder()), 1);
  });

  it('leaves another file of that name as it is', async () => {
    await writeText(tiff(), 'mine');
    await vscode.commands.executeCommand('kerchunk.openSample');
    assert.equal(await readText(tiff()), 'mine');
    assert.isEmpty(customEditors());
  });

  // The second time another file stands where the first COG stood.
  for (const time of ['once', 'and again']) {
    it(`leads from a COG to references, their fault, a chunk that shows it, and a file that is mended, ${time}`, async () => {
      await step('generate');
      assert.include(await readText(references()), '"id":"delta"');
      assert.deepEqual(
        customEditors().map(([viewType, uri, column]) => [viewType, uri, column]),
        [['kerchunk.editor', references().toString(), vscode.ViewColumn.Two]],
      );
      await step('find');
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), references().toString());
      assert.includeMembers(findingsOf(references()), ['tiff/delta-over-rows']);
      assert.include(
        editor?.document.lineAt(editor.selection.active.line).text.slice(editor.selection.active.character),
        '"delta"',
      );
      await step('see');
      assert.deepEqual(
        customEditors().map(([, , column]) => column),
        [vscode.ViewColumn.Two],
        'what stands in the first column is not covered',
      );
      await step('mend');
      const found = vscode.languages
        .getDiagnostics(references())
        .find(({ code }) => (typeof code === 'object' ? code.value : code) === 'tiff/delta-over-rows');
      if (found === undefined) assert.fail('The fault is gone before it is mended.');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        references(),
        found.range,
        vscode.CodeActionKind.QuickFix.value,
        10,
      );
      // VS Code's own actions may stand before it.
      const preferred = actions.find(({ isPreferred }) => isPreferred === true);
      assert.equal(preferred?.title, 'Replace "delta" by "imagecodecs_delta"');
      const { edit } = preferred ?? {};
      if (edit === undefined) assert.fail('The preferred quick fix has no edit.');
      assert.isTrue(await vscode.workspace.applyEdit(edit));
      await until('the fault is gone', () => !findingsOf(references()).includes('tiff/delta-over-rows'));
    });
  }

  it('points at the sample itself, wherever the user publishes files', async () => {
    const settings = vscode.workspace.getConfiguration('kerchunk.generate');
    await settings.update('urlPrefix', 'https://data.example.org/scenes/', vscode.ConfigurationTarget.Workspace);
    try {
      await step('generate');
      assert.notInclude(await readText(references()), 'data.example.org');
    } finally {
      await settings.update('urlPrefix', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('makes what a step needs where it is not there yet', async () => {
    await step('open');
    assert.isTrue(customEditors().some(([, uri]) => uri === references().toString()));
  });
});
