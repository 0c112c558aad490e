import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeBeside } from '../../../src/generate/describe-beside';
import { addressBeside } from '../../../src/tiff/beside';
import { describeTiff } from '../../../src/tiff/describe';
import { server } from '../bytes/serving';
import { CountingSource } from '../tiff/counting-source';
import { Sandbox } from './terminal';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
const sample = path.join(fixtures, 'sample/red.tif');

describe('the address beside a TIFF', () => {
  it.each([
    ['https://x.org/a.tif?token=1#2', 'https://x.org/a.tif.ovr?token=1#2'],
    ['s3://bucket/a.tif', 's3://bucket/a.tif.ovr'],
    ['file:///data/a?b#c.tif', 'file:///data/a?b#c.tif.ovr'],
    ['a.tif', 'a.tif.ovr'],
  ])('%s: %s', (address, expected) => {
    expect(addressBeside(address, '.ovr')).toBe(expected);
  });
});

describe('files beside a TIFF', () => {
  it('at a web address are asked for only with --sidecar, and one that is not there is no error', async () => {
    const served = await server({ content: readFileSync(sample) });
    const sandbox = new Sandbox();
    const plain = await sandbox.run('generate', `${served.url}/red.tif`, '--json');
    expect(JSON.parse(plain.out)).toMatchObject([{ ok: true, account: { requests: 1, overviewsLeftOut: 3 } }]);
    // This server answers any path with the same file: one of overviews, and one of a mask.
    const asked = await sandbox.run('generate', `${served.url}/red.tif`, '--sidecar', '--json');
    const [{ account }] = JSON.parse(asked.out) as [{ account: { requests: number; warnings: string[] } }];
    expect(account.requests).toBe(3);
    expect(account.warnings).toEqual(
      expect.arrayContaining([
        expect.stringContaining('has overviews of its own'),
        expect.stringContaining('A mask stands beside the file (.msk)'),
      ]),
    );
  });

  it.each([404, 403])('at a web address, where the answer is %i', async (status) => {
    const content = readFileSync(sample);
    const served = await server((request, response, { range }) => {
      const [, first = 0, last = 0] = (/bytes=(\d+)-(\d+)/u.exec(range) ?? []).map(Number);
      const part = content.subarray(first, last + 1);
      const isTiff = request.url?.endsWith('.tif') === true;
      const headers = { 'content-range': `bytes ${first}-${first + part.length - 1}/${content.length}` };
      response.writeHead(isTiff ? 206 : status, isTiff ? headers : {});
      response.end(isTiff ? part : '');
    });
    const run = await new Sandbox().run('generate', `${served.url}/red.tif`, '--sidecar', '--json');
    const [{ account }] = JSON.parse(run.out) as [{ account: { warnings: string[] } }];
    const said = account.warnings.filter((warning) => /\.(ovr|msk)/u.test(warning));
    if (status === 404) expect(said).toEqual(['There is no .ovr beside it.']);
    else {
      expect(said).toEqual([
        expect.stringContaining('The file of overviews beside the TIFF (.ovr) is left out: ') as string,
        expect.stringContaining('Whether a mask stands beside the TIFF (.msk) is not known: ') as string,
      ]);
    }
  });

  it('that are known to be there are told, and not read', async () => {
    const tiff = await describeTiff(CountingSource.of(new Uint8Array(readFileSync(sample))));
    const { warnings, maskBeside } = await describeBeside(tiff, () => 'there');
    expect(maskBeside).toBe(true);
    expect(warnings).toEqual([
      'Overviews stand beside the file (.ovr); they are not read where none are written.',
      expect.stringContaining('A mask stands beside the file (.msk)'),
    ]);
  });

  it('that are no overviews of it are left out with the reason', async () => {
    const sandbox = new Sandbox();
    copyFileSync(path.join(fixtures, 'tiffs/deflate-u16-tiled-subifds.tif'), sandbox.path('in.tif'));
    copyFileSync(sample, sandbox.path('in.tif.ovr'));
    copyFileSync(path.join(fixtures, 'tiffs/pages-two.tif'), sandbox.path('pages.tif'));
    copyFileSync(sample, sandbox.path('pages.tif.ovr'));
    const own = await sandbox.run('generate', 'in.tif');
    expect(own.told).toContain('The TIFF has overviews of its own');
    const { told, exitCode } = await sandbox.run('generate', 'pages.tif', '--overviews');
    expect(exitCode).toBe(0);
    expect(told).toContain('4 images of 4 in the file of overviews beside it (.ovr) left out');
    expect(readdirSync(sandbox.folder)).toContain('pages.kerchunk.json');
  });
});
