import { loadAsset } from '../assets';
import { KerchunkError } from '../errors';

/** The EPSG table as `epsg-table.build.mjs` writes it: an entry for each code. */
interface EpsgTable {
  tokens: Readonly<Record<string, string>>;
  bases: readonly string[];
  entries: ReadonlyMap<number, string>;
}

const OWN_CODE = '\u0016';
const BASE = '\u0017';

let table: Promise<EpsgTable> | undefined;

/**
 * The WKT of an EPSG code of a CRS, from PROJ's database: WKT1 as GDAL writes it, WKT2 where WKT1 cannot state the CRS. A deprecated code
 * gives the CRS that GDAL reads it as. Undefined where EPSG has no such CRS.
 */
export async function epsgWkt(code: number): Promise<string | undefined> {
  return wktOf(await loadTable(), code);
}

/** The WKT of the horizontal CRS in a compound one, by the code of the compound; undefined for the code of any other CRS. */
export async function epsgHorizontalPart(code: number): Promise<string | undefined> {
  const epsg = await loadTable();
  const entry = epsg.entries.get(code);
  const [, successor, horizontal] = /^(?:>(\d+)$|&(\d+),)/u.exec(entry ?? '') ?? [];
  if (successor !== undefined) return epsgHorizontalPart(Number(successor));
  return horizontal === undefined ? undefined : wktOf(epsg, Number(horizontal));
}

async function loadTable(): Promise<EpsgTable> {
  table ??= readTable();
  try {
    return await table;
  } catch (error) {
    table = undefined;
    throw error;
  }
}

function wktOf(epsg: EpsgTable, code: number): string | undefined {
  const entry = epsg.entries.get(code);
  if (entry === undefined) return undefined;
  if (entry.startsWith('>')) return wktOf(epsg, Number(entry.slice(1)));
  if (entry.startsWith('&')) {
    const [, horizontal, vertical, name = ''] = /^&(\d+),(\d+),(.*)$/su.exec(entry) ?? [];
    return compoundWkt(name, wktOf(epsg, Number(horizontal)), wktOf(epsg, Number(vertical)), code);
  }
  const [before = '', base, after = ''] = entry.split(BASE);
  const withBase = base === undefined ? before : `${before}${epsg.bases[Number(base)] ?? ''}${after}`;
  return expand(epsg, withBase).replace(OWN_CODE, `AUTHORITY["EPSG","${code}"]]`);
}

/** A horizontal and a vertical CRS as one, in WKT1 where both are, else in WKT2; undefined where one of them is missing. */
export function compoundWkt(
  name: string,
  horizontal: string | undefined,
  vertical: string | undefined,
  code?: number,
): string | undefined {
  if (horizontal === undefined || vertical === undefined) return undefined;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const isWkt1 = (wkt: string): boolean => /^(GEOGCS|PROJCS|VERT_CS|LOCAL_CS)\[/u.test(wkt);
  if (isWkt1(horizontal) !== isWkt1(vertical)) return undefined;
  if (isWkt1(horizontal)) {
    const authority = code === undefined ? '' : `,AUTHORITY["EPSG","${code}"]`;
    return `COMPD_CS[${quoted},${horizontal},${vertical}${authority}]`;
  }
  return `COMPOUNDCRS[${quoted},${horizontal},${vertical}${code === undefined ? '' : `,ID["EPSG",${code}]`}]`;
}

function expand(epsg: EpsgTable, text: string): string {
  let expanded = '';
  for (const character of text) expanded += epsg.tokens[character] ?? character;
  return expanded;
}

async function readTable(): Promise<EpsgTable> {
  const asset = await loadAsset('epsg.bin');
  const stream = new Blob([asset.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const lines = (await new Response(stream).text()).split('\n');
  const head = JSON.parse(lines[0] ?? '{}') as { tokens?: Record<string, string>; bases?: number };
  const { tokens, bases: count } = head;
  if (tokens === undefined || count === undefined) {
    throw new KerchunkError(
      'decode-failed',
      'The EPSG table that ships with this program is damaged; install it anew.',
    );
  }
  const bases = lines.slice(1, 1 + count);
  const entries = new Map<number, string>();
  let code = 0;
  for (const line of lines.slice(1 + count)) {
    const tab = line.indexOf('\t');
    code += Number(line.slice(0, tab));
    entries.set(code, line.slice(tab + 1));
  }
  return { tokens, bases, entries };
}
