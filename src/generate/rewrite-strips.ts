import { sleep } from '../bytes/cancel';
import { decodeChunk } from '../codecs/decode';
import { encodeChunk } from '../codecs/encode';
import type { DecodedChunk } from '../codecs/types';
import { KerchunkError } from '../errors';
import { encodeBase64 } from '../zarr/base64';
import { chunkKey } from '../zarr/grid';
import { parseZarrayV2 } from '../zarr/v2';
import type { ZarrArray } from '../zarr/types';
import { codecsOf, SHORT_STRIP } from './codecs-of';
import type { PlacedChunk } from './layout';
import type { StoredStrip } from './last-strip';
import { type Level, levelMetadata } from './level';
import { lastStripRefusal } from './short-strip';
import { lastStrips, MAX_TEXT, MAX_TEXTS, tooMuchText } from './strip-obstacle';
import type { RewrittenStrips } from './types';

/** Milliseconds of work after which others have their turn. */
const PAUSE_AFTER = 50;

/** Strips as they were written anew: the value of each reference, by the name of the chunk in its array. */
export interface Rewritten {
  texts: ReadonlyMap<string, string>;
  /** Undefined where all were whole, or had no bytes. */
  account: RewrittenStrips | undefined;
}

/**
 * The short last strips of a level (one of each plane) as chunks of full shape: decoded, zeros put below their rows, where no reader looks,
 * and encoded again by the chain of the array. A strip that is stored with all its rows is left where it is.
 * @param level of which obstacleOf says nothing. @param strips as readLastStrips reads them. @param name of the image, for messages.
 * @returns undefined where the level has no short last strip.
 * @throws KerchunkError `short-last-strip` where a strip does not decode, or becomes too long to be inlined;
 * `cancelled`.
 */
export async function rewriteStrips(
  level: Level,
  strips: readonly StoredStrip[],
  name: string,
  signal?: AbortSignal,
): Promise<Rewritten | undefined> {
  const { layout, stated } = level;
  const { shortStrip } = layout;
  if (shortStrip === undefined) return undefined;
  const written = arrayOf(level);
  const stored = arrayOf({ ...level, codecs: codecsOf(level.image, level.type, layout) });
  const bytesAt = new Map(strips.map(({ offset, bytes }) => [offset, bytes]));
  const texts = new Map<string, string>();
  let storedBytes = 0;
  let inlineBytes = 0;
  let paused = performance.now();
  for (const place of lastStrips(level)) {
    // A worker hears that it is cancelled between tasks alone.
    if (performance.now() - paused > PAUSE_AFTER || signal?.aborted === true) {
      await sleep(0, signal);
      paused = performance.now();
    }
    const bytes = bytesAt.get(place.offset);
    if (bytes?.length !== place.length) throw lastStripRefusal(stated, name, 'it was not read');
    const decoded = await decodeStrip(bytes, place, stored, level, name);
    if (isWhole(decoded)) continue;
    const text = `base64:${encodeBase64(await compress(decoded, level))}`;
    inlineBytes += text.length;
    if (text.length > MAX_TEXT) throw lastStripRefusal(stated, name, tooMuchText(text.length, false));
    if (inlineBytes > MAX_TEXTS) throw lastStripRefusal(stated, name, tooMuchText(inlineBytes, true));
    storedBytes += bytes.length;
    texts.set(chunkKey(written, place.indices), text);
  }
  const { rows, axis } = shortStrip;
  const chunkRows = layout.chunkShape[axis] ?? rows;
  const account = { strips: texts.size, rows, chunkRows, storedBytes, inlineBytes };
  return { texts, account: texts.size === 0 ? undefined : account };
}

function arrayOf(level: Level): ZarrArray {
  return parseZarrayV2('', levelMetadata(level, null), undefined);
}

async function decodeStrip(
  bytes: Uint8Array,
  { offset, indices }: PlacedChunk,
  array: ZarrArray,
  { stated }: Level,
  name: string,
): Promise<DecodedChunk> {
  try {
    return await decodeChunk(bytes, array, indices);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    const reason = error.message.replace(/\.$/u, '');
    throw lastStripRefusal(
      stated,
      name,
      `the ${bytes.length} bytes of that strip at byte ${offset} do not decode: ${reason}`,
    );
  }
}

/** The bytes of a strip with the rows that were added, compressed as the array has it: what comes after them in the chain stays as it is. */
function compress({ stages }: DecodedChunk, { codecs }: Level): Promise<Uint8Array> {
  const data = stages.find(({ name }) => name === SHORT_STRIP)?.bytes ?? new Uint8Array();
  const compressor = codecs.compression.at(-1) ?? null;
  const bytes = {
    dtype: '|u1',
    shape: [data.length],
    chunks: [data.length],
    order: 'C',
    fill_value: null,
    zarr_format: 2,
  };
  const filters = codecs.compression.slice(0, -1);
  const array = parseZarrayV2('', { ...bytes, compressor, filters }, undefined);
  return encodeChunk({ data, shape: array.chunkShape, dataType: array.dataType }, array);
}

/** Whether the strip was stored with all rows of a chunk, so that none were added. */
function isWhole({ stages }: DecodedChunk): boolean {
  const added = stages.findIndex(({ name }) => name === SHORT_STRIP);
  return stages[added]?.bytes === stages[added - 1]?.bytes;
}
