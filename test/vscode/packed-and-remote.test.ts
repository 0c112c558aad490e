import { assert } from 'chai';
import * as vscode from 'vscode';
import { virtualScheme } from '../../src/vscode/ids';
import { documentUriOf, textUriOf, uriOfAddress } from '../../src/vscode/virtual-uris';
import { readText } from './generating';
import { serveBytes } from './serving';
import { arraysOf, closeEverything, findingsOf, forEachTest, makeReferences, type Services, until } from './viewing';

async function gzip(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** References of the sample, one of which is no reference any more, compressed under `name`; and their text. */
async function makePacked(folder: string, name: string): Promise<{ uri: vscode.Uri; text: string }> {
  const plain = await makeReferences(folder);
  const text = (await readText(plain)).replace('["file:', '[7, "file:');
  const uri = vscode.Uri.joinPath(plain, '..', name);
  await vscode.workspace.fs.writeFile(uri, await gzip(text));
  return { uri, text };
}

function activeCustom(): vscode.TabInputCustom | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input : undefined;
}

describe('A compressed reference file', () => {
  afterEach(closeEverything);

  it('opens in the viewer by its name, and its findings stand in the decompressed text, which is read-only', async () => {
    const { uri, text } = await makePacked('packed', 'red.kerchunk.json.gz');
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('the viewer is open', () => activeCustom()?.viewType === 'kerchunk.editor');
    const textUri = textUriOf(uri);
    await until('a finding', () => findingsOf(textUri).includes('kerchunk/reference-shape'));
    assert.deepEqual(findingsOf(uri), []);
    const document = await vscode.workspace.openTextDocument(textUri);
    assert.equal(document.getText(), text);
    const finding = vscode.languages
      .getDiagnostics(textUri)
      .find(({ code }) => typeof code === 'object' && code.value === 'kerchunk/reference-shape');
    assert.include(document.getText(finding?.range), '7, "file:');
    await vscode.commands.executeCommand('kerchunk.openText');
    await until(
      'the text is open',
      () => vscode.window.activeTextEditor?.document.uri.toString() === textUri.toString(),
    );
    assert.equal(documentUriOf(textUri).toString(), uri.toString());
    assert.isFalse(vscode.workspace.fs.isWritableFileSystem(virtualScheme));
  });

  it('opens for another name by the command', async () => {
    const { uri } = await makePacked('packed other', 'other.json.gz');
    await vscode.commands.executeCommand('kerchunk.openViewer', uri);
    await until('the viewer is open', () => activeCustom()?.viewType === 'kerchunk.editorAny');
  });
});

describe('A compressed document', () => {
  let services: Services;
  forEachTest((each) => (services = each));

  it('offers no fix, and says why; one that is cut off says so', async () => {
    const { uri } = await makePacked('packed fixes', 'red.refs.json.gz');
    const { document } = services.documents.use(uri);
    await until('the findings', () => document.findings !== undefined);
    assert.isTrue(document.findings?.every(({ fixable }) => fixable === undefined));
    assert.match(document.readOnly ?? '', /compressed/u);
    assert.isTrue(arraysOf(document)?.includes('red'));
    const bytes = await vscode.workspace.fs.readFile(uri);
    await vscode.workspace.fs.writeFile(uri, bytes.subarray(0, bytes.length - 30));
    await until(
      'the failure',
      () => document.state.kind === 'failed' && document.state.error.message.includes('cannot be decompressed'),
    );
  });
});

describe('A reference file at an address', () => {
  let services: Services;
  forEachTest((each) => (services = each));
  const serve = serveBytes;

  it('opens in the viewer and as text, under an address of VS Code that outlives the window', async function () {
    if (serve === undefined) {
      this.skip();
      return;
    }
    const text = await readText(await makeReferences('remote'));
    const server = await serve(await gzip(text));
    try {
      const url = `${server.url}/a/red.kerchunk.json.gz`;
      await vscode.commands.executeCommand('kerchunk.openUrl', url);
      const input = await until('the viewer is open', () => activeCustom());
      assert.equal(input.uri.toString(), uriOfAddress(url).toString());
      assert.equal(vscode.Uri.parse(input.uri.toString(), true).query, url);
      const { document } = services.documents.use(input.uri);
      await until('the outline', () => document.state.kind === 'outline');
      assert.isTrue(arraysOf(document)?.includes('red'));
      assert.match(document.readOnly ?? '', /web address/u);
      assert.equal((await vscode.workspace.openTextDocument(input.uri)).getText(), text);
    } finally {
      await server.close();
    }
  });

  it('that is not there says so', async function () {
    if (serve === undefined) {
      this.skip();
      return;
    }
    const server = await serve(new Uint8Array(0), 'not-found');
    try {
      const { document } = services.documents.use(uriOfAddress(`${server.url}/none.json`));
      const { message } = await until('the failure', () => document.state.kind === 'failed' && document.state.error);
      assert.include(message, 'There is no such file (404)');
    } finally {
      await server.close();
    }
  });
});
