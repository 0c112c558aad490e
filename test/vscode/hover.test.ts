import { assert } from 'chai';
import * as vscode from 'vscode';
import { ReferenceHover } from '../../src/vscode/reference-hover';
import { sample } from './generating';
import { printLines } from './reporter';
import { serveBytes } from './serving';
import { forEachTest, makeReferences, openText, pointAt, Services, until } from './viewing';

const never = new vscode.CancellationTokenSource().token;

function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.isAtLeast(offset, 0, text);
  return document.positionAt(offset + 2);
}

function textOf(hover: vscode.Hover | undefined): string {
  const [content] = hover?.contents ?? [];
  if (!(content instanceof vscode.MarkdownString)) assert.fail('no hover');
  return content.value;
}

/** Without Markdown's backslashes and bold. */
function plain(text: string): string {
  return text.replace(/\\(.)/gu, '$1').replaceAll('**', '');
}

describe('A hover', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('shows the chunk of a key, as the extension itself gives it', async () => {
    const document = await openText(await makeReferences('hover'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, '"red/0.0"'),
    );
    const ours = hovers.map(textOf).filter((text) => text.includes('kerchunk.showInViewer'));
    assert.lengthOf(ours, 1);
    const [text = ''] = ours;
    assert.match(text, /!\[[^\]]*\]\(data:image\/png;base64,iVBOR[A-Za-z0-9+/]+=*\\\|width=\d+,height=\d+\)/u);
    assert.isBelow(text.length, 95_000);
    // tifffile: the tile's place; numpy: its values.
    assert.include(plain(text), 'bytes=649398-682087');
    assert.include(plain(text), 'minimum 1136 · maximum 2896 · mean 1950.127');
    assert.match(text, /`[▁▂▃▄▅▆▇█\u00a0]{32}`/u);
  });

  it('tells where the chunk lies, and what lies beside it in the file', async () => {
    const document = await openText(await makeReferences('hover place'));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, '"red/5.4"'),
    );
    const text = plain(textOf(hover));
    // By the TIFF's tie point and pixel scale: 5200020 - 10 * 1280.5 and so on.
    assert.include(text, '`[1280:1536, 1024:1280]`<br>y `5187215 … 5184665`');
    assert.include(text, 'x `510225 … 512775`');
    // tifffile: tile (5,3) ends 8 bytes before tile (5,4), which is the last in the file.
    assert.include(text, 'before: `red/5.3`, 8 bytes between');
    assert.include(text, 'behind: no reference');
  });

  it('is asked for once: the second fetches nothing and asks nothing of the worker', async () => {
    const document = await openText(await makeReferences('hover twice'));
    const use = services.documents.use(document.uri);
    const provider = new ReferenceHover(services.documents, services.log);
    const hover = (text: string) => provider.provideHover(document, placeOf(document, text), never);
    const first = textOf(await hover('"red/0.0"'));
    const asked = services.asked.length;
    assert.equal(textOf(await hover('"red/0.0"')), first);
    assert.equal(services.asked.length, asked);
    assert.notEqual(textOf(await hover('"red/1.0"')), first);
    assert.equal(services.asked.filter((type) => type === 'hover').length, 2);
    use.dispose();
    assert.isUndefined(await hover('"red/0.0"'));
  });

  it('tells of arrays in words', async () => {
    const document = await openText(await makeReferences('hover array'));
    const use = services.documents.use(document.uri);
    const provider = new ReferenceHover(services.documents, services.log);
    const text = plain(textOf(await provider.provideHover(document, placeOf(document, '"red/.zarray"'), never)));
    assert.include(text, '`y 1536 × x 1536`');
    assert.include(text, '36 chunks · 2 absent');
    assert.notInclude(text, 'data:image');
    use.dispose();
  });

  it('ends when VS Code no longer wants it', async () => {
    const document = await openText(await makeReferences('hover cancelled'));
    const use = services.documents.use(document.uri);
    const provider = new ReferenceHover(services.documents, services.log);
    const source = new vscode.CancellationTokenSource();
    const hover = provider.provideHover(document, placeOf(document, '"red/0.0"'), source.token);
    source.cancel();
    assert.isUndefined(await hover);
    use.dispose();
  });

  it('stands over reference files only', async () => {
    const uri = await makeReferences('hover elsewhere', 'other.json');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{"red/0.0": ["red.tif", 0, 10]}'));
    const document = await openText(uri);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      placeOf(document, '"red/0.0"'),
    );
    assert.isEmpty(hovers.map(textOf).filter((text) => text.includes('kerchunk.')));
  });

  const serve = serveBytes;
  if (serve === undefined) {
    printLines('Hovers over files on the web: this host can start no server; the Node host tests them.');
    return;
  }

  it('makes one request for a chunk on the web, and none the second time', async () => {
    const server = await serve(await vscode.workspace.fs.readFile(sample()));
    try {
      const uri = await makeReferences('hover web');
      await pointAt(uri, `${server.url}/red.tif?key=1`);
      const document = await openText(uri);
      const use = services.documents.use(uri);
      const provider = new ReferenceHover(services.documents, services.log);
      const hover = () => provider.provideHover(document, placeOf(document, '"red/0.0"'), never);
      // The check of the file may fetch as well.
      await until('the findings', () => use.document.findings);
      const before = server.requests.length;
      const text = textOf(await hover());
      assert.include(text, 'data:image/png');
      assert.notInclude(text, 'key=1');
      assert.deepEqual(
        server.requests.slice(before).map(({ range }) => range),
        ['bytes=649398-682087'],
      );
      await hover();
      assert.lengthOf(server.requests, before + 1);
      use.dispose();
    } finally {
      await server.close();
    }
  });

  for (const [behaviour, title] of [
    ['forbidden', 'Not fetched.'],
    ['short-body', 'Not the bytes that were asked for.'],
    ['login-page', 'Not fetched.'],
  ] as const) {
    it(`tells of a server that is ${behaviour}, and asks it again the next time`, async () => {
      const server = await serve(await vscode.workspace.fs.readFile(sample()), behaviour);
      try {
        const uri = await makeReferences(`hover ${behaviour}`);
        await pointAt(uri, `${server.url}/red.tif`);
        const document = await openText(uri);
        const use = services.documents.use(uri);
        const provider = new ReferenceHover(services.documents, services.log);
        await until('the findings', () => use.document.findings);
        const hover = async (): Promise<string> =>
          plain(textOf(await provider.provideHover(document, placeOf(document, '"red/0.0"'), never)));
        const text = await hover();
        assert.include(text, title);
        assert.notInclude(text, 'data:image');
        assert.notMatch(text, /fill/iu);
        const before = server.requests.length;
        assert.include(await hover(), title);
        assert.isAbove(server.requests.length, before);
        use.dispose();
      } finally {
        await server.close();
      }
    });
  }
});
