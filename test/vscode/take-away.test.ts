import { assert } from 'chai';
import * as vscode from 'vscode';
import { KerchunkError } from '../../src/errors';
import { takeAway, type TakeDialogs } from '../../src/vscode/take-away';
import type { Taken } from '../../src/webview/editor-messages';
import { closeEverything, forEachTest, makeReferences, type Services } from './viewing';

/** Answers in the user's place. */
function dialogs(
  target: vscode.Uri | undefined,
  stop?: AbortController,
): TakeDialogs & { told: string[]; asked: vscode.SaveDialogOptions[] } {
  const told: string[] = [];
  const asked: vscode.SaveDialogOptions[] = [];
  return {
    told,
    asked,
    choose: (options) => {
      asked.push(options);
      return Promise.resolve(target);
    },
    during: (_, run) => {
      stop?.abort();
      return run(stop?.signal ?? new AbortController().signal);
    },
    tell: (message) => {
      told.push(message);
    },
  };
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
}

const slices = [
  { start: 256, stop: 512 },
  { start: 0, stop: 256 },
];
const window: Taken = { format: 'npy', name: 'red.1.0', path: 'red', slices };

describe('Taking values away', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });
  afterEach(closeEverything);

  it('writes the file that the user chooses, under a name made of the file and the chunk', async () => {
    const uri = await makeReferences('take', 'red.kerchunk.json');
    const { document } = services.documents.use(uri);
    const target = vscode.Uri.joinPath(uri, '../values.npy');
    const user = dialogs(target);
    await takeAway(uri, document, window, user);
    assert.equal(user.asked[0]?.defaultUri?.path, vscode.Uri.joinPath(uri, '../red.red.1.0.npy').path);
    const bytes = await vscode.workspace.fs.readFile(target);
    // A header of 128 bytes, and 256 x 256 values of 2 bytes (NumPy, format 1.0).
    assert.deepEqual([...bytes.subarray(0, 6)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]);
    assert.lengthOf(bytes, 128 + 256 * 256 * 2);
    assert.lengthOf(user.told, 1);
  });

  it('writes pictures as the page made them, and stored bytes as they lie in the file', async () => {
    const uri = await makeReferences('take more');
    const { document } = services.documents.use(uri);
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    const picture = vscode.Uri.joinPath(uri, '../a.png');
    await takeAway(uri, document, { format: 'png', name: 'red', path: 'red', png: png.buffer }, dialogs(picture));
    assert.deepEqual([...(await vscode.workspace.fs.readFile(picture))], [...png]);
    const stored = vscode.Uri.joinPath(uri, '../a.bin');
    await takeAway(uri, document, { format: 'stored', name: 'red', path: 'red', indices: [1, 0] }, dialogs(stored));
    const preview = await document.ask('chunk', { path: 'red', indices: [1, 0] });
    const { start = 0, end } = preview.request ?? {};
    const tiff = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, '../red.tif'));
    assert.deepEqual(
      [...(await vscode.workspace.fs.readFile(stored))],
      [...tiff.subarray(start, (end ?? assert.fail('a range')) + 1)],
    );
  });

  it('leaves nothing behind where the user gives up, cancels, or the values cannot be had', async () => {
    const uri = await makeReferences('take nothing');
    const { document } = services.documents.use(uri);
    const folder = vscode.Uri.joinPath(uri, '..');
    const before = await namesIn(folder);
    const target = vscode.Uri.joinPath(folder, 'values.npy');
    await takeAway(uri, document, window, dialogs(undefined));
    const cancelled = dialogs(target, new AbortController());
    await takeAway(uri, document, window, cancelled);
    assert.isEmpty(cancelled.told);
    const outside: Taken = {
      ...window,
      slices: [
        { start: 0, stop: 1e9 },
        { start: 0, stop: 1 },
      ],
    };
    const error = await takeAway(uri, document, outside, dialogs(target)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instanceOf(error, KerchunkError);
    assert.deepEqual(await namesIn(folder), before);
  });
});
