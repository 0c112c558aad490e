import { isKnownCodec, refusalReason } from '../codecs/registry';
import { isJsonObject, type JsonValue } from '../json';
import type { DataType } from '../zarr/types';
import { codecIdV3 } from '../zarr/v3-codecs';
import type { Extension } from '../zarr/v3-extension';
import { checkCodecConfig } from './zarr3-codec-config';
import { checkExtension, points, valueAt } from './zarr3-extension';
import { checkFilterMemory } from './zarr3-filter-memory';
import { type CodecKind, codecHome, isExtensionName, likelyCodec } from './zarr3-known';
import { type Place, shown, type Zarr3Node } from './zarr3-node';
import { checkSharding } from './zarr3-sharding';

/** The array that a chain encodes, as far as it is known. */
export interface Encoded {
  type: DataType | undefined;
  /** Shape of what is encoded at once: a chunk, or one of those in a shard. */
  chunkShape: readonly number[] | undefined;
}

/** A codec of a chain, and where it stands. */
export interface PlacedCodec extends Extension {
  place: Place;
  kind: CodecKind;
}

/**
 * Rules of a codec chain (zarr v3, "Codecs"): any number of codecs from array to array, exactly one from array to bytes, any number from
 * bytes to bytes, each known and with a configuration that it has. `place` is that of the list. Inside of a shard the chains have the same
 * rules.
 */
export function checkCodecs(node: Zarr3Node, place: Place, encoded: Encoded): void {
  const codecs = valueAt(node.document, place);
  if (codecs === undefined) return;
  if (!Array.isArray(codecs)) {
    node.report('zarr3/codecs-order', place, `"codecs" is ${shown(codecs)}; it must be a list of codecs.`);
    return;
  }
  const chain = codecs.map((_, index) => checkCodec(node, [...place, index]));
  const known = chain.filter((codec) => codec !== undefined);
  if (known.length < chain.length) return;
  if (!checkOrder(node, place, known)) return;
  let sound = true;
  for (const codec of known) {
    // What is wrong with a name alone has been said.
    if (typeof valueAt(node.document, codec.place) === 'string') {
      sound = false;
      continue;
    }
    const isSound =
      codec.name === 'sharding_indexed'
        ? checkSharding(node, codec, encoded, checkCodecs)
        : checkCodecConfig(node, codec, encoded);
    if (isSound) noteUndecoded(node, codec);
    else sound = false;
  }
  if (sound) checkFilterMemory(node, known, encoded);
}

/** Rules of one codec by itself. Returns it where it is known what it does. */
function checkCodec(node: Zarr3Node, place: Place): PlacedCodec | undefined {
  const extension = checkExtension(node, place, points.codec);
  if (extension === undefined) return undefined;
  const { name } = extension;
  const at = nameAt(node, place);
  const home = codecHome(name);
  if (home === undefined) {
    const likely = likelyCodec(name);
    const hint = likely === undefined ? '' : ` Write "${likely}".`;
    const message = `No package that is known registers the codec "${name}" for zarr v3; readers cannot decode the array's chunks.${hint}`;
    node.report('zarr3/codec-unknown', at, message);
    return undefined;
  }
  if (home.home === 'registry') {
    const message = `zarr-python 3.1 does not have the codec "${name}" and fails on the array.`;
    node.report('zarr3/extension-unsupported', at, message);
    return undefined;
  }
  const json = valueAt(node.document, place);
  if (isJsonObject(json) && json.must_understand === false) {
    const message =
      '"must_understand" of a codec came with version 3.1 of the specification; earlier readers fail on it.';
    node.report('zarr3/must-understand', [...place, 'must_understand'], message, 'info');
  }
  if (!isExtensionName(name)) {
    const message =
      `The name "${name}" has capital letters, which names of codecs must not have. zarr-python reads it where the package virtual-tiff is ` +
      'installed.';
    node.report('zarr3/name', at, message);
  }
  return { ...extension, place, kind: home.kind };
}

/** Says of a codec that it is not decoded here. */
function noteUndecoded(node: Zarr3Node, { name, place }: PlacedCodec): void {
  const id = codecIdV3(name);
  if (isKnownCodec(id)) return;
  const reason = refusalReason(id);
  const why = reason === undefined ? '' : `: ${reason}`;
  const message = `The codec "${name}" is not decoded here${why}.`;
  node.report('zarr3/codec-not-decoded-here', nameAt(node, place), message);
}

/** Place of the name of the codec at a place. */
function nameAt(node: Zarr3Node, place: Place): Place {
  const codec: JsonValue | undefined = valueAt(node.document, place);
  return typeof codec === 'string' ? place : [...place, 'name'];
}

function checkOrder(node: Zarr3Node, place: Place, chain: readonly PlacedCodec[]): boolean {
  const kinds = chain.map(({ kind }) => kind);
  // A codec of images makes bytes of the array where no other does.
  if (!kinds.includes('array-bytes') && kinds.includes('image')) kinds[kinds.indexOf('image')] = 'array-bytes';
  const fault = faultOfOrder(chain, kinds);
  if (fault === undefined) return true;
  node.report('zarr3/codecs-order', fault.codec?.place ?? place, fault.message);
  return false;
}

function faultOfOrder(
  chain: readonly PlacedCodec[],
  kinds: readonly CodecKind[],
): { codec?: PlacedCodec; message: string } | undefined {
  const serializer = kinds.indexOf('array-bytes');
  if (serializer < 0) {
    return {
      message:
        'No codec makes bytes of the array; put {"name": "bytes", "configuration": {"endian": "little"}} between filters and compressors.',
    };
  }
  const name = chain[serializer]?.name ?? '';
  for (const [index, codec] of chain.entries()) {
    const kind = kinds[index];
    if (index > serializer && kind === 'array-bytes') {
      return {
        codec,
        message: `"${codec.name}" is a second codec that makes bytes of the array, beside "${name}"; keep one.`,
      };
    }
    if (index > serializer && kind === 'array-array') {
      return {
        codec,
        message: `"${codec.name}" changes an array, but "${name}" before it has made bytes of it; put it before "${name}".`,
      };
    }
    if (index < serializer && kind !== 'array-array') {
      return {
        codec,
        message: `"${codec.name}" changes bytes, but only "${name}" after it makes bytes of the array; put it behind "${name}".`,
      };
    }
  }
  return undefined;
}
