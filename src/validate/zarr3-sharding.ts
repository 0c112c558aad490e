import type { Encoded, PlacedCodec } from './zarr3-codecs';
import { isJsonObject } from '../json';
import { extensionOf } from '../zarr/v3-extension';
import { parseDataTypeV3 } from '../zarr/v3-data-type';
import { isWhole, type Place, shown, unknownMembers, type Zarr3Node } from './zarr3-node';

const MEMBERS = ['chunk_shape', 'codecs', 'index_codecs', 'index_location'];
/** Codecs that give as many bytes for any index of one size. */
const FIXED_SIZE = ['bytes', 'crc32c', 'transpose'];

/**
 * Rules of `sharding_indexed` (zarr v3 codec specification "Sharding codec"): chunks that divide the shard, two chains, and an index whose
 * size is known. `checkChain` looks at the chains inside. Returns whether the shard itself is sound.
 */
export function checkSharding(
  node: Zarr3Node,
  { configuration, place }: PlacedCodec,
  { type, chunkShape }: Encoded,
  checkChain: (node: Zarr3Node, place: Place, encoded: Encoded) => void,
): boolean {
  const at = [...place, 'configuration'];
  const report = (inside: (string | number)[], message: string): false => {
    node.report('zarr3/sharding', inside.length === 0 ? place : [...at, ...inside], message);
    return false;
  };
  const missing = MEMBERS.slice(0, 3).find((name) => configuration[name] === undefined);
  if (missing !== undefined) {
    return report([], `"sharding_indexed" has no "${missing}" in its configuration.`);
  }
  const [extra] = unknownMembers(configuration, MEMBERS);
  if (extra !== undefined) {
    return report(
      [extra],
      `The configuration of "sharding_indexed" has a member "${extra}", on which zarr-python fails.`,
    );
  }
  const { chunk_shape: inner, index_location: location, index_codecs: indexCodecs } = configuration;
  if (!Array.isArray(inner) || !inner.every((side) => isWhole(side, 1))) {
    return report(['chunk_shape'], `"chunk_shape" is ${shown(inner)}; it must be a list of integers from 1.`);
  }
  if (chunkShape !== undefined && inner.length !== chunkShape.length) {
    return report(
      ['chunk_shape'],
      `"chunk_shape" of the shard has ${inner.length} dimensions and that of the chunk grid ${chunkShape.length}.`,
    );
  }
  const uneven = chunkShape?.findIndex((side, axis) => side % Number(inner[axis]) !== 0) ?? -1;
  if (uneven >= 0) {
    const message = `A shard has ${chunkShape?.[uneven] ?? 0} elements along dimension ${uneven}, which chunks of ${shown(inner[uneven])} do not divide.`;
    return report(['chunk_shape', uneven], message);
  }
  if (location !== undefined && location !== 'start' && location !== 'end') {
    return report(['index_location'], `"index_location" is ${shown(location)}; it must be "start" or "end".`);
  }
  checkChain(node, [...at, 'codecs'], { type, chunkShape: inner.map(Number) });
  const shape =
    chunkShape === undefined ? undefined : [...chunkShape.map((side, axis) => side / Number(inner[axis])), 2];
  const growing = Array.isArray(indexCodecs)
    ? indexCodecs.findIndex((codec) => isJsonObject(codec) && !FIXED_SIZE.includes(extensionOf(codec)?.name ?? 'bytes'))
    : -1;
  if (growing >= 0) {
    return report(
      ['index_codecs', growing],
      'Codecs of the index must give as many bytes whatever the index holds, so that readers find it: no compressor.',
    );
  }
  checkChain(node, [...at, 'index_codecs'], { type: parseDataTypeV3('uint64'), chunkShape: shape });
  return true;
}
