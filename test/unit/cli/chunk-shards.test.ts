import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from './terminal';

const configuration = {
  chunk_shape: [1, 2],
  codecs: [{ name: 'bytes' }],
  index_codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
};

/** An array of 2 x 3 bytes in one shard of 3 x 2, the axes the other way about, with three chunks inside that are the same two bytes. */
const metadata = {
  zarr_format: 3,
  node_type: 'array',
  shape: [2, 3],
  data_type: 'uint8',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 3] } },
  chunk_key_encoding: { name: 'default' },
  fill_value: 0,
  attributes: {},
  codecs: [
    { name: 'transpose', configuration: { order: [1, 0] } },
    { name: 'sharding_indexed', configuration },
  ],
};

it('chunk shows the values of a shard whose axes are transposed, and tells why its chunks are not listed', async () => {
  const shard = Buffer.alloc(2 + 3 * 16);
  shard.set([5, 6]);
  for (const at of [10, 26, 42]) shard.writeBigUInt64LE(2n, at);
  const sandbox = new Sandbox();
  const file = sandbox.path('refs.json');
  const refs = {
    'zarr.json': JSON.stringify({ zarr_format: 3, node_type: 'group', attributes: {} }),
    'v/zarr.json': JSON.stringify(metadata),
    'v/c/0/0': `base64:${shard.toString('base64')}`,
  };
  writeFileSync(file, JSON.stringify({ version: 1, refs }));
  const { exitCode, out, told } = await sandbox.run('chunk', file, 'v/c/0/0', '--json');
  expect({ exitCode, told }).toMatchObject({
    exitCode: 0,
    told: expect.stringContaining('The chunks inside the shard are not listed') as string,
  });
  expect(out).toContain('"maximum": 6');
  expect(out).not.toContain('"shard"');
});
