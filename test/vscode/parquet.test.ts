import { assert } from 'chai';
import * as vscode from 'vscode';
import { makeFolder, namesIn, workspaceFolder } from './generating';
import { arraysOf, closeEverything, findingsOf, forEachTest, type Services, until } from './viewing';

const inWorkspace = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), ...path);

describe('A reference set in parquet', () => {
  afterEach(closeEverything);

  it('opens in the viewer by its folder, and its findings stand at the rows of its record files', async () => {
    await vscode.commands.executeCommand('kerchunk.openViewer', inWorkspace('broken.parq'));
    const input = await until('the viewer is open', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputCustom && activeTab.input;
    });
    assert.equal(input.uri.toString(), inWorkspace('broken.parq', '.zmetadata').toString());
    const record = inWorkspace('broken.parq', 'red', 'refs.1.parq');
    const found = await until('a finding in a record file', () => {
      const diagnostics = vscode.languages.getDiagnostics(record).filter(({ source }) => source === 'kerchunk');
      return diagnostics.length > 0 && diagnostics;
    });
    assert.isTrue(found.some(({ range }) => range.start.line === 0));
    await closeEverything();
    await until('they go with the viewer', () => findingsOf(record).length === 0);
  });
});

describe('The document of a reference set in parquet', () => {
  let services: Services;
  forEachTest((each) => (services = each));

  it('gives chunks from its record files, and cannot be written to', async () => {
    const { document } = services.documents.use(inWorkspace('set.parq', '.zmetadata'));
    await until('the outline', () => document.state.kind === 'outline');
    assert.deepEqual(arraysOf(document), ['crs', 'deep/name', 'red', 'time']);
    const { reference } = await document.ask('chunk', { path: 'red', indices: [3, 3] });
    assert.equal(reference, 'inline');
    assert.match(document.readOnly ?? '', /parquet/u);
    await until('the findings', () => document.findings !== undefined);
    assert.deepEqual(document.findings, []);
  });

  it('is read again where one of its record files changes', async () => {
    const folder = await makeFolder('followed parquet');
    const set = vscode.Uri.joinPath(folder, 'set.parq');
    await vscode.workspace.fs.copy(inWorkspace('set.parq'), set, { overwrite: true });
    const { document } = services.documents.use(vscode.Uri.joinPath(set, '.zmetadata'));
    await until('the outline', () => document.state.kind === 'outline');
    const place = { path: 'red', indices: [3, 3] };
    assert.equal((await document.ask('chunk', place)).reference, 'inline');
    const names = (await namesIn(vscode.Uri.joinPath(set, 'red'))).filter((name) => name.startsWith('refs.'));
    // The chunk is the last of the array.
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(set, 'red', names.at(-1) ?? ''));
    await until('the chunk that went with its record file', async () => {
      return (await document.ask('chunk', place)).reference === 'absent';
    });
  });
});
