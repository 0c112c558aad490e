import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeEverything, editText, makeReferences, openText, until } from './viewing';

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'kerchunk');
}

describe('Findings in the Problems panel', () => {
  afterEach(closeEverything);

  it('stand where the text is wrong, and go with the cause', async () => {
    const document = await openText(await makeReferences('problems'));
    const { uri } = document;
    await editText(document, '["file:', '[7, "file:');
    const [finding] = await until('a finding', () => {
      const found = findingsOf(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      return found.length > 0 && found;
    });
    if (finding === undefined) assert.fail();
    assert.equal(codeOf(finding), 'kerchunk/reference-shape');
    assert.include(document.getText(finding.range), '7, "file:');
    await editText(document, '[7, "file:', '["file:');
    await until('no error any more', () =>
      findingsOf(uri).every((each) => codeOf(each) !== 'kerchunk/reference-shape'),
    );
  });

  it('are one of each kind for an array, with a count and the first places', async () => {
    const document = await openText(await makeReferences('grouped problems'));
    const { uri } = document;
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    for (const match of text.matchAll(/"red\/\d\.\d": ?\["file:/gu)) {
      const at = document.positionAt(match.index + match[0].length - '"file:'.length);
      edit.insert(uri, at, '7,');
    }
    await vscode.workspace.applyEdit(edit);
    const [finding] = await until('a finding', () => {
      const found = findingsOf(uri).filter((each) => codeOf(each) === 'kerchunk/reference-shape');
      return found.length > 0 && found;
    });
    assert.match(finding?.message ?? '', /\(34 times\)$/u);
    assert.lengthOf(finding?.relatedInformation ?? [], 20);
    assert.lengthOf(
      findingsOf(uri).filter((each) => codeOf(each) === 'kerchunk/reference-shape'),
      1,
    );
  });

  it('say what is wrong with the references of the notebook, and go when the file is closed', async () => {
    const uri = await makeReferences('notebook problems', 'red.kerchunk.json', { settings: { preset: 'notebook' } });
    await vscode.commands.executeCommand('vscode.open', uri);
    const found = await until('findings', () => findingsOf(uri).length > 0 && findingsOf(uri));
    assert.isTrue(
      found.some(({ message }) => /delta/iu.test(message)),
      JSON.stringify(found.map((each) => [codeOf(each), each.message])),
    );
    await closeEverything();
    await until('no findings', () => findingsOf(uri).length === 0);
  });

  it('are of reference files only', async () => {
    const uri = await makeReferences('no problems', 'other.json');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{"red/0.0": [7]}'));
    await openText(uri);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.isEmpty(findingsOf(uri));
  });
});
