import { assert } from 'chai';
import * as vscode from 'vscode';
import type { ReachCheck } from '../../src/preview/types';
import { checkReachCommand } from '../../src/vscode/check-reach-command';
import { commandIds } from '../../src/vscode/ids';
import { readText, sample, writeText } from './generating';
import { printLines } from './reporter';
import { serveBytes } from './serving';
import { closeEverything, findingsOf, makeReferences, pointAt, Services, until } from './viewing';

/** Makes the reference of one chunk another one. */
async function setChunk(uri: vscode.Uri, key: string, reference: unknown[]): Promise<void> {
  const file = JSON.parse(await readText(uri)) as { refs: Record<string, unknown> };
  assert.property(file.refs, key);
  file.refs[key] = reference;
  await writeText(uri, JSON.stringify(file, null, 1));
}

function check(uri: vscode.Uri): Thenable<ReachCheck> {
  return vscode.commands.executeCommand<ReachCheck>(commandIds.checkReach, uri);
}

function found({ groups }: ReachCheck): unknown[] {
  return groups.map(({ code, path, count, samples }) => [code, path, count, samples[0]?.key]);
}

describe('Check Reachability', () => {
  afterEach(closeEverything);

  it('finds nothing where every file is there', async () => {
    const uri = await makeReferences('reach good', 'red.kerchunk.json');
    assert.deepEqual(await check(uri), { groups: [], files: 1, reached: 1, needPermission: [] });
  });

  it('puts absent files, servers that do not answer and ranges beyond the end into the Problems panel', async () => {
    const uri = await makeReferences('reach bad', 'red.kerchunk.json');
    const file = vscode.Uri.joinPath(uri, '../red.tif');
    const { size } = await vscode.workspace.fs.stat(file);
    await setChunk(uri, 'red/0.0', [`file://${vscode.Uri.joinPath(uri, '../gone.tif').path}`, 0, 10]);
    await setChunk(uri, 'red/0.1', [`file://${file.path}`, size - 9, 10]);
    await setChunk(uri, 'red/0.2', ['http://127.0.0.1:1/red.tif', 0, 10]);
    await setChunk(uri, 'red/0.3', ['ftp://127.0.0.1/red.tif', 0, 10]);
    await vscode.commands.executeCommand('vscode.open', uri);
    const result = await check(uri);
    assert.sameDeepMembers(found(result), [
      ['reach/absent', 'red', 1, 'red/0.0'],
      ['reach/past-end', 'red', 1, 'red/0.1'],
      ['reach/refused', 'red', 1, 'red/0.2'],
      ['reach/not-tried', 'red', 1, 'red/0.3'],
    ]);
    assert.deepInclude(result, { files: 4, reached: 1, needPermission: [] });
    const codes = ['reach/absent', 'reach/past-end', 'reach/refused', 'reach/not-tried'];
    await until('the findings', () => codes.every((code) => findingsOf(uri).includes(code)));
  });

  it('asks before it looks at a file outside the workspace', async () => {
    const outside = 'file:///nowhere-that-is-a-workspace/red.tif';
    const uri = await makeReferences('reach outside', 'red.kerchunk.json');
    await pointAt(uri, outside);
    const asked: string[] = [];
    const services = new Services((path) => {
      asked.push(path);
      return Promise.resolve(false);
    });
    try {
      const result = await checkReachCommand(services, uri);
      assert.deepEqual(result?.needPermission, [outside]);
      assert.deepEqual(
        result?.groups.map(({ code }) => code),
        ['reach/not-tried'],
      );
      assert.deepEqual(asked, ['/nowhere-that-is-a-workspace/red.tif']);
    } finally {
      services.dispose();
    }
  });

  const serve = serveBytes;
  if (serve === undefined) {
    printLines('Reachability of files on the web: this host can start no server; the Node host tests it.');
    return;
  }

  it('asks a server for each file once, for one byte', async () => {
    const server = await serve(await vscode.workspace.fs.readFile(sample()));
    try {
      const uri = await makeReferences('reach web');
      await pointAt(uri, `${server.url}/red.tif`);
      const services = new Services();
      const result = await checkReachCommand(services, uri);
      services.dispose();
      assert.deepEqual(result, { groups: [], files: 1, reached: 1, needPermission: [] });
      // Checking the file itself reads the headers of its TIFF.
      const asked = server.requests.filter(({ range }) => range === 'bytes=0-0');
      assert.lengthOf(asked, 1);
    } finally {
      await server.close();
    }
  });

  for (const [behaviour, code] of [
    ['not-found', 'reach/absent'],
    ['status200', 'reach/no-ranges'],
    ['forbidden', 'reach/refused'],
  ] as const) {
    it(`of a server that answers ${behaviour} shows ${code} in the Problems panel`, async () => {
      const server = await serve(await vscode.workspace.fs.readFile(sample()), behaviour);
      try {
        const uri = await makeReferences(`reach ${behaviour}`, 'red.kerchunk.json');
        await pointAt(uri, `${server.url}/red.tif`);
        await vscode.commands.executeCommand('vscode.open', uri);
        assert.deepEqual(found(await check(uri)), [[code, 'red', 1, 'red/0.0']]);
        await until('the finding', () => findingsOf(uri).includes(code));
      } finally {
        await server.close();
      }
    });
  }
});
