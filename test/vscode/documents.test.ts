import { assert } from 'chai';
import * as vscode from 'vscode';
import { ByteService } from '../../src/vscode/byte-service';
import { readText, sample, workspaceFolder, writeText } from './generating';
import { makeLink } from './links';
import { printLines } from './reporter';
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

describe('A reference file in the worker', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('is opened once for all who use it, from disk where no text is open', async () => {
    const uri = await makeReferences('documents');
    const [first, second] = [services.documents.use(uri), services.documents.use(uri)];
    await first.document.settled();
    assert.strictEqual(first.document, second.document);
    assert.sameMembers(arraysOf(first.document) ?? [], ['red', 'spatial_ref', 'x', 'y']);
    assert.equal(services.asked.filter((type) => type === 'open').length, 1);
    const released: string[] = [];
    services.documents.onDidRelease((other) => released.push(other.toString()));
    first.dispose();
    first.dispose();
    assert.isEmpty(released);
    assert.strictEqual(services.documents.find(uri), second.document);
    second.dispose();
    assert.deepEqual(released, [uri.toString()]);
    assert.isUndefined(services.documents.find(uri));
    // It is not closed at once: who comes back finds it as it was.
    const third = services.documents.use(uri);
    assert.strictEqual(third.document, first.document);
    third.dispose();
    assert.equal(services.asked.filter((type) => type === 'open').length, 1);
    await until('the worker lets go of it', () => services.asked.includes('close'));
  });

  it('follows edits that are not saved, and takes back those that never are', async () => {
    const uri = await makeReferences('unsaved');
    const text = await openText(uri);
    const use = services.documents.use(uri);
    await use.document.settled();
    assert.equal(use.document.revision, 1);
    await editText(text, '"x/.zarray"', '"renamed/.zarray"');
    await until('the edit is seen', () => arraysOf(use.document)?.includes('renamed'));
    assert.notInclude(await readText(uri), 'renamed');
    await closeEverything();
    await until('the edit is gone', () => arraysOf(use.document)?.includes('renamed') === false);
    use.dispose();
  });

  it('follows the file on disk, also when it is replaced or goes away', async () => {
    const uri = await makeReferences('on disk');
    const whole = await readText(uri);
    const use = services.documents.use(uri);
    await use.document.settled();
    // The watcher needs a moment before it sees anything.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await writeText(uri, whole.replace('"x/.zarray"', '"renamed/.zarray"'));
    await until('the change is seen', () => arraysOf(use.document)?.includes('renamed'));
    const half = whole.slice(0, 100);
    await writeText(uri, half);
    const failed = await until(
      'it is no JSON',
      () => use.document.state.kind === 'failed' && use.document.state.error.code === 'not-json' && use.document.state,
    );
    // Where the text ends.
    assert.equal(failed.range?.line, half.split('\n').length);
    assert.equal(use.document.findings?.[0]?.code, 'json/syntax');
    await vscode.workspace.fs.delete(uri);
    await until(
      'it is gone',
      () => use.document.state.kind === 'failed' && use.document.state.error.code === 'fetch-failed',
    );
    await writeText(uri, whole);
    await until('it is back', () => arraysOf(use.document)?.includes('x'));
    use.dispose();
  });

  it('decodes chunks of files in the workspace, and asks before it reads others', async () => {
    const uri = await makeReferences('bytes');
    const use = services.documents.use(uri);
    const inside = await use.document.ask('chunk', { path: 'red', indices: [0, 0] });
    if (inside.outcome.kind !== 'values') assert.fail(JSON.stringify(inside.outcome));
    // tifffile, imagecodecs and numpy on the same tile.
    const { minimum, maximum, mean } = inside.outcome.values.statistics;
    assert.deepEqual([minimum, maximum], ['1136', '2896']);
    assert.closeTo(Number(mean), 1950.127197265625, 1e-9);
    assert.deepEqual(inside.outcome.values.inside, [256, 256]);
    const sparse = await use.document.ask('chunk', { path: 'red', indices: [4, 5] });
    assert.equal(sparse.outcome.kind, 'absent');

    const folder = vscode.Uri.joinPath(uri, '..').path;
    for (const outside of ['/etc/hostname', '/nowhere/red.tif', `${folder}/../../../../../etc/hostname`]) {
      const text = await openText(uri);
      await editText(text, `"file://${folder}/red.tif",649398`, `"file://${outside}",649398`);
      const chunk = await use.document.ask('chunk', { path: 'red', indices: [0, 0] });
      if (chunk.outcome.kind !== 'failed') assert.fail(chunk.outcome.kind);
      assert.equal(chunk.outcome.code, 'needs-permission', outside);
      await closeEverything();
    }
    use.dispose();
  });

  it('reads a file that has changed anew, after saying so', async () => {
    const uri = await makeReferences('changed bytes');
    const tiff = vscode.Uri.joinPath(uri, '../red.tif');
    const bytes = new ByteService(services.permission, services.log);
    const read = async () => new Uint8Array(await bytes.open(`file://${tiff.path}`).read(0, 4));
    assert.deepEqual([...(await read())], [0x49, 0x49, 0x2a, 0]);
    await vscode.workspace.fs.writeFile(tiff, Uint8Array.of(1, 2, 3, 4));
    assert.include(await read().catch((error: unknown) => error), { code: 'fetch-failed' });
    assert.deepEqual([...(await read())], [1, 2, 3, 4]);
  });

  it('reads a file outside the workspace once its folder is allowed, asked for once', async () => {
    const uri = await makeReferences('allowed');
    const outside = vscode.Uri.joinPath(workspaceFolder(), '../outside/red.tif');
    await vscode.workspace.fs.copy(sample(), outside, { overwrite: true });
    await pointAt(uri, `file://${outside.path}`);
    const answers = [false, true];
    const asked: (string | undefined)[][] = [];
    const asking = new Services((path, folder, reference) => {
      asked.push([path, folder, reference.toString()]);
      return Promise.resolve(answers.shift() ?? assert.fail('asked again'));
    });
    try {
      const use = asking.documents.use(uri);
      const outcome = async (): Promise<string> => {
        const chunk = await use.document.ask('chunk', { path: 'red', indices: [0, 0] });
        return chunk.outcome.kind === 'failed' ? chunk.outcome.code : chunk.outcome.kind;
      };
      assert.equal(await outcome(), 'needs-permission');
      assert.isFalse(await asking.permission.ask(`file://${outside.path}`, uri));
      assert.equal(await outcome(), 'needs-permission');
      assert.isTrue(await asking.permission.ask(`file://${outside.path}`, uri));
      assert.equal(await outcome(), 'values');
      assert.isFalse(await asking.permission.ask(`file://${outside.path}`, uri), 'it is allowed already');
      const folder = vscode.Uri.joinPath(outside, '..').path;
      assert.deepEqual(asked, Array(2).fill([outside.path, folder, uri.toString()]));
      use.dispose();
    } finally {
      asking.dispose();
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(outside, '..'), { recursive: true });
    }
  });

  const link = makeLink;
  if (link === undefined) {
    printLines('Links that lead out of the workspace: this host can make none; the Node host tests them.');
    return;
  }

  it('takes a link for what it leads to', async () => {
    const uri = await makeReferences('links');
    const folder = vscode.Uri.joinPath(uri, '..');
    await link('/etc/hostname', vscode.Uri.joinPath(folder, 'out.tif').fsPath);
    await link(vscode.Uri.joinPath(folder, 'red.tif').fsPath, vscode.Uri.joinPath(folder, 'in.tif').fsPath);
    const bytes = new ByteService(services.permission, services.log);
    const read = (name: string, length: number) => bytes.open(`file://${folder.path}/${name}`).read(0, length);
    const code = await read('out.tif', 4).catch((error: unknown) => error);
    assert.include(code, { code: 'needs-permission' });
    assert.deepEqual([...(await read('in.tif', 2))], [0x49, 0x49]);
  });
});
