import { assert } from 'chai';
import * as vscode from 'vscode';
import { ruleOf, rules } from '../../src/validate/rules';
import { FixPreview } from '../../src/vscode/fix-preview';
import { rulePage } from '../../src/vscode/rule-pages';
import { makeFolder, readText, writeText } from './generating';
import { closeEverything, forEachTest, makeReferences, openText, type Services, until } from './viewing';

/** A folder is watched as a whole: each file that is followed has one of its own, or every test would wake those before it. */
async function fileWith(folderName: string, text: string, name = 'some.json'): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(await makeFolder(folderName), name);
  await writeText(uri, text);
  return uri;
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'kerchunk');
}

async function findingOf(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return until(`${code} is found`, () => findingsOf(uri).find((diagnostic) => codeOf(diagnostic) === code));
}

async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind, 50);
}

/** Makes one edit of the open text, and says what it gave; the file is saved and opened again. */
async function applied(action: vscode.CodeAction | undefined): Promise<void> {
  if (action?.edit === undefined) throw new Error('There is no such action, or it has no edit.');
  assert.isTrue(await vscode.workspace.applyEdit(action.edit));
}

const fixable = Object.keys(rules).flatMap((code) => {
  const { fix, examples } = ruleOf(code) ?? {};
  return fix === undefined || examples === undefined ? [] : [{ code, breaks: examples.breaks }];
});

describe('Quick fixes in the text', () => {
  afterEach(closeEverything);

  // A byte order mark is no part of a text document: the viewer removes it.
  for (const { code, breaks } of fixable.filter(({ code: each }) => each !== 'json/byte-order-mark')) {
    it(`${code}: mended, the file is good when it is opened again, and one Undo gives the old bytes`, async () => {
      const uri = await fileWith(`fix ${code.replace('/', ' ')}`, breaks);
      const document = await openText(uri);
      const { range } = await findingOf(uri, code);
      const [action] = (await actionsAt(uri, range)).filter(({ edit }) => edit !== undefined);
      await applied(action);
      assert.notEqual(document.getText(), breaks);
      await document.save();
      await closeEverything();
      const again = await openText(uri);
      // A finding of another kind would be one that the fix made.
      await new Promise((resolve) => setTimeout(resolve, 400));
      await until('no finding', () => findingsOf(uri).length === 0);
      await vscode.commands.executeCommand('undo');
      if (again.getText() !== breaks) {
        // VS Code forgot what was done before the text was closed: the same edit once more.
        await writeText(uri, breaks);
        await until('the old text', () => again.getText() === breaks);
        await applied(action);
        await vscode.commands.executeCommand('undo');
      }
      assert.equal(again.getText(), breaks);
      await again.save();
      assert.equal(await readText(uri), breaks);
    });
  }

  it('of delta and the scaling filter, of references to a TIFF with predictor 2', async () => {
    const uri = await makeReferences('fix delta', 'red.json', { settings: { preset: 'notebook' } });
    const document = await openText(uri);
    const before = document.getText();
    for (const code of ['tiff/delta-over-rows', 'tiff/fill-value-domain']) {
      const { range } = await until(`${code} is found`, () =>
        findingsOf(uri).find((diagnostic) => codeOf(diagnostic) === code),
      ).catch(() => ({ range: undefined }));
      // The sample has no scale of its own.
      if (range === undefined && code !== 'tiff/delta-over-rows') continue;
      if (range === undefined) assert.fail();
      const actions = await actionsAt(uri, range);
      await applied(actions.find(({ isPreferred }) => isPreferred === true));
      await until(`no ${code}`, () => findingsOf(uri).every((diagnostic) => codeOf(diagnostic) !== code));
    }
    assert.include(document.getText(), '"imagecodecs_delta"');
    while (document.getText() !== before) await vscode.commands.executeCommand('undo');
  });

  it('mend one finding, or all 23,735 of its kind by one edit', async () => {
    const count = 23_735;
    const line = (i: number, length: number): string => `  "a/${i}": ["https://example.org/a.tif", ${i}, ${length}]`;
    const zarray =
      '{"zarr_format":2,"shape":[23736],"chunks":[1],"dtype":"|u1","compressor":null,"filters":null,"fill_value":0,"order":"C"}';
    const head = ['{', '  ".zgroup": {"zarr_format":2},', `  "a/.zarray": ${zarray},`];
    const lines = Array.from({ length: count }, (_unused, i) => line(i, 0));
    const before = [...head, lines.join(',\n'), `,${line(count, 1)}`, '}', ''].join('\n');
    const uri = await fileWith('fix many', before.replace('\n,', ',\n'));
    const document = await openText(uri);
    const text = document.getText();
    const finding = await until(
      'the findings',
      () => findingsOf(uri).find((diagnostic) => codeOf(diagnostic) === 'kerchunk/length-zero'),
      30_000,
    );
    assert.match(finding.message, /\([\d,]+ times\)$/u);
    assert.isBelow(findingsOf(uri).length, 10, 'The Problems panel is flooded.');
    const actions = await actionsAt(uri, finding.range);
    const one = actions.find(({ title }) => title === 'Remove the entry');
    const all = actions.find(({ title }) => title.startsWith('Fix all '));
    await applied(one);
    assert.equal(document.getText(), text.replace(`${line(0, 0)},\n`, ''));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await applied(all);
    assert.equal(document.getText(), [...head, line(count, 1), '}', ''].join('\n'));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  }).timeout(120_000);

  it('offer nothing where a person must decide', async () => {
    const uri = await fileWith('fix nothing', '{".zgroup": {"zarr_format": 2}, "a": ["x", 1]}');
    await openText(uri);
    const { range } = await findingOf(uri, 'kerchunk/reference-shape');
    assert.isEmpty((await actionsAt(uri, range)).filter(({ edit }) => edit !== undefined));
  });
});

describe('The page of a rule', () => {
  afterEach(closeEverything);

  it('is what docs/rules.md says of it', async () => {
    const document = await vscode.workspace.openTextDocument(rulePage('kerchunk/length-zero'));
    const text = document.getText();
    assert.isTrue(text.startsWith('# kerchunk/length-zero\n\n**error.**'), text);
    assert.notInclude(text, '### ');
    assert.include(text, 'Is good:');
  });

  it('opens as a preview, as a link of a finding opens it', async () => {
    await vscode.commands.executeCommand('vscode.open', rulePage('kerchunk/length-zero'));
    const tab = await until('a tab', () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.instanceOf(tab.input, vscode.TabInputCustom);
  });

  it('is what each finding leads to', async () => {
    const uri = await fileWith('fix link', '{".zgroup": {"zarr_format": 2}, "a": ["x", 1]}');
    await openText(uri);
    const { code } = await findingOf(uri, 'kerchunk/reference-shape');
    if (typeof code !== 'object') assert.fail();
    assert.equal(code.target.toString(), rulePage('kerchunk/reference-shape').toString());
  });
});

describe('Fixes from the viewer', () => {
  let services: Services;
  forEachTest((each) => {
    services = each;
  });

  /** Mends a file as the viewer's button does, with an answer in the user's place; says what was compared meanwhile. */
  async function fix(uri: vscode.Uri, code: string, path: string | null, answer: boolean): Promise<string[]> {
    const use = services.documents.use(uri);
    const compared: string[] = [];
    const preview = new FixPreview(async (title) => {
      const tab = await until('a comparison', () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ input }) => input instanceof vscode.TabInputTextDiff),
      );
      if (!(tab.input instanceof vscode.TabInputTextDiff)) assert.fail();
      const { original, modified } = tab.input;
      for (const side of [original, modified]) {
        compared.push((await vscode.workspace.openTextDocument(side)).getText());
      }
      assert.equal(tab.label, title);
      return answer;
    });
    try {
      await until('the findings', () => use.document.findings !== undefined, 60_000);
      await preview.fix(uri, use.document, code, path);
    } finally {
      preview.dispose();
      use.dispose();
    }
    assert.isFalse(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof vscode.TabInputTextDiff),
      'The comparison is still open.',
    );
    return compared;
  }

  const broken = (entry: string): string =>
    `{\r\n\t".zgroup": {"zarr_format": 2},\r\n\t"a": ["x", 1, 2]${entry}\r\n}\r\n`;
  const zero = ',\r\n\t"b": ["x", 1, 0]';

  it('are compared, written, and taken back by one Undo', async () => {
    const uri = await fileWith('fix viewer', broken(zero));
    const compared = await fix(uri, 'kerchunk/length-zero', '', true);
    assert.deepEqual(compared, [broken(zero), broken('')]);
    assert.equal(await readText(uri), broken(''));
    const document = await openText(uri);
    assert.isFalse(document.isDirty);
  });

  it('write nothing where the user does not want it', async () => {
    const uri = await fileWith('fix discarded', broken(zero));
    await fix(uri, 'kerchunk/length-zero', null, false);
    assert.equal(await readText(uri), broken(zero));
  });

  it('go into an open text as one edit, which is not saved where it was edited', async () => {
    const uri = await fileWith('fix open', broken(zero));
    const document = await openText(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.positionAt(document.getText().indexOf('"x"') + 1), 'y');
    await vscode.workspace.applyEdit(edit);
    const edited = document.getText();
    await fix(uri, 'kerchunk/length-zero', '', true);
    assert.equal(document.getText(), broken('').replace('"x"', '"yx"'));
    assert.equal(await readText(uri), broken(zero));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), edited);
  });

  it('remove a byte order mark, and leave line breaks of two kinds as they are', async () => {
    const mixed = `${broken('').replace('\r\n', '\n')} \n`;
    const uri = await fileWith('fix mark', `\ufeff${mixed}`);
    await fix(uri, 'json/byte-order-mark', '', true);
    assert.deepEqual(await vscode.workspace.fs.readFile(uri), new TextEncoder().encode(mixed));
  });

  it('mend text that is no JSON', async () => {
    const uri = await fileWith('fix syntax', broken(','));
    await fix(uri, 'json/syntax', '', true);
    assert.equal(await readText(uri), broken(''));
  });

  it('write a file that is too large for a text document', async () => {
    const filler = `,\r\n\t"c": "${'c'.repeat(2 ** 20)}"`.replace('"c"', '"cNN"');
    const fillers = Array.from({ length: 56 }, (_unused, i) => filler.replace('NN', String(i))).join('');
    const uri = await fileWith('fix large', broken(zero + fillers));
    const compared = await fix(uri, 'kerchunk/length-zero', '', true);
    assert.isBelow(compared.join('').length, 5000);
    assert.include(compared[0], '"b": ["x", 1, 0]');
    assert.notInclude(compared[1], '"b"');
    const written = await vscode.workspace.fs.readFile(uri);
    const expected = new TextEncoder().encode(broken(fillers));
    assert.equal(written.length, expected.length);
    assert.isTrue(written.every((byte, at) => byte === expected[at]));
    await vscode.workspace.fs.delete(uri);
  }).timeout(180_000);
});
