import { assert } from 'chai';
import * as vscode from 'vscode';
import { makeFolder, writeText } from './generating';
import { closeEverything, openText, until } from './viewing';

const zarray = {
  zarr_format: 2,
  shape: [4, 4],
  chunks: [2, 2],
  dtype: '<u2',
  compressor: { id: 'zlib' },
  fill_value: 0,
  order: 'C',
  filters: null,
};

async function open(name: string, value: unknown): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(await makeFolder(`schema of ${name}`), name);
  await writeText(uri, JSON.stringify(value, undefined, 1));
  return openText(uri);
}

/** What VS Code says in the hover over the first `word` of a text. */
async function hoverOver(document: vscode.TextDocument, word: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(word) + 2);
  return until(`a hover over ${word}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
    return text !== '' && text;
  });
}

/** What is offered in place of the value that begins with the first `text`. */
async function offersAt(document: vscode.TextDocument, text: string, behind: number): Promise<string[]> {
  const at = document.positionAt(document.getText().indexOf(text) + behind);
  return until(`offers at ${text}`, async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    return labels.length > 0 && labels;
  });
}

const unfit = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== 'kerchunk');

describe('The schemas of zarr metadata and references', () => {
  afterEach(closeEverything);

  it('explain the members of .zarray, and offer their values', async () => {
    const document = await open('.zarray', zarray);
    assert.equal(document.languageId, 'json');
    assert.include(await hoverOver(document, '"order"'), 'Order of the elements inside a chunk');
    assert.includeMembers(await offersAt(document, '"C"', 1), ['"C"', '"F"']);
    assert.includeMembers(await offersAt(document, '"zlib"', 1), ['"imagecodecs_delta"', '"blosc"']);
    assert.deepEqual(unfit(document), []);
  });

  it('say what is wrong with a .zarray that stands alone', async () => {
    const document = await open('.zarray', { ...zarray, order: 'c', dtype: 'f4' });
    const found = await until('two faults', () => unfit(document).length === 2 && unfit(document));
    assert.include(found.map(({ message }) => message).join('\n'), '"C", "F"');
  });

  it('explain zarr.json', async () => {
    const document = await open('zarr.json', { zarr_format: 3, node_type: 'group', attributes: {} });
    assert.include(await hoverOver(document, '"node_type"'), 'What stands at this path');
    assert.includeMembers(await offersAt(document, '"group"', 1), ['"array"', '"group"']);
  });

  for (const [name, layout] of [
    ['version 1', (refs: object) => ({ version: 1, refs })],
    ['version 0', (refs: object) => refs],
  ] as const) {
    it(`explain references of ${name}, and leave what is wrong with them to the rules`, async () => {
      const refs = {
        '.zgroup': { zarr_format: 2 },
        'a/.zarray': { ...zarray, order: 'c' },
        'a/0.0': ['https://example.org/a.tif', 100, 8],
      };
      const document = await open(`${name}.kerchunk.json`, layout(refs));
      assert.include(await hoverOver(document, '"chunks"'), 'Elements of a chunk along each dimension');
      assert.includeMembers(await offersAt(document, '"c"', 1), ['"C"', '"F"']);
      assert.include(await hoverOver(document, '100'), 'First byte of the range');
      await until('the finding of the rule', () => vscode.languages.getDiagnostics(document.uri).length > 0);
      assert.deepEqual(unfit(document), []);
    });
  }
});
