import { createOpener } from '../bytes/open';
import { KerchunkError } from '../errors';
import { picture } from '../picture/png';
import { readChunk, type ChunkReading } from '../read/chunk';
import { encodeNpy } from '../read/npy';
import type { ReferenceSet } from '../references/reference-set';
import { bytesInWords } from '../words';
import { parseChunkKey } from '../zarr/grid';
import type { NdArray, ZarrArray } from '../zarr/types';
import { toJson } from './json';
import { openReferences } from './open-references';
import { exitCodes, type Terminal } from './terminal';
import { describeValues, shapeInWords, statisticsLines } from './values-text';

/** `kerchunk chunk`: one chunk's stored values, written as .npy or .png, or their statistics. Returns the exit code. */
export async function chunk(
  terminal: Terminal,
  file: string,
  key: string,
  { output, json }: { output?: string; json: boolean },
): Promise<number> {
  const write = output === undefined ? undefined : writerFor(output);
  const { set } = await openReferences(terminal, file);
  const { array, indices } = findChunk(set, key);
  const reading = await readChunk(set, array, indices, createOpener({}), { signal: terminal.signal });
  if (output !== undefined && write !== undefined) await terminal.writeFile(output, write(reading.array, array));
  const account = describeReading(key, array, reading);
  if (json) terminal.print(`${toJson(account)}\n`);
  else if (output === undefined) terminal.print(`${inWords(account)}\n`);
  else terminal.tell(`${key} -> ${output}`);
  return exitCodes.ok;
}

function writerFor(output: string): (values: NdArray, array: ZarrArray) => Uint8Array {
  if (/\.npy$/iu.test(output)) return encodeNpy;
  if (/\.png$/iu.test(output)) return (values, array) => picture(values, { nodata: array.fillValue });
  throw new KerchunkError('invalid-argument', `-o ${output}: the name must end in .npy or .png.`);
}

function findChunk(set: ReferenceSet, key: string): { array: ZarrArray; indices: number[] } {
  const owners = set.arrayPaths().filter((path) => path === '' || key.startsWith(`${path}/`));
  const path = owners.sort((a, b) => b.length - a.length)[0];
  if (path === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `"${key}" belongs to no array of this file; write array/chunk, as in red/7.0.`,
    );
  }
  const array = set.array(path);
  const indices = parseChunkKey(array, path === '' ? key : key.slice(path.length + 1));
  if (indices === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `"${key}" is no chunk key of the array "${path}", which has ${array.shape.length} dimensions.`,
    );
  }
  return { array, indices };
}

function describeReading(key: string, array: ZarrArray, reading: ChunkReading) {
  const { reference, request } = reading;
  return {
    key,
    array: array.path,
    reference: reference.kind === 'inline' ? { kind: reference.kind, length: reference.bytes.length } : reference,
    ...(request === undefined ? {} : { request: { url: request.url, range: `bytes=${request.start}-${request.end}` } }),
    stages:
      reading.decoded?.stages.map(({ name, bytes, milliseconds }) => ({ name, bytes: bytes.length, milliseconds })) ??
      [],
    ...describeValues(reading.array, array.fillValue),
  };
}

function inWords(account: ReturnType<typeof describeReading>): string {
  const lines = [`${account.key}: ${shapeInWords(account)}`];
  if (account.reference.kind === 'absent') lines.push('absent from the references: it reads as the fill value');
  if (account.request !== undefined) lines.push(`${account.request.url} ${account.request.range}`);
  for (const stage of account.stages) {
    lines.push(`  ${stage.name}: ${bytesInWords(stage.bytes)} in ${stage.milliseconds.toFixed(1)} ms`);
  }
  return [...lines, ...statisticsLines(account)].join('\n');
}
