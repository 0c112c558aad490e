import { assert } from 'chai';
import * as vscode from 'vscode';
import type { SetDifferences } from '../../src/preview/set-difference-types';
import { DifferencesPanels } from '../../src/vscode/differences-panels';
import { makeSetCommand, type SetOutcome } from '../../src/vscode/make-set-command';
import { outputInPlace } from '../../src/vscode/set-output';
import type { ReportItem } from '../../src/webview/messages';
import type { ToDifferencesPage } from '../../src/webview/differences-messages';
import {
  answering,
  extensionFolder,
  makeFolder,
  namesIn,
  readText,
  readWritten,
  workspaceFolder,
  writeText,
} from './generating';
import { makeLink } from './links';
import { closeEverything, forEachTest, type Services, until } from './viewing';

type Refs = Record<string, unknown>;

/** Little-endian 64-bit integers as a reference holds them. */
function inline(...values: number[]): string {
  const bytes = new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer);
  return `base64:${btoa(String.fromCharCode(...bytes))}`;
}

function zarray(shape: number[], chunks: number[], dtype: string): string {
  return JSON.stringify({
    zarr_format: 2,
    shape,
    chunks,
    dtype,
    compressor: null,
    filters: null,
    fill_value: null,
    order: 'C',
  });
}

/** A set of `times` images of 4 pixels, one after another in `target`. */
function imagesAt(times: number[], target: string): Refs {
  return {
    '.zgroup': '{"zarr_format":2}',
    'time/.zarray': zarray([times.length], [times.length], '<i8'),
    'time/.zattrs': '{"_ARRAY_DIMENSIONS":["time"]}',
    'time/0': inline(...times),
    'v/.zarray': zarray([times.length, 4], [1, 4], '|u1'),
    'v/.zattrs': '{"_ARRAY_DIMENSIONS":["time","x"],"units":"K"}',
    ...Object.fromEntries(times.map((_, index) => [`v/${index}.0`, [target, 4 * index, 4]])),
  };
}

async function makeSet(folder: vscode.Uri, name: string, refs: Refs, version: 0 | 1 = 1): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder, name);
  await writeText(uri, JSON.stringify(version === 0 ? refs : { version: 1, refs }));
  return uri;
}

async function makeDays(name: string): Promise<{ folder: vscode.Uri; first: vscode.Uri; second: vscode.Uri }> {
  const folder = await makeFolder(name);
  const first = await makeSet(folder, 'day1.kerchunk.json', imagesAt([10, 20], 'a.bin'));
  const second = await makeSet(folder, 'day2.kerchunk.json', imagesAt([30], 'b.bin'));
  return { folder, first, second };
}

async function run(name: string, ...args: unknown[]): Promise<SetOutcome> {
  const outcome = await vscode.commands.executeCommand<SetOutcome | undefined>(`kerchunk.${name}`, ...args);
  if (outcome === undefined) throw new Error(`${name} was given up.`);
  return outcome;
}

async function written(name: string, ...args: unknown[]): Promise<Extract<SetOutcome, { kind: 'written' }>> {
  const outcome = await run(name, ...args);
  if (outcome.kind !== 'written') assert.fail(JSON.stringify(outcome));
  return outcome;
}

async function refused(name: string, ...args: unknown[]): Promise<string> {
  const outcome = await run(name, ...args);
  if (outcome.kind !== 'refused') assert.fail(JSON.stringify(outcome));
  return outcome.message;
}

async function compare(before: vscode.Uri, after: vscode.Uri) {
  const shown = await vscode.commands.executeCommand<ToDifferencesPage>('kerchunk.compareReferences', before, [
    before,
    after,
  ]);
  if (shown.type !== 'compared') assert.fail(JSON.stringify(shown));
  return shown;
}

/** Leaves a change of a file's text unsaved. */
async function editUnsaved(uri: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  await vscode.workspace.openTextDocument(uri);
  edit.insert(uri, new vscode.Position(0, 0), ' ');
  await vscode.workspace.applyEdit(edit);
}

async function gunzip(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

describe('Combine References', () => {
  afterEach(closeEverything);

  it('puts sets behind one another, in the order of their names, beside where they stand', async () => {
    const { folder, first, second } = await makeDays('combine');
    const output = vscode.Uri.joinPath(folder, 'all.kerchunk.json');
    const outcome = await written('combineReferences', second, [second, first], { dimension: 'time', output });
    assert.deepEqual([outcome.arrays, outcome.chunks, outcome.notes], [2, 4, []]);
    const { refs } = await readWritten(output);
    assert.equal(refs['time/0'], inline(10, 20, 30));
    // Relative addresses stay: the output stands in the same folder.
    assert.deepEqual(
      ['v/0.0', 'v/1.0', 'v/2.0'].map((key) => refs[key]),
      [
        ['a.bin', 0, 4],
        ['a.bin', 4, 4],
        ['b.bin', 0, 4],
      ],
    );
    assert.deepEqual((JSON.parse(String(refs['v/.zarray'])) as { shape: number[] }).shape, [3, 4]);
    await until('the viewer is open', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.uri.toString() === output.toString();
    });
    assert.deepEqual(await namesIn(folder), ['all.kerchunk.json', 'day1.kerchunk.json', 'day2.kerchunk.json']);
  });

  it('makes relative addresses absolute for another folder', async () => {
    const { folder, first, second } = await makeDays('combine elsewhere');
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, 'below'));
    const output = vscode.Uri.joinPath(folder, 'below', 'all.kerchunk.json');
    await written('combineReferences', first, [first, second], { dimension: 'time', output });
    const { refs } = await readWritten(output);
    const [target] = refs['v/2.0'] as [string];
    assert.equal(decodeURI(target), `file://${vscode.Uri.joinPath(folder, 'b.bin').path}`);
  });

  it('says which variable stands in the way, and writes nothing', async () => {
    const { folder, first, second } = await makeDays('combine in vain');
    const output = vscode.Uri.joinPath(folder, 'all.kerchunk.json');
    const message = await refused('combineReferences', first, [first, second], { output });
    assert.include(message, '"time" is not the same in day1.kerchunk.json and day2.kerchunk.json');
    assert.deepEqual(await namesIn(folder), ['day1.kerchunk.json', 'day2.kerchunk.json']);
  });

  it('names a file that is no reference set', async () => {
    const { folder, first } = await makeDays('combine others');
    const other = vscode.Uri.joinPath(folder, 'notes.json');
    await writeText(other, '{"hello": "world"}');
    const output = vscode.Uri.joinPath(folder, 'all.kerchunk.json');
    assert.include(await refused('combineReferences', first, [first, other], { output }), 'notes.json');
  });

  it('replaces none of its inputs, also where one is reached through a link', async () => {
    const { folder, first, second } = await makeDays('combine onto itself');
    const link = vscode.Uri.joinPath(folder, 'link.kerchunk.json');
    await makeLink?.(first.fsPath, link.fsPath);
    const before = await readText(first);
    for (const output of [first, ...(makeLink === undefined ? [] : [link])]) {
      const message = await refused('combineReferences', first, [first, second], { dimension: 'time', output });
      assert.include(message, 'is one of the sets that are combined, and would be replaced.');
      assert.equal(await readText(first), before);
    }
  });
});

describe('Convert References', () => {
  afterEach(closeEverything);

  it('writes version 0, gzip, parquet and zarr v3, and all mean the same', async () => {
    const folder = await makeFolder('convert');
    const target = `file://${vscode.Uri.joinPath(folder, 'a.bin').path}`;
    const set = await makeSet(folder, 'day.kerchunk.json', imagesAt([10, 20], target));
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    await written('convertReferences', set, [set], { form: 'json0', output: at('v0.json') });
    const old = JSON.parse(await readText(at('v0.json'))) as Refs;
    assert.deepEqual(old['v/1.0'], [target, 4, 4]);
    await written('convertReferences', set, [set], { form: 'json1', gzip: true, output: at('day.kerchunk.json.gz') });
    const packed = await vscode.workspace.fs.readFile(at('day.kerchunk.json.gz'));
    const { refs } = JSON.parse(await gunzip(packed)) as { refs: Refs };
    assert.deepEqual(refs['v/1.0'], [target, 4, 4]);
    await written('convertReferences', set, [set], { form: 'json1', zarr: 3, output: at('v3.kerchunk.json') });
    const v3 = (await readWritten(at('v3.kerchunk.json'))).refs;
    assert.deepEqual((JSON.parse(String(v3['v/zarr.json'])) as { dimension_names: string[] }).dimension_names, [
      'time',
      'x',
    ]);
    await written('convertReferences', set, [set], { form: 'parquet', output: at('day.parq') });
    assert.deepEqual(await namesIn(at('day.parq')), ['.zmetadata', 'time', 'v']);
    assert.deepEqual(await namesIn(at('day.parq/v')), ['refs.0.parq']);
    for (const name of ['v0.json', 'day.kerchunk.json.gz', 'v3.kerchunk.json', 'day.parq']) {
      const { differences } = await compare(set, at(name));
      assert.deepEqual([differences.same, differences.changed, differences.lost], [2, [], []], name);
    }
    assert.deepEqual(
      (await namesIn(folder)).filter((name) => /tmp|old/u.test(name)),
      [],
    );
  }).timeout(60_000);

  it('refuses a name that says another form, and a folder that holds something else', async () => {
    const { folder, first } = await makeDays('convert in vain');
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    assert.include(
      await refused('convertReferences', first, [first], { form: 'json1', gzip: true, output: at('a.json') }),
      'json.gz',
    );
    await vscode.workspace.fs.createDirectory(at('mine.parq'));
    await writeText(at('mine.parq/notes.txt'), 'mine');
    const message = await refused('convertReferences', first, [first], { form: 'parquet', output: at('mine.parq') });
    assert.include(message, 'no reference set in parquet');
    assert.equal(await readText(at('mine.parq/notes.txt')), 'mine');
  });

  it('replaces no file that is none of references, and no changes that are not saved', async () => {
    const { folder, first, second } = await makeDays('convert over others');
    const output = vscode.Uri.joinPath(folder, 'settings.json');
    await writeText(output, '{"editor.fontSize": 12}');
    const message = await refused('convertReferences', first, [first], { form: 'json1', output });
    assert.include(message, `${output.path} is no reference file; it is left as it is.`);
    assert.equal(await readText(output), '{"editor.fontSize": 12}');
    await editUnsaved(second);
    const unsaved = await refused('convertReferences', first, [first], { form: 'json1', output: second });
    assert.include(unsaved, 'day2.kerchunk.json has unsaved changes');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('takes the place of the set itself only where nothing of that is lost', async () => {
    const folder = await makeFolder('convert and lose');
    const set = await makeSet(folder, 'all.kerchunk.json', { ...imagesAt([10], 'a.bin'), 'notes/readme': 'hello' });
    const before = await readText(set);
    assert.include(
      await refused('convertReferences', set, [set], { form: 'json0', output: set }),
      'all.kerchunk.json would lose what no array holds',
    );
    assert.equal(await readText(set), before);
  });
});

describe('Append References', () => {
  afterEach(closeEverything);

  it('writes the set in its place and form, with the others behind it', async () => {
    const folder = await makeFolder('append');
    const set = await makeSet(folder, 'all.kerchunk.json', imagesAt([10, 20], 'a.bin'), 0);
    const more = await makeSet(folder, 'more.kerchunk.json', imagesAt([30], 'b.bin'));
    await written('appendReferences', set, [set], { files: [more], dimension: 'time' });
    const refs = JSON.parse(await readText(set)) as Refs;
    assert.deepEqual(
      [refs.version, refs['time/0'], refs['v/0.0'], refs['v/2.0']],
      [undefined, inline(10, 20, 30), ['a.bin', 0, 4], ['b.bin', 0, 4]],
    );
    assert.deepEqual(await namesIn(folder), ['all.kerchunk.json', 'more.kerchunk.json']);
  });

  it('replaces a set in parquet as a whole, and leaves one alone that holds another file', async () => {
    const folder = await makeFolder('append to parquet');
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const target = (name: string): string => `file://${at(name).path}`;
    const set = await makeSet(folder, 'day.kerchunk.json', imagesAt([10, 20], target('a.bin')));
    const more = await makeSet(folder, 'more.kerchunk.json', imagesAt([30], target('b.bin')));
    await written('convertReferences', set, [set], { form: 'parquet', output: at('all.parq') });
    await closeEverything();
    await written('appendReferences', at('all.parq'), [], { files: [more], dimension: 'time' });
    const { differences } = await compare(at('all.parq'), set);
    const [array] = differences.changed.filter(({ path }) => path === 'v');
    assert.deepEqual([array?.lost.count, array?.same, array?.lost.first[0]?.key], [1, 2, 'v/2.0']);
    await writeText(at('all.parq/NOTES.txt'), 'mine');
    const message = await refused('appendReferences', at('all.parq'), [], { files: [more], dimension: 'time' });
    assert.include(message, 'NOTES.txt');
    assert.deepEqual(await namesIn(at('all.parq')), ['.zmetadata', 'NOTES.txt', 'time', 'v']);
  });

  it('follows a link to a set in parquet, and replaces what it leads to', async function () {
    if (makeLink === undefined) return this.skip();
    const folder = await makeFolder('append through a link');
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const target = (name: string): string => `file://${at(name).path}`;
    const set = await makeSet(folder, 'day.kerchunk.json', imagesAt([10, 20], target('a.bin')));
    const more = await makeSet(folder, 'more.kerchunk.json', imagesAt([30], target('b.bin')));
    await written('convertReferences', set, [set], { form: 'parquet', output: at('real.parq') });
    await closeEverything();
    await makeLink(at('real.parq').fsPath, at('link.parq').fsPath);
    await written('appendReferences', at('link.parq'), [], { files: [more], dimension: 'time' });
    const { type } = await vscode.workspace.fs.stat(at('link.parq'));
    assert.equal(type, vscode.FileType.Directory | vscode.FileType.SymbolicLink);
    const { differences } = await compare(at('real.parq'), set);
    assert.deepEqual(
      differences.changed.flatMap(({ path, added }) => (path === 'v' ? [added.first[0]?.key] : [])),
      ['v/2.0'],
    );
    assert.deepEqual(await namesIn(folder), ['day.kerchunk.json', 'link.parq', 'more.kerchunk.json', 'real.parq']);
  }).timeout(60_000);

  it('refuses to lose keys that no array holds', async () => {
    const folder = await makeFolder('append and lose');
    const set = await makeSet(folder, 'all.kerchunk.json', { ...imagesAt([10], 'a.bin'), 'notes/readme': 'hello' });
    const before = await readText(set);
    const more = await makeSet(folder, 'more.kerchunk.json', imagesAt([30], 'b.bin'));
    assert.include(
      await refused('appendReferences', set, [set, more], { files: [more], dimension: 'time' }),
      'notes/readme',
    );
    assert.equal(await readText(set), before);
  });

  it('does not write over changes that are not saved', async () => {
    const { first, second } = await makeDays('append unsaved');
    await editUnsaved(first);
    const message = await refused('appendReferences', first, [first], { files: [second], dimension: 'time' });
    assert.include(message, 'unsaved changes');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('A set that is written in its place', () => {
  let services: Services;
  forEachTest((each) => (services = each));

  /** Rewrites the addresses of a set, of which `meanwhile` changes the files once they were read. */
  async function rewrite(uri: vscode.Uri, meanwhile: () => Promise<void>): Promise<SetOutcome | undefined> {
    const { worker, permission, log } = services;
    const parts = { worker, permission, log, ask: answering() };
    return makeSetCommand('Rewrite', parts, [uri], async ([set]) => {
      await meanwhile();
      if (set === undefined) assert.fail('It was not read.');
      const { nested, recordSize } = set.facts;
      const addresses = [{ from: 'a.', to: 's3://bucket/a.' }];
      const output = await outputInPlace(set);
      return { output, operation: { kind: 'keep' }, addresses, zarr: null, nested, recordSize };
    });
  }

  it('is left as it is where another program has written it since it was read', async () => {
    const { first } = await makeDays('written meanwhile');
    const other = JSON.stringify({ version: 1, refs: imagesAt([1, 2, 3], 'other.bin') });
    const outcome = await rewrite(first, () => writeText(first, other));
    if (outcome?.kind !== 'refused') assert.fail(JSON.stringify(outcome));
    assert.equal(
      outcome.message,
      'day1.kerchunk.json was changed by another program since it was read, and is left as it is now. Run the command again.',
    );
    assert.equal(await readText(first), other);
  });

  it('is left as it is where that was a record file of a set in parquet, or came to the set', async () => {
    const folder = await makeFolder('parquet written meanwhile');
    const set = await makeSet(folder, 'day.kerchunk.json', imagesAt([10, 20], 'a.bin'));
    const output = vscode.Uri.joinPath(folder, 'day.parq');
    await written('convertReferences', set, [set], { form: 'parquet', output });
    await closeEverything();
    const record = vscode.Uri.joinPath(output, 'v', 'refs.0.parq');
    const bytes = await vscode.workspace.fs.readFile(record);
    for (const file of [record, vscode.Uri.joinPath(output, 'v', 'refs.1.parq')]) {
      const outcome = await rewrite(output, async () => vscode.workspace.fs.writeFile(file, bytes));
      if (outcome?.kind !== 'refused') assert.fail(JSON.stringify(outcome));
      assert.include(outcome.message, 'day.parq was changed by another program');
    }
    assert.deepEqual(await namesIn(vscode.Uri.joinPath(output, 'v')), ['refs.0.parq', 'refs.1.parq']);
  });
});

describe('Rewrite Target Addresses', () => {
  afterEach(closeEverything);

  it('changes the beginning of addresses, once', async () => {
    const { first } = await makeDays('rewrite');
    const change = { from: 'a.', to: 's3://bucket/a.' };
    await written('rewriteAddresses', first, [first], change);
    const { refs } = await readWritten(first);
    assert.deepEqual(refs['v/1.0'], ['s3://bucket/a.bin', 4, 4]);
    const text = await readText(first);
    const message = await refused('rewriteAddresses', first, [first], change);
    assert.include(message, 'None of the 1 address of day1.kerchunk.json would change');
    assert.equal(await readText(first), text);
  });
});

describe('Compare References by Meaning', () => {
  let services: Services;
  forEachTest((each) => (services = each));

  it('shows what was added, lost and moved in a panel, by array, and what is the same', async () => {
    const folder = await makeFolder('differences');
    const before = await makeSet(folder, 'a.kerchunk.json', {
      ...imagesAt([10, 20], 'a.bin'),
      'old/.zarray': zarray([2], [1], '|u1'),
      'old/0': ['a.bin', 0, 1],
    });
    const after = await makeSet(folder, 'b.kerchunk.json', {
      ...imagesAt([10, 20], 'a.bin'),
      'v/.zattrs': '{"units": "C", "_ARRAY_DIMENSIONS": ["time", "x"]}',
      'v/1.0': ['a.bin', 100, 4],
      'new/.zarray': zarray([2], [2], '|u1'),
    });
    const { differences, sets } = await compare(before, after);
    assert.deepEqual([sets.before.name, sets.after.name], ['a.kerchunk.json', 'b.kerchunk.json']);
    assert.deepEqual(
      [differences.lost, differences.added],
      [[{ path: 'old', chunks: 1 }], [{ path: 'new', chunks: 0 }]],
    );
    assert.equal(differences.same, 1);
    const [array] = differences.changed;
    assert.deepEqual(array?.attributes, [{ property: 'attribute units', values: ['"K"', '"C"'] }]);
    assert.deepEqual(array?.moved, {
      count: 1,
      first: [
        {
          key: 'v/1.0',
          indices: [1, 0],
          before: { kind: 'range', url: 'a.bin', start: 4, end: 8 },
          after: { kind: 'range', url: 'a.bin', start: 100, end: 104 },
        },
      ],
    });
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const panels = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('kerchunk.differences'),
    );
    assert.deepEqual(
      panels.map(({ label }) => label),
      ['a.kerchunk.json ↔ b.kerchunk.json by Meaning'],
    );
    // The same pair has one panel, which shows the files as they are now.
    await writeText(after, await readText(before));
    assert.deepEqual((await compare(before, after)).differences.changed, []);
    assert.lengthOf(
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview),
      1,
    );
  });

  it('compares again where a record file of a set in parquet changes, and where the folder is replaced', async () => {
    const folder = await makeFolder('differences of parquet');
    const at = (...names: string[]): vscode.Uri => vscode.Uri.joinPath(folder, ...names);
    const target = (name: string): string => `file://${at(name).path}`;
    const [one, two] = [imagesAt([10, 20], target('a.bin')), imagesAt([10, 20], target('b.bin'))];
    const before = await makeSet(folder, 'a.kerchunk.json', one);
    const others = { 'made.parq': before, 'other.parq': await makeSet(folder, 'b.kerchunk.json', two) };
    for (const [name, set] of Object.entries(others)) {
      await written('convertReferences', set, [set], { form: 'parquet', output: at(name) });
    }
    await closeEverything();
    // VS Code's watcher does not see into a folder that was moved to its place, as a set is that is written.
    await vscode.workspace.fs.copy(at('made.parq'), at('set.parq'));
    const { worker, permission } = services;
    const found: number[] = [];
    const request = worker.request.bind(worker);
    worker.request = async (type, payload, options) => {
      const result = await request(type, payload, options);
      if (type === 'diffOfSets') found.push((result as SetDifferences).changed.length);
      return result;
    };
    const unasked = (): Promise<void> => Promise.reject(new Error('It was not asked for.'));
    const panels = new DifferencesPanels({
      extensionUri: extensionFolder(),
      worker,
      permission,
      open: unasked,
      manageTrust: unasked,
      warn: () => undefined,
    });
    await panels.show({ before, after: at('set.parq', '.zmetadata') });
    // Late events of the copy may have it compared once more.
    await until('the first comparison', () => found.at(-1) === 0);
    await vscode.workspace.fs.copy(at('other.parq', 'v', 'refs.0.parq'), at('set.parq', 'v', 'refs.0.parq'), {
      overwrite: true,
    });
    await until('the change of a record file is seen', () => found.at(-1) === 1);
    await written('convertReferences', before, [before], { form: 'parquet', output: at('again.parq') });
    await vscode.workspace.fs.delete(at('set.parq'), { recursive: true });
    await vscode.workspace.fs.rename(at('again.parq'), at('set.parq'));
    await until('the new folder is seen', () => found.at(-1) === 0);
    panels.dispose();
  }).timeout(60_000);

  it('says which of the two cannot be read', async () => {
    const { folder, first } = await makeDays('differences in vain');
    const broken = vscode.Uri.joinPath(folder, 'broken.json');
    await writeText(broken, '{"version": 1, "refs": ');
    const shown = await vscode.commands.executeCommand<ToDifferencesPage>('kerchunk.compareReferences', broken, [
      broken,
      first,
    ]);
    if (shown.type !== 'failed') assert.fail(shown.type);
    assert.include(shown.message, 'broken.json: ');
    assert.isFalse(shown.restricted);
  });
});

describe('Generate Stack and Mosaic References', () => {
  afterEach(closeEverything);

  async function copyScene(name: string): Promise<vscode.Uri> {
    const folder = await makeFolder(name);
    const scene = vscode.Uri.joinPath(workspaceFolder(), 'scene');
    for (const [file] of await vscode.workspace.fs.readDirectory(scene)) {
      await vscode.workspace.fs.copy(vscode.Uri.joinPath(scene, file), vscode.Uri.joinPath(folder, file), {
        overwrite: true,
      });
    }
    return folder;
  }

  async function generated(...args: unknown[]): Promise<Extract<ReportItem, { kind: 'generated' }>> {
    const [name, ...others] = args;
    const item = await vscode.commands.executeCommand<ReportItem | undefined>(`kerchunk.${String(name)}`, ...others);
    if (item?.kind !== 'generated') assert.fail(JSON.stringify(item));
    return item;
  }

  it('stack the items of an ItemCollection along time', async () => {
    const folder = await copyScene('stack of items');
    const items = vscode.Uri.joinPath(folder, 'items.json');
    const item = await generated('generateStack', items, [items]);
    const red = item.levels.find(({ path }) => path === '10m/red');
    assert.deepEqual([...(red?.shape ?? [])], [3, 192, 192]);
    assert.equal(item.output, 'items.kerchunk.json');
  }).timeout(60_000);

  it('stack TIFFs by a pattern of their names, and those that a list names', async () => {
    const folder = await copyScene('stack of tiffs');
    const names = (await namesIn(folder)).filter((name) => name.endsWith('_B04_10m.tif'));
    const uris = names.map((name) => vscode.Uri.joinPath(folder, name));
    const choices = { pattern: '*_{time:%Y%m%d}_{band}_10m.tif' };
    const item = await generated('generateStack', uris[0], uris, choices);
    assert.deepEqual(
      item.levels.map(({ path, shape }) => [path, ...shape]),
      [['B04', names.length, 192, 192]],
    );
    const list = vscode.Uri.joinPath(folder, 'files.txt');
    await writeText(list, `# the red bands\n${names.join('\n')}\n`);
    const listed = await generated('generateStack', list, [list], choices);
    assert.deepEqual(
      listed.levels.map(({ shape }) => [...shape]),
      item.levels.map(({ shape }) => [...shape]),
    );
    assert.equal(listed.output, 'files.kerchunk.json');
  }).timeout(60_000);

  it('lay tiles out as one array', async () => {
    const folder = await copyScene('mosaic of tiles');
    const uris = ['tile_0_0', 'tile_0_64', 'tile_64_0', 'tile_64_64'].map((name) =>
      vscode.Uri.joinPath(folder, `${name}.tif`),
    );
    // Two rows of 64 and 40 pixels, two columns of 64 and 50.
    const item = await generated('generateMosaic', uris[0], uris);
    assert.deepEqual(
      item.levels.map(({ path, shape, sparse }) => [path, ...shape, sparse]),
      [['band_data', 104, 114, 0]],
    );
    assert.equal(item.output, 'mosaic.kerchunk.json');
  });

  it('a scene takes TIFFs and an item that are selected together, each file once, and says what it does not take', async () => {
    const folder = await copyScene('scene of both');
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const both = [at('T32TQM_20220125_B04_10m.tif'), at('S2A_T32TQM_20220125.json')];
    const item = await generated('generateScene', both[0], both);
    assert.deepEqual(
      item.levels.map(({ path }) => path),
      ['10m/blue', '10m/green', '10m/red', '20m/swir16', '60m/nir09'],
    );
    await writeText(at('notes.md'), 'hello');
    const refusal = await vscode.commands.executeCommand<ReportItem>('kerchunk.generateScene', both[0], [
      ...both,
      at('notes.md'),
    ]);
    if (refusal.kind !== 'refused') assert.fail(refusal.kind);
    assert.include(refusal.message, 'notes.md');
  }).timeout(60_000);

  it('tell first of files that could not be read', async () => {
    const folder = await copyScene('scene with a gap');
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const list = at('files.txt');
    await writeText(list, 'T32TQM_20220125_B04_10m.tif\nT32TQM_20220125_B02_10m.tif\nabsent_B03_10m.tif\n');
    const item = await generated('generateScene', list, [list]);
    assert.equal(item.notRead?.files, 3);
    assert.deepEqual(
      item.notRead?.failures.map(({ label }) => label),
      ['absent_B03_10m.tif'],
    );
  }).timeout(60_000);
});
