import type { JsonObject, JsonValue } from '../json';
import { isJsonObject } from '../json';
import { listInWords } from '../words';
import type { DataType } from '../zarr/types';
import { valueAt } from './zarr3-extension';
import type { Encoded, PlacedCodec } from './zarr3-codecs';
import { isWhole, shown, unknownMembers, type Zarr3Node } from './zarr3-node';

/** What a member of a configuration must be. */
interface Member {
  holds(value: JsonValue): boolean;
  expected: string;
  /** Whether it must be there, given the rest. */
  isNeeded(configuration: JsonObject): boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;
const CNAMES = ['lz4', 'lz4hc', 'blosclz', 'zstd', 'snappy', 'zlib'];
const SHUFFLES = ['noshuffle', 'shuffle', 'bitshuffle'];

function within(least: number, most: number, isNeeded: Member['isNeeded'] = always): Member {
  const holds = (value: JsonValue): boolean => isWhole(value, least) && value <= most;
  return { holds, expected: `an integer from ${least} to ${most}`, isNeeded };
}

function oneOf(values: readonly string[], isNeeded: Member['isNeeded'] = always): Member {
  const holds = (value: JsonValue): boolean => typeof value === 'string' && values.includes(value);
  return { holds, expected: `one of ${values.map((value) => `"${value}"`).join(', ')}`, isNeeded };
}

function anything(isNeeded: Member['isNeeded']): Member {
  return { holds: always, expected: 'there', isNeeded };
}

/** Configurations by codec: the members that each has (the codec specifications of zarr v3; numcodecs for `numcodecs.…`). */
const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, Member>>>> = {
  gzip: { level: within(0, 9) },
  zstd: {
    level: within(-131072, 22),
    checksum: { holds: (value) => typeof value === 'boolean', expected: 'true or false', isNeeded: never },
  },
  blosc: {
    cname: oneOf(CNAMES),
    clevel: within(0, 9),
    shuffle: oneOf(SHUFFLES),
    typesize: within(1, 255, ({ shuffle }) => shuffle !== 'noshuffle'),
    blocksize: within(0, 2 ** 31 - 1),
  },
  'numcodecs.delta': { dtype: anything(always), astype: anything(never) },
  'numcodecs.fixedscaleoffset': {
    offset: anything(always),
    scale: anything(always),
    dtype: anything(never),
    astype: anything(never),
  },
  'numcodecs.astype': { encode_dtype: anything(always), decode_dtype: anything(never) },
  'numcodecs.quantize': { digits: anything(always), dtype: anything(never), astype: anything(never) },
  'numcodecs.bitround': { keepbits: anything(always) },
  'numcodecs.shuffle': { elementsize: anything(never) },
  'numcodecs.zlib': { level: anything(never) },
  'numcodecs.gzip': { level: anything(never) },
  'numcodecs.bz2': { level: anything(never) },
  'numcodecs.packbits': {},
};

/** Rules of a codec's configuration, and of the types that it takes. Returns whether it is sound. */
export function checkCodecConfig(node: Zarr3Node, codec: PlacedCodec, encoded: Encoded): boolean {
  const fault = faultOf(node, codec, encoded);
  if (fault === undefined) return true;
  const { code = 'zarr3/codec-config', at = [], message, severity } = fault;
  node.report(code, [...codec.place, ...at], message, severity);
  return false;
}

interface Fault {
  code?: 'zarr3/endian' | 'zarr3/transpose' | 'zarr3/codec-type';
  /** Inside the codec. */
  at?: (string | number)[];
  message: string;
  severity?: 'warning';
}

function faultOf(node: Zarr3Node, codec: PlacedCodec, { type, chunkShape }: Encoded): Fault | undefined {
  const { name, configuration } = codec;
  if (name === 'bytes' || name.endsWith('ChunkyCodec')) return faultOfBytes(codec, type);
  if (name === 'vlen-utf8' || name === 'vlen-bytes') return faultOfVariable(codec, type);
  if (name === 'transpose') return faultOfTranspose(node, codec, chunkShape?.length);
  if (name === 'crc32c') {
    const [extra] = unknownMembers(configuration, []);
    if (extra === undefined) return undefined;
    const message = `"crc32c" has no configuration; readers pass "${extra}" over.`;
    return { at: ['configuration', extra], message, severity: 'warning' };
  }
  const json = valueAt(node.document, codec.place);
  if (name.startsWith('numcodecs.') && isJsonObject(json) && json.configuration === undefined) {
    return {
      message: `"${name}" has no configuration, without which zarr-python fails; write "configuration": {}, or what it needs.`,
    };
  }
  if (name === 'numcodecs.packbits' && type !== undefined && type.kind !== 'b') {
    const message = `"${name}" packs booleans, and the data type is "${type.v3Name ?? ''}".`;
    return { code: 'zarr3/codec-type', at: ['name'], message };
  }
  const members = Object.hasOwn(CONFIGURATIONS, name) ? CONFIGURATIONS[name] : undefined;
  return members === undefined ? undefined : faultOfMembers(codec, members);
}

function faultOfMembers(
  { name, configuration }: PlacedCodec,
  members: Readonly<Record<string, Member>>,
): Fault | undefined {
  const missing = Object.keys(members).filter(
    (member) => configuration[member] === undefined && members[member]?.isNeeded(configuration) === true,
  );
  if (missing.length > 0) {
    const names = listInWords(missing.map((member) => `"${member}"`));
    return { message: `The configuration of "${name}" has no ${names}.` };
  }
  const [extra] = unknownMembers(configuration, Object.keys(members));
  if (extra !== undefined) {
    const message = `The configuration of "${name}" has a member "${extra}", on which zarr-python fails.`;
    return { at: ['configuration', extra], message };
  }
  for (const [member, rule] of Object.entries(members)) {
    const value = configuration[member];
    if (value === undefined || rule.holds(value)) continue;
    const hint = name === 'blosc' && member === 'shuffle' ? hintOfShuffle(value) : '';
    const message = `"${member}" of "${name}" is ${shown(value)}; it must be ${rule.expected}.${hint}`;
    return { at: ['configuration', member], message };
  }
  return undefined;
}

function hintOfShuffle(value: JsonValue): string {
  const name = typeof value === 'number' ? SHUFFLES[value] : undefined;
  return name === undefined ? '' : ` ${shown(value)} is zarr v2's for "${name}".`;
}

function faultOfBytes({ name, configuration }: PlacedCodec, type: DataType | undefined): Fault | undefined {
  const [extra] = unknownMembers(configuration, ['endian']);
  if (extra !== undefined) {
    const message = `The configuration of "${name}" has a member "${extra}", on which zarr-python fails.`;
    return { at: ['configuration', extra], message };
  }
  if (type?.kind === 'O') {
    const instead = type.v3Name === 'string' ? 'vlen-utf8' : 'vlen-bytes';
    const message = `"${name}" cannot encode elements of different length; of data type "${type.v3Name ?? ''}" it must be "${instead}".`;
    return { code: 'zarr3/codec-type', at: ['name'], message };
  }
  const { endian } = configuration;
  if (endian !== undefined && endian !== 'little' && endian !== 'big') {
    return {
      code: 'zarr3/endian',
      at: ['configuration', 'endian'],
      message: `"endian" is ${shown(endian)}; it must be "little" or "big".`,
    };
  }
  // zarr-python writes no byte order for its own type of records, and reads them in that of the machine.
  if (type?.v3Name === 'structured') {
    if (endian !== 'big' || !hasByteOrder(type)) return undefined;
    const message =
      'zarr-python reads records in the byte order of the machine, which is little-endian, whatever "endian" says.';
    return { code: 'zarr3/endian', at: ['configuration', 'endian'], message };
  }
  if (endian !== undefined || type === undefined || !hasByteOrder(type)) return undefined;
  const message = `"${name}" has no "endian", which a data type of more than one byte needs; write "endian": "little" or "big".`;
  return { code: 'zarr3/endian', message };
}

/** Whether bytes of an element have an order. */
function hasByteOrder({ byteOrder, fields }: DataType): boolean {
  return byteOrder !== 'none' || fields?.some(({ type }) => hasByteOrder(type)) === true;
}

function faultOfVariable({ name }: PlacedCodec, type: DataType | undefined): Fault | undefined {
  if (type === undefined) return undefined;
  const taken = name === 'vlen-utf8' ? ['string'] : ['bytes', 'variable_length_bytes'];
  if (type.v3Name !== undefined && taken.includes(type.v3Name)) return undefined;
  const message = `"${name}" encodes the data type "${taken[0] ?? ''}" alone, and the array's is "${type.v3Name ?? ''}".`;
  return { code: 'zarr3/codec-type', at: ['name'], message };
}

function faultOfTranspose(
  node: Zarr3Node,
  { configuration, place }: PlacedCodec,
  rank: number | undefined,
): Fault | undefined {
  const { order } = configuration;
  const code = 'zarr3/transpose';
  if (order === undefined) return { code, message: '"transpose" has no "order" in its configuration.' };
  const [extra] = unknownMembers(configuration, ['order']);
  if (extra !== undefined) {
    const message = `The configuration of "transpose" has a member "${extra}", on which zarr-python fails.`;
    return { at: ['configuration', extra], message };
  }
  const at = ['configuration', 'order'];
  if (!Array.isArray(order)) {
    const hint =
      order === 'C'
        ? ' "C" changes nothing: leave the codec out.'
        : order === 'F'
          ? ' Instead of "F", write the dimensions in reverse.'
          : '';
    return { code, at, message: `"order" is ${shown(order)}; it must be a list of the dimensions.${hint}` };
  }
  const axes = new Set(order);
  const count = rank ?? order.length;
  const isPermutation =
    order.length === count &&
    axes.size === count &&
    order.every((axis) => isWhole(axis, 0) && axis < count) &&
    node.isWrittenInWhole([...place, ...at]);
  if (isPermutation) return undefined;
  const all = count < 8 ? `[${Array.from({ length: count }, (_, axis) => axis).join(', ')}]` : `0 to ${count - 1}`;
  return {
    code,
    at,
    message: `"order" is ${node.literal([...place, ...at]) ?? shown(order)}; it must hold each of ${all} once, for ${count} dimensions.`,
  };
}
