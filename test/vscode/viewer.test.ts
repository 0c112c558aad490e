import { assert } from 'chai';
import * as vscode from 'vscode';
import { KerchunkError } from '../../src/errors';
import { EditorPanel } from '../../src/vscode/editor-panel';
import type { FromEditorPage, ToEditorPage } from '../../src/webview/editor-messages';
import { readText, writeText } from './generating';
import {
  arraysOf,
  closeEverything,
  editText,
  forEachTest,
  makeReferences,
  openText,
  pointAt,
  Services,
  until,
} from './viewing';

function activeInput(): unknown {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input;
}

async function opensAs(uri: vscode.Uri): Promise<string> {
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(`${uri.path} is open`, () => {
    const input = activeInput();
    if (input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString()) return input.viewType;
    return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString() ? 'text' : undefined;
  });
}

describe('The viewer', () => {
  afterEach(closeEverything);

  it('opens for the names of reference files, and for no other', async () => {
    const uri = await makeReferences('names');
    const text = await readText(uri);
    for (const name of ['a.kerchunk.json', 'kerchunk.json', 'a.refs.json', 'a.ref.json', 'a.zarr.json']) {
      const named = vscode.Uri.joinPath(uri, '..', name);
      await writeText(named, text);
      assert.equal(await opensAs(named), 'kerchunk.editor', name);
    }
    assert.equal(await opensAs(uri), 'text');
  });

  it('opens for any JSON where it is asked for, and leads back to the text', async () => {
    const uri = await makeReferences('any name');
    await openText(uri);
    await vscode.commands.executeCommand('kerchunk.openViewer', uri);
    await until('the viewer is open', () => {
      const input = activeInput();
      return input instanceof vscode.TabInputCustom && input.viewType === 'kerchunk.editorAny';
    });
    await vscode.commands.executeCommand('kerchunk.openText');
    await until('the text is open', () => activeInput() instanceof vscode.TabInputText);
    await vscode.commands.executeCommand('kerchunk.openViewer');
    await until('the viewer is open again', () => activeInput() instanceof vscode.TabInputCustom);
  });

  it('opens beside the text at a link of a hover', async () => {
    const uri = await makeReferences('link', 'red.kerchunk.json');
    await openText(uri);
    await vscode.commands.executeCommand('kerchunk.showInViewer', uri.toString(), 'red', [0, 0]);
    await until('both are open', () => {
      const inputs = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.input);
      return (
        inputs.length === 2 &&
        inputs.some((input) => input instanceof vscode.TabInputText) &&
        inputs.some((input) => input instanceof vscode.TabInputCustom)
      );
    });
  });
});

/** A page that records what it is told; what it says is said by the test. */
function fakePage(services: Services, uri: vscode.Uri) {
  const said = new vscode.EventEmitter<FromEditorPage>();
  const told: ToEditorPage[] = [];
  const webview = {
    onDidReceiveMessage: said.event,
    postMessage: (message: ToEditorPage) => {
      told.push(structuredClone(message));
      return Promise.resolve(true);
    },
  };
  const shown: unknown[] = [];
  const note =
    (what: string) =>
    (...args: unknown[]): Promise<void> => {
      shown.push([what, ...args.map((arg) => (arg instanceof vscode.Uri ? arg.toString() : arg))]);
      return Promise.resolve();
    };
  const use = services.documents.use(uri);
  const moved = new vscode.EventEmitter<void>();
  const state = { visible: true, active: true, viewColumn: 1, reveal: () => undefined };
  const webviewPanel = Object.assign(state, {
    webview,
    onDidChangeViewState: moved.event,
  }) as unknown as vscode.WebviewPanel;
  const setVisible = (visible: boolean): void => {
    state.visible = state.active = visible;
    moved.fire();
  };
  const panel = new EditorPanel(
    uri,
    webviewPanel,
    use.document,
    {
      showText: note('showText'),
      openText: note('openText'),
      manageTrust: note('manageTrust'),
      generate: note('generate'),
      allowFile: note('allowFile'),
      takeAway: note('takeAway'),
      fix: note('fix'),
      copy: note('copy'),
      showLog: () => void note('showLog')(),
      warn: () => undefined,
    },
    { path: 'red', indices: [1, 2] },
  );
  services.documents.onDidChange(({ what }) => {
    if (what === 'state') panel.sendDocument();
    else panel.sendFindings();
  });
  const last = <Type extends ToEditorPage['type']>(type: Type) =>
    told.findLast((message): message is Extract<ToEditorPage, { type: Type }> => message.type === type);
  return {
    say: (message: FromEditorPage) => {
      said.fire(message);
    },
    told,
    last,
    shown,
    panel,
    setVisible,
    document: use.document,
  };
}

describe("The viewer's page", () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('is told nothing before it is ready, then the document, its place and its findings', async () => {
    const uri = await makeReferences('page');
    const { say, told, last, document } = fakePage(services, uri);
    await document.settled();
    assert.isEmpty(told);
    say({ type: 'ready' });
    await until('findings', () => last('findings'));
    assert.deepEqual(
      told.map(({ type }) => type),
      ['document', 'show', 'findings'],
    );
    const { state, trusted, revision } = last('document') ?? assert.fail();
    if (state.kind !== 'outline') assert.fail(state.kind);
    assert.equal(state.name, 'red.json');
    assert.isTrue(trusted);
    assert.equal(revision, last('findings')?.revision);
    assert.deepInclude(last('show') ?? {}, { path: 'red', indices: [1, 2] });
    // A page that comes back has forgotten everything but its own state.
    say({ type: 'ready' });
    assert.deepEqual(
      told.slice(3).map(({ type }) => type),
      ['document', 'findings'],
    );
  });

  it('is shown a place once it is back, where it was hidden', async () => {
    const { say, told, last, panel, setVisible } = fakePage(services, await makeReferences('hidden'));
    say({ type: 'ready' });
    await until('its first place', () => last('show'));
    setVisible(false);
    const before = told.length;
    panel.show({ path: 'x', indices: null });
    setVisible(true);
    assert.lengthOf(told, before);
    say({ type: 'ready' });
    assert.deepInclude(last('show') ?? {}, { path: 'x', indices: null });
  });

  it('gets answers, and errors with their code', async () => {
    const { say, last } = fakePage(services, await makeReferences('answers'));
    say({ type: 'ready' });
    say({ type: 'request', method: 'describeArray', id: 1, payload: { path: 'red' } });
    const array = await until('an array', () => last('reply'));
    if (!array.ok || !('chunkShape' in array.result)) assert.fail(JSON.stringify(array));
    assert.deepEqual(array.result.shape, [1536, 1536]);
    assert.deepInclude(array.result.coverage, { total: 36, ranges: 34, absent: 2 });

    say({ type: 'request', method: 'chunk', id: 2, payload: { path: 'red', indices: [0, 0] } });
    const chunk = await until('a chunk', () => last('reply')?.id === 2 && last('reply'));
    if (!chunk.ok || !('outcome' in chunk.result)) assert.fail(JSON.stringify(chunk));
    if (chunk.result.outcome.kind !== 'values') assert.fail(JSON.stringify(chunk.result.outcome));
    const { data } = chunk.result.outcome.values;
    assert.equal(data.byteLength, 256 * 256 * 2);
    assert.deepEqual([...new Uint16Array(data, 0, 5)], [1936, 1936, 1936, 1936, 1936]);

    say({ type: 'request', method: 'describeArray', id: 3, payload: { path: 'nothing/here' } });
    const failed = await until('a failure', () => last('reply')?.id === 3 && last('reply'));
    if (failed.ok) assert.fail();
    assert.isString(failed.error.code);
    assert.include(failed.error.message, 'nothing/here');
  });

  it('gets no answer to what it has cancelled', async () => {
    const { say, told, last } = fakePage(services, await makeReferences('cancel page'));
    say({ type: 'ready' });
    say({ type: 'request', method: 'chunk', id: 1, payload: { path: 'red', indices: [0, 0] } });
    say({ type: 'cancel', id: 1 });
    say({ type: 'request', method: 'describeArray', id: 2, payload: { path: 'red' } });
    await until('the other answer', () => last('reply')?.id === 2);
    assert.isEmpty(told.filter((message) => message.type === 'reply' && message.id === 1));
  });

  it('follows the text', async () => {
    const uri = await makeReferences('follow');
    const text = await openText(uri);
    const { say, last, document } = fakePage(services, uri);
    say({ type: 'ready' });
    const before = await until('the document', () => last('document')?.state.kind === 'outline' && last('document'));
    await editText(text, '"x/.zarray"', '"renamed/.zarray"');
    const after = await until(
      'the edit',
      () => (last('document')?.revision ?? 0) > before.revision && last('document'),
    );
    assert.include(arraysOf(document) ?? [], 'renamed');
    await until('its findings', () => last('findings')?.revision === after.revision);
    await editText(text, '{', '');
    const broken = await until('the failure', () => last('document')?.state.kind === 'failed' && last('document'));
    if (broken.state.kind !== 'failed') assert.fail();
    assert.equal(broken.state.error.code, 'not-json');
  });

  it('is told of no address in full; the host copies the request and asks for the file behind a chunk', async () => {
    const uri = await makeReferences('credentials');
    await pointAt(uri, 'file:///data/red.tif?signature=secret');
    const { say, last, shown } = fakePage(services, uri);
    say({ type: 'ready' });
    say({ type: 'request', method: 'chunk', id: 1, payload: { path: 'red', indices: [0, 0] } });
    const chunk = await until('a chunk', () => last('reply'));
    if (!chunk.ok || !('outcome' in chunk.result)) assert.fail(JSON.stringify(chunk));
    assert.hasAllKeys(chunk.result.request, ['shownUrl', 'start', 'end']);
    const { key } = chunk.result;
    say({ type: 'allowFile', key });
    say({ type: 'copyCurl', key });
    const [asked, copied] = shown;
    assert.deepEqual(asked, ['allowFile', 'file:///data/red.tif?signature=secret', uri.toString()]);
    assert.include(String(copied), '649398-682087');
    assert.include(String(copied), 'The request');
  });

  it('is told where the check failed, and checks again when it says so', async () => {
    const uri = await makeReferences('not checked');
    const request = services.worker.request.bind(services.worker);
    services.worker.request = (type, payload, options) =>
      type === 'validate'
        ? Promise.reject(new KerchunkError('decode-failed', 'The worker stopped.'))
        : request(type, payload, options);
    const { say, last } = fakePage(services, uri);
    say({ type: 'ready' });
    const { error, revision } = await until('the failure', () => last('notChecked'));
    assert.deepEqual(error, { code: 'decode-failed', message: 'The worker stopped.' });
    assert.equal(revision, last('document')?.revision);
    services.worker.request = request;
    say({ type: 'check' });
    assert.equal((await until('the findings', () => last('findings'))).revision, revision);
  });

  it('leads out of the page', async () => {
    const uri = await makeReferences('leading out');
    const { say, shown } = fakePage(services, uri);
    const range = { line: 1, column: 2, endLine: 1, endColumn: 5 };
    say({ type: 'showText', range });
    say({ type: 'openText' });
    say({ type: 'copy', text: 'red/0.0', what: 'The key' });
    say({ type: 'manageTrust' });
    say({ type: 'showLog' });
    assert.deepEqual(shown, [
      ['showText', uri.toString(), range, 1],
      ['openText', uri.toString(), 1],
      ['copy', 'red/0.0', 'The key'],
      ['manageTrust'],
      ['showLog'],
    ]);
  });
});
