import { KerchunkError } from '../errors';
import { picture, pictureRange } from '../picture/png';
import type { Range } from '../picture/stretch';
import { type Shard, shardOfChunk } from '../codecs/sharding';
import { readChunk, type ChunkReading } from '../read/chunk';
import { encodeNpy } from '../read/npy';
import type { ReferenceSet } from '../references/reference-set';
import { bytesInWords, plural } from '../words';
import { chunkCount, chunkIndices, parseChunkKey, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { expandSet } from './expand-glob';
import { toJson } from './json';
import { arraysInWords, chunksBetween, openReferences } from './open-references';
import { exitCodes, type Terminal } from './terminal';
import { tracedOpener } from './traced-opener';
import { describeValues, shapeInWords, statisticsLines } from './values-text';

export interface ChunkArguments {
  output?: string;
  trace: boolean;
  json: boolean;
}

/** `kerchunk chunk`: one chunk's stored values, written as .npy or .png, or their statistics. Returns the exit code. */
export async function chunk(
  terminal: Terminal,
  file: string,
  key: string,
  { output, trace, json }: ChunkArguments,
): Promise<number> {
  const format = output === undefined ? undefined : formatOf(output);
  const { opener } = tracedOpener(terminal, trace);
  const set = await openReferences(terminal, await expandSet(terminal, file), opener, (metadata) => {
    const { array, indices } = findChunk(metadata, key);
    return chunksBetween(array, indices, indices);
  });
  const { array, indices } = findChunk(set, key);
  const reading = await readChunk(set, array, indices, opener, { signal: terminal.signal });
  const nodata = array.fillValue;
  const stretch = format === 'png' ? pictureRange(reading.array, { nodata }) : undefined;
  if (output !== undefined) {
    const drawing = { nodata, ...(stretch === undefined ? {} : { range: stretch }) };
    await terminal.writeFile(output, format === 'png' ? picture(reading.array, drawing) : encodeNpy(reading.array));
  }
  const inside =
    reading.decoded === undefined ? undefined : await shardOfChunk(array, reading.decoded.stages, terminal.signal);
  const shard = inside === 'transposed' ? undefined : inside;
  const account = {
    ...describeReading(key, array, reading),
    ...(shard === undefined
      ? {}
      : { shard: describeShard(shard, shard.isStoredAsIs ? reading.request?.start : undefined) }),
    ...(stretch === undefined ? {} : { stretch }),
  };
  if (json) terminal.print(`${toJson(account)}\n`);
  else if (output === undefined) terminal.print(`${inWords(account)}\n`);
  else terminal.tell(`${key} -> ${output}${stretch === undefined ? '' : `: ${stretchInWords(stretch)}`}`);
  if (inside === 'transposed') {
    terminal.tell(
      'The chunks inside the shard are not listed: a transpose stands before it, so its axes are not those of the array.',
    );
  }
  return exitCodes.ok;
}

function formatOf(output: string): 'npy' | 'png' {
  if (/\.npy$/iu.test(output)) return 'npy';
  if (/\.png$/iu.test(output)) return 'png';
  throw new KerchunkError('invalid-argument', `-o ${output}: the name must end in .npy or .png.`);
}

function stretchInWords({ low, high }: Range): string {
  const [from, to] = [low, high].map((value) => String(Number(value.toPrecision(7))));
  return `${from ?? ''} and less are drawn darkest, ${to ?? ''} and more brightest`;
}

function findChunk(set: ReferenceSet, key: string): { array: ZarrArray; indices: number[] } {
  const bare = key.replace(/^\/+|\/+$/gu, '');
  if (set.arrayPaths().includes(bare)) {
    throw new KerchunkError(
      'invalid-argument',
      `"${key}" is an array; name one of its chunks. ${chunksInWords(set.array(bare))}`,
    );
  }
  const owners = set.arrayPaths().filter((path) => path === '' || key.startsWith(`${path}/`));
  const path = owners.sort((a, b) => b.length - a.length)[0];
  if (path === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `"${key}" belongs to no array; write array/chunk, as in red/7.0. ${arraysInWords(set)}.`,
    );
  }
  const array = set.array(path);
  const indices = parseChunkKey(array, path === '' ? key : key.slice(path.length + 1));
  if (indices === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `"${key}" is no chunk key of the array "${path}", which has ${plural(array.shape.length, 'dimension')}. ${chunksInWords(array)}`,
    );
  }
  return { array, indices };
}

/** The first and the last chunk of an array, as keys. */
function chunksInWords(array: ZarrArray): string {
  const count = chunkCount(array);
  const [first, last] = [0, count - 1].map((number) => storeKey(array, chunkIndices(array, number)));
  if (count === 0) return 'It has no chunk.';
  return count === 1 ? `It has one, ${first ?? ''}.` : `Its chunks are ${first ?? ''} to ${last ?? ''}.`;
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

/** The chunks inside a shard; `start` is where the shard begins in its file, and makes their ranges those of the file. */
function describeShard({ chunkShape, chunks }: Shard, start: number | undefined) {
  return {
    chunkShape,
    of: start === undefined ? 'the shard' : 'the file',
    chunks: chunks.map(({ indices, range }) => {
      if (range === undefined) return { indices, offset: null, length: null };
      return { indices, offset: (start ?? 0) + range.offset, length: range.length };
    }),
  };
}

/** Chunks inside a shard that are told one by one; all are in the JSON. */
const MOST_INNER = 20;

function shardLines({ chunkShape, of, chunks }: ReturnType<typeof describeShard>): string[] {
  const absent = chunks.filter(({ offset }) => offset === null).length;
  const lines = chunks.slice(0, MOST_INNER).map(({ indices, offset, length }) => {
    return `  ${indices.join('/')}: ${offset === null ? 'absent' : `bytes=${offset}-${offset + length - 1}`}`;
  });
  const more = chunks.length > MOST_INNER ? [`  and ${chunks.length - MOST_INNER} more (--json lists all)`] : [];
  const head = `a shard of ${plural(chunks.length, 'chunk')} of ${chunkShape.join(' x ')}, ${absent} absent; their bytes in ${of}:`;
  return [head, ...lines, ...more];
}

function inWords(account: ReturnType<typeof describeReading> & { shard?: ReturnType<typeof describeShard> }): string {
  const lines = [`${account.key}: ${shapeInWords(account)}`];
  if (account.reference.kind === 'absent') lines.push('absent from the references: it reads as the fill value');
  if (account.request !== undefined) lines.push(`${account.request.url} ${account.request.range}`);
  for (const stage of account.stages) {
    lines.push(`  ${stage.name}: ${bytesInWords(stage.bytes)} in ${stage.milliseconds.toFixed(1)} ms`);
  }
  if (account.shard !== undefined) lines.push(...shardLines(account.shard));
  return [...lines, ...statisticsLines(account)].join('\n');
}
