import { assert } from 'chai';
import * as vscode from 'vscode';
import type { Encoding } from '../../src/preview/encoding-text';
import type { ChunkOutcome } from '../../src/preview/types';
import { FixPreview } from '../../src/vscode/fix-preview';
import { whyReadOnly } from '../../src/vscode/read-only';
import { readText } from './generating';
import { forEachTest, makeReferences, openText, type Services, until } from './viewing';

describe('The pipeline of a chunk', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });
  const place = { path: 'red', indices: [0, 0] };

  function maximumOf(outcome: ChunkOutcome | undefined): string | null {
    if (outcome?.kind !== 'values') assert.fail(JSON.stringify(outcome));
    return outcome.values.statistics.maximum;
  }

  it('is tried with another codec, written when the user says so, and taken back by one Undo', async () => {
    const uri = await makeReferences('what if', 'red.json', { settings: { preset: 'notebook' } });
    const before = await readText(uri);
    const use = services.documents.use(uri);
    const { document } = use;
    try {
      const { outcome, stages, stopped } = await document.ask('chunk', place);
      assert.isNull(stopped);
      assert.deepEqual(
        stages.map(({ name, picture }) => [name, picture?.dtype]),
        [
          ['stored', undefined],
          ['zlib', '<u2'],
          ['delta', '<u2'],
          ['fixedscaleoffset', '<f4'],
          ['array', '<f4'],
        ],
      );
      const { repairs, encoding: present, notWritable } = await document.ask('encoding', place);
      assert.isNull(notWritable);
      const repair = repairs[0] ?? assert.fail('Nothing is offered.');
      assert.equal(repair.title, 'imagecodecs_delta in place of delta');
      const { result, faults } = await document.ask('whatIf', { ...place, encoding: repair.encoding });
      assert.isEmpty(faults);
      assert.notEqual(maximumOf(result?.outcome), maximumOf(outcome));
      assert.equal(await readText(uri), before, 'trying leaves the file alone');

      const asked: string[] = [];
      await rewritten(uri, document, repair.encoding, false, asked);
      assert.equal(await readText(uri), before, 'discarding leaves the file alone');
      await rewritten(uri, document, repair.encoding, true, asked);
      assert.match(asked[1] ?? '', /Write "filters" of red\/\.zarray$/u);
      const filter = textOf(present, repair.encoding);
      const after = before.replace(...filter);
      assert.notEqual(after, before);
      assert.equal(await readText(uri), after);
      const mended = await until('the mended chunk', async () => {
        const now = await document.ask('chunk', place);
        return now.stages.some(({ name }) => name === 'imagecodecs_delta') && now;
      });
      assert.equal(maximumOf(mended.outcome), maximumOf(result?.outcome));
      assert.isNull(mended.drift);

      const text = await openText(uri);
      assert.equal(text.getText(), after);
      await vscode.commands.executeCommand('undo');
      assert.equal(text.getText(), before);
    } finally {
      use.dispose();
    }
  }).timeout(60_000);

  it('gives any bytes of any stage', async () => {
    const use = services.documents.use(await makeReferences('stage bytes'));
    const { document } = use;
    try {
      const { stages, outcome } = await document.ask('chunk', place);
      if (outcome.kind !== 'values') assert.fail(outcome.kind);
      const last = { ...place, encoding: null, stage: stages.length - 1 };
      const { bytes } = await document.ask('stageBytes', { ...last, offset: 1000, length: 64 });
      assert.deepEqual([...new Uint8Array(bytes)], [...new Uint8Array(outcome.values.data, 1000, 64)]);
      const beyond = await document.ask('stageBytes', { ...last, offset: 2 ** 30, length: 64 });
      assert.equal(beyond.bytes.byteLength, 0);
    } finally {
      use.dispose();
    }
  });

  it('is not written to what cannot be', async () => {
    assert.isNull(await whyReadOnly(await makeReferences('writable')));
    const files = vscode.workspace.registerFileSystemProvider('what-if-file', new ReadOnlyFiles(), {
      isReadonly: true,
    });
    try {
      const file = vscode.Uri.parse('what-if-file:/a.json');
      // VS Code learns of the file system a moment later.
      const reason = await until('a reason', async () => (await whyReadOnly(file)) ?? undefined);
      assert.match(reason, /read-only/u);
    } finally {
      files.dispose();
    }
  });

  /** Writes an encoding as the page's button does, with an answer in the user's place. */
  async function rewritten(
    uri: vscode.Uri,
    document: Parameters<FixPreview['rewrite']>[1],
    encoding: Encoding,
    answer: boolean,
    asked: string[],
  ): Promise<void> {
    const preview = new FixPreview((title) => {
      asked.push(title);
      return Promise.resolve(answer);
    });
    try {
      await preview.rewrite(uri, document, 'red', encoding);
    } finally {
      preview.dispose();
    }
  }
});

/** The filter as the notebook's preset writes it, nested and compact, before and after. */
function textOf(before: Encoding, after: Encoding): [string, string] {
  const [from, to] = [before, after].map(({ codecs }) => JSON.stringify(JSON.parse(codecs[1]?.text ?? '')));
  return [from ?? '', to ?? ''];
}

class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  stat = (): vscode.FileStat => {
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0, permissions };
  };
  readFile = (): Uint8Array => new Uint8Array();
  readDirectory = (): [string, vscode.FileType][] => [];
  createDirectory = (): void => undefined;
  writeFile = (): void => undefined;
  delete = (): void => undefined;
  rename = (): void => undefined;
}
