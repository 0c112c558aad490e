import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingLines, Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

/** A sandbox with the references of the sample, changed by `change`. */
async function prepared(change: (refs: Record<string, unknown>) => void = () => undefined) {
  const sandbox = new Sandbox();
  const file = sandbox.path('red.json');
  await sandbox.run('generate', sample, '-o', file);
  const document = JSON.parse(readFileSync(file, 'utf8')) as { refs: Record<string, unknown> };
  change(document.refs);
  writeFileSync(file, JSON.stringify(document));
  return { sandbox, file };
}

describe('kerchunk validate --source', () => {
  it('ends with 0 where all agree, and says what was compared and what it cost', async () => {
    const { sandbox, file } = await prepared();
    const { exitCode, out, told } = await sandbox.run('validate', '--source', '--trace', file);
    expect(exitCode).toBe(0);
    const lines = findingLines(out);
    expect(lines.slice(0, 2)).toEqual([
      `${file}: 0 errors, 0 warnings, 0 notes`,
      `${file}: against the source: 36 chunks of 1 array compared with the tables, 4 decoded both ways`,
    ]);
    const requests = told.split('\n').filter((line) => line.startsWith('GET file:'));
    expect(lines[2]).toMatch(new RegExp(`: ${requests.length} requests, .* read$`, 'u'));
  });

  it('ends with 1 where a reference is wrong, and groups what is alike', async () => {
    const { sandbox, file } = await prepared((refs) => {
      for (const key of Object.keys(refs)) {
        const reference = refs[key];
        if (!/^red\/[0-3]\.0$/u.test(key) || !Array.isArray(reference)) continue;
        refs[key] = [reference[0], Number(reference[1]) + 4, reference[2]];
      }
    });
    const { exitCode, out } = await sandbox.run('validate', '--source', file);
    expect(exitCode).toBe(1);
    expect(out.match(/\[source\/moved\]/gu)).toHaveLength(1);
    expect(out).toContain('(4 such; this is the first) [source/moved]');
    const json = JSON.parse((await sandbox.run('validate', '--source', '--json', file)).out) as object;
    expect(json).toMatchObject([
      {
        findings: [{ code: 'source/moved', severity: 'error', key: 'red/0.0', path: 'red', count: 4, line: 1 }],
        counts: { error: 4, warning: 0, info: 0 },
        source: { arrays: 1, compared: 36, decoded: 4 },
      },
    ]);
  });

  it('ends with 2 where the file behind cannot be read, in one finding', async () => {
    const { sandbox, file } = await prepared((refs) => {
      for (const [key, reference] of Object.entries(refs)) {
        if (Array.isArray(reference)) refs[key] = ['gone.tif', ...(reference as unknown[]).slice(1)];
      }
    });
    const { exitCode, out } = await sandbox.run('validate', '--source', file);
    expect(exitCode).toBe(2);
    expect(out.match(/\[source\/not-fetched\]/gu)).toHaveLength(1);
  });

  it('takes a number of chunks or all, and needs --source for --sample', async () => {
    const { sandbox, file } = await prepared();
    expect((await sandbox.run('validate', '--source', '--sample', 'all', file)).out).toContain('34 decoded both ways');
    const many = await sandbox.run('validate', '--source', '--sample', 'many', file);
    expect(many).toMatchObject({ exitCode: 2, told: '--sample many: it is a number of chunks from 1, or all.' });
    const alone = await sandbox.run('validate', '--sample', '3', file);
    expect(alone).toMatchObject({ exitCode: 2 });
    expect(alone.told).toContain('add --source');
  });

  it('still says of a file without references what it is', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('list.json'), '[1, 2]');
    const { exitCode, out } = await sandbox.run('validate', '--source', '--decode', 'all', sandbox.path('list.json'));
    expect(exitCode).toBe(1);
    expect(out).toContain('[kerchunk/no-references]');
  });
});

describe('kerchunk validate --decode', () => {
  it('decodes some chunks of each array, or all', async () => {
    const { sandbox, file } = await prepared();
    expect((await sandbox.run('validate', '--decode', '2', file)).out).toContain('decoded 5 chunks of 4 arrays');
    const { exitCode, out } = await sandbox.run('validate', '--decode', 'all', '--json', file);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ decode: { arrays: 4, decoded: 37 }, cost: { requests: 1 } }]);
  });

  it('ends with 1 where a chunk does not decode, and with 2 where it cannot be fetched', async () => {
    const damaged = await prepared((refs) => {
      const reference = refs['red/1.1'] as [string, number, number];
      refs['red/1.1'] = [reference[0], reference[1] + 4, reference[2]];
    });
    const { exitCode, out } = await damaged.sandbox.run('validate', '--decode', 'all', damaged.file);
    expect(exitCode).toBe(1);
    expect(out).toContain('Chunk red/1.1: Codec "zlib"');
    const gone = await prepared((refs) => {
      refs['red/1.1'] = ['gone.tif', 0, 10];
    });
    const absent = await gone.sandbox.run('validate', '--decode', 'all', gone.file);
    expect(absent.exitCode).toBe(2);
    expect(absent.out).toContain('[decode/fetch-failed]');
  });
});
