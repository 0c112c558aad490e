import { assert } from 'chai';
import * as vscode from 'vscode';
import { inputOfAddress } from '../../src/vscode/inputs';
import {
  answering,
  file,
  generate,
  makeFolder,
  namesIn,
  readText,
  readWritten,
  sample,
  workspaceFolder,
  writeText,
} from './generating';
import { printLines } from './reporter';
import { serveBytes } from './serving';
import { closeEverything, editText, openText } from './viewing';

/** References of an earlier run. */
const OLD = '{"version": 1, "refs": {}}';

describe('Files that exist', () => {
  it('are replaced where the user says so, after one question that names them alone', async () => {
    const folder = await makeFolder('replace', 'red.tif', 'nir.tif', 'green.tif');
    const asked: string[][] = [];
    for (const name of ['red', 'green']) await writeText(vscode.Uri.joinPath(folder, `${name}.kerchunk.json`), OLD);
    const ask = answering({
      replace: (existing) => {
        asked.push(existing.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
        return Promise.resolve('replace');
      },
    });
    const items = await generate(
      ['red.tif', 'nir.tif', 'green.tif'].map((name) => file(folder, name)),
      { ask },
    );
    assert.deepEqual(asked, [['red.kerchunk.json', 'green.kerchunk.json']]);
    assert.deepEqual(
      items?.map(({ kind }) => kind),
      ['generated', 'generated', 'generated'],
    );
    for (const name of ['red', 'nir', 'green']) {
      assert.equal((await readWritten(vscode.Uri.joinPath(folder, `${name}.kerchunk.json`))).version, 1);
    }
    assert.lengthOf(await namesIn(folder), 6);
  });

  it('are kept where the user says so, while the others are generated', async () => {
    const folder = await makeFolder('keep', 'red.tif', 'nir.tif');
    const kept = vscode.Uri.joinPath(folder, 'red.kerchunk.json');
    await writeText(kept, OLD);
    const ask = answering({ replace: () => Promise.resolve('keep') });
    const items = await generate([file(folder, 'red.tif'), file(folder, 'nir.tif')], { ask });
    assert.deepEqual(
      items?.map(({ kind }) => kind),
      ['skipped', 'generated'],
    );
    assert.equal(await readText(kept), OLD);
  });

  it('stop everything where the user gives up', async () => {
    const folder = await makeFolder('give up', 'red.tif', 'nir.tif');
    await writeText(vscode.Uri.joinPath(folder, 'red.kerchunk.json'), OLD);
    const ask = answering({ replace: () => Promise.resolve(undefined) });
    assert.isUndefined(await generate([file(folder, 'red.tif'), file(folder, 'nir.tif')], { ask }));
    assert.deepEqual(await namesIn(folder), ['nir.tif', 'red.kerchunk.json', 'red.tif']);
  });

  it('and are no references, or hold changes that are not saved, are left alone without a question', async () => {
    const folder = await makeFolder('others', 'red.tif', 'nir.tif');
    const [red, nir] = ['red', 'nir'].map((name) => vscode.Uri.joinPath(folder, `${name}.kerchunk.json`));
    if (red === undefined || nir === undefined) assert.fail();
    await writeText(red, '{"mine": true}');
    await writeText(nir, OLD);
    await editText(await vscode.workspace.openTextDocument(nir), OLD, '{}');
    const items = (await generate([file(folder, 'red.tif'), file(folder, 'nir.tif')])) ?? [];
    assert.deepEqual(
      items.map((item) => (item.kind === 'refused' ? item.message : item.kind)),
      [
        `${red.path} is no reference file; it is left as it is. Rename it, or move it elsewhere.`,
        'nir.kerchunk.json has unsaved changes. Save or revert it first.',
      ],
    );
    assert.deepEqual([await readText(red), await readText(nir)], ['{"mine": true}', OLD]);
    await openText(nir);
    await closeEverything();
  });

  it('are never replaced by a file that came in between', async () => {
    const folder = await makeFolder('in between', 'red.tif');
    const output = vscode.Uri.joinPath(folder, 'red.kerchunk.json');
    let written: Thenable<void> | undefined;
    const [item] =
      (await generate([file(folder, 'red.tif')], {
        // The plan is made by now, and nothing is written yet.
        say: () => void (written ??= writeText(output, 'by another')),
      })) ?? [];
    await written;
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.equal(item.code, 'write-failed');
    assert.include(item.message, 'in the meantime');
    assert.equal(await readText(output), 'by another');
    assert.deepEqual(await namesIn(folder), ['red.kerchunk.json', 'red.tif']);
  });

  it('that are folders are left alone', async () => {
    const folder = await makeFolder('folder', 'red.tif');
    await writeText(vscode.Uri.joinPath(folder, 'red.kerchunk.json', 'inside.txt'), 'precious');
    const [item] = (await generate([file(folder, 'red.tif')])) ?? [];
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.include(item.message, 'is a folder');
    assert.deepEqual(await namesIn(vscode.Uri.joinPath(folder, 'red.kerchunk.json')), ['inside.txt']);
  });
});

describe('Two TIFFs of one name', () => {
  it('do not overwrite each other: the second is refused', async () => {
    const folder = await makeFolder('same name', 'red.tif', 'red.tiff');
    const items = (await generate([file(folder, 'red.tif'), file(folder, 'red.tiff')])) ?? [];
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['generated', 'refused'],
    );
    const { refs } = await readWritten(vscode.Uri.joinPath(folder, 'red.kerchunk.json'));
    assert.include(JSON.stringify(refs['red/0.0']), 'red.tif"');
  });
});

describe('A TIFF that cannot be expressed', () => {
  it('is refused with its reason, and nothing is written', async () => {
    const folder = await makeFolder('refused');
    await writeText(vscode.Uri.joinPath(folder, 'notes.tif'), 'These are notes, not a TIFF.');
    const [item] = (await generate([file(folder, 'notes.tif')])) ?? [];
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.equal(item.code, 'not-a-tiff');
    assert.notInclude(item.message, '    at ');
    assert.deepEqual(await namesIn(folder), ['notes.tif']);
  });

  it('is refused where it is missing', async () => {
    const folder = await makeFolder('missing');
    const [item] = (await generate([file(folder, 'gone.tif')])) ?? [];
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.equal(item.code, 'fetch-failed');
    assert.include(item.message, 'gone.tif');
    assert.isEmpty(await namesIn(folder));
  });
});

describe('Cancelling', () => {
  it('leaves nothing of the file at hand, and what was written before', async () => {
    const folder = await makeFolder('cancel', 'a.tif', 'b.tif', 'c.tif');
    const cancel = new AbortController();
    const items = await generate(
      ['a.tif', 'b.tif', 'c.tif'].map((name) => file(folder, name)),
      {
        signal: cancel.signal,
        say: (message) => {
          // The headers of the second are read by then.
          if (/b\.tif … [1-9]/u.test(message)) cancel.abort();
        },
      },
    );
    assert.deepEqual(
      items?.map(({ kind }) => kind),
      ['generated', 'skipped', 'skipped'],
    );
    assert.deepEqual(await namesIn(folder), ['a.kerchunk.json', 'a.tif', 'b.tif', 'c.tif']);
  });
});

describe('The preset notebook', () => {
  it('says in words and numbers that rows after the first decode wrongly', async () => {
    const folder = await makeFolder('notebook', 'red.tif');
    const messages: string[] = [];
    const [item] =
      (await generate([file(folder, 'red.tif')], {
        settings: { preset: 'notebook' },
        say: (message) => messages.push(message),
      })) ?? [];
    if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
    // numpy: the tile's differences summed along each row, and over all rows at once.
    const [warning = ''] = item.warnings;
    assert.include(warning, 'In chunk red/0.0, 254 of 256 rows are wrong, the first is row 1.');
    assert.include(warning, "the chunk's maximum reads 6.452 and is 0.1896.");
    assert.isTrue(item.readers.filter(({ opens }) => opens).every(({ wrongValues }) => wrongValues === true));
    assert.include(messages, 'Decoding a chunk of red.tif …');
    // The notebook's form: the references are the file itself, metadata as objects.
    const refs = JSON.parse(await readText(vscode.Uri.joinPath(folder, 'red.kerchunk.json'))) as Record<
      string,
      unknown
    >;
    assert.deepEqual(refs['.zgroup'], { zarr_format: 2 });
  });
});

describe('An address', () => {
  const serve = serveBytes;
  if (serve === undefined) {
    printLines('An address that answers: this host can start no server; the Node host tests it.');
  } else {
    it('gives references in the workspace folder', async () => {
      const server = await serve(await vscode.workspace.fs.readFile(sample()));
      const address = `${server.url}/served.tif?key=1`;
      const output = vscode.Uri.joinPath(workspaceFolder(), 'served.kerchunk.json');
      try {
        const [item] = (await generate([inputOfAddress(address)])) ?? [];
        if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
        assert.equal(item.outputUri, output.toString());
        assert.equal(item.requests, server.requests.length);
        assert.isTrue(server.requests.every(({ method, range }) => method === 'GET' && range.startsWith('bytes=')));
        const { refs } = await readWritten(output);
        assert.deepEqual(refs['red/0.0'], [address, 649398, 32690]);
        assert.notInclude(item.target, 'key=1');
      } finally {
        await server.close();
        await vscode.workspace.fs.delete(output);
      }
    });
  }

  it('that nothing answers is refused by name', async () => {
    const [item] = (await generate([inputOfAddress('http://127.0.0.1:1/red.tif')])) ?? [];
    if (item?.kind !== 'refused') assert.fail(JSON.stringify(item));
    assert.equal(item.code, 'fetch-failed');
    assert.include(item.message, '127.0.0.1');
  });

  it('of an object store becomes its public https form', () => {
    assert.deepEqual(inputOfAddress(' s3://bucket/a/b.tif '), {
      kind: 'url',
      url: 'https://bucket.s3.amazonaws.com/a/b.tif',
    });
    assert.throws(() => inputOfAddress('ftp://host/a.tif'), /ftp/u);
    assert.throws(() => inputOfAddress('file:///etc/a.tif'), /no web address/u);
  });
});
