import { assert } from 'chai';
import * as vscode from 'vscode';
import type { SetOutcome } from '../../src/vscode/make-set-command';
import type { ReportItem } from '../../src/webview/messages';
import type { ToDifferencesPage } from '../../src/webview/differences-messages';
import { makeFolder, namesIn, readText, readWritten, workspaceFolder, writeText } from './generating';
import { closeEverything, until } from './viewing';

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
    const edit = new vscode.WorkspaceEdit();
    await vscode.workspace.openTextDocument(first);
    edit.insert(first, new vscode.Position(0, 0), ' ');
    await vscode.workspace.applyEdit(edit);
    const message = await refused('appendReferences', first, [first], { files: [second], dimension: 'time' });
    assert.include(message, 'unsaved changes');
    await vscode.commands.executeCommand('workbench.action.files.revert');
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
  afterEach(closeEverything);

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
