// Build step, called by esbuild.mjs and by the tests: writes the table that epsg-table.ts reads.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';

// PJ_TYPE, PJ_CATEGORY and PJ_WKT_TYPE of proj.h.
const TYPE = { crs: 8, geocentric: 10, geographic3d: 13, vertical: 14, projected: 15, compound: 16, engineering: 18 };
const CATEGORY_CRS = 3;
const WKT2_2019 = 2;
const WKT1_GDAL = 4;

/** EPSG codes above this do not fit the SHORT in which a GeoKey stands. */
const LARGEST_CODE = 65535;

/** Releases of PROJ differ in the WKT1 name of this datum ensemble, so that its WKT1 is not read back as the same datum; its WKT2 is. */
const WKT1_NAME_UNSETTLED = 'DATUM["Greenland_1996"';

/** Pieces that recur in nearly every WKT1 text, long ones first; the table writes the nth as the nth of the control characters below. */
const TOKENS = [
  'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],',
  'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],',
  'AXIS["Easting",EAST],AXIS["Northing",NORTH],',
  'AXIS["Northing",NORTH],AXIS["Easting",EAST],',
  'UNIT["metre",1,AUTHORITY["EPSG","9001"]],',
  'PROJECTION["Transverse_Mercator"],',
  'latitude_of_origin",',
  'AUTHORITY["EPSG","',
  'central_meridian",',
  'standard_parallel_',
  'false_northing",',
  'false_easting",',
  'scale_factor",',
  'PARAMETER["',
  'SPHEROID["',
  'PROJCS["',
  'GEOGCS["',
];
/** Control characters without tab and line ends, and one that stands for the entry's own AUTHORITY and the closing bracket. */
const TOKEN_CHARACTERS =
  '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u000b\u000c\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015';
const OWN_CODE = '\u0016';
const BASE = '\u0017';

/** PROJ compiled to wasm, with its database open, as the few functions that the table needs. */
async function openProj() {
  const main = createRequire(import.meta.url).resolve('proj-wasm');
  const folder = pathToFileURL(main);
  const file = (name) => readFile(new URL(name, folder));
  const { default: start } = await import(new URL('proj-emscripten.js', folder).href);
  const module = await start({
    wasmBinary: await file('proj-emscripten.wasm'),
    print: () => undefined,
    printErr: () => undefined,
  });
  module.FS.writeFile('/proj.db', await file('proj.db'));

  const call = (name, result, ...args) =>
    module.ccall(
      `proj_${name}`,
      result,
      args.map((arg) => (typeof arg === 'string' ? 'string' : 'number')),
      args,
    );
  const context = call('context_create', 'number');
  if (call('context_set_database_path', 'number', context, '/proj.db', 0, 0) !== 1)
    throw new Error('proj.db does not open.');

  const text = (value) => {
    const address = module._malloc(value.length + 1);
    module.stringToUTF8(value, address, value.length + 1);
    return address;
  };
  const pointers = (...values) => {
    const address = module._malloc(4 * values.length);
    values.forEach((value, i) => module.setValue(address + 4 * i, value, '*'));
    return address;
  };
  const wktOptions = pointers(text('MULTILINE=NO'), text('OUTPUT_AXIS=YES'), 0);
  const unitAddress = module._malloc(24);
  const open = (code) => call('create_from_database', 'number', context, 'EPSG', code, CATEGORY_CRS, 0, 0);

  return {
    version: () => call('context_get_database_metadata', 'string', context, 'EPSG.VERSION'),
    codes() {
      const list = call('get_codes_from_database', 'number', context, 'EPSG', TYPE.crs, 1);
      const codes = [];
      for (let at = list; module.getValue(at, '*') !== 0; at += 4)
        codes.push(Number(module.UTF8ToString(module.getValue(at, '*'))));
      return codes.filter((code) => code <= LARGEST_CODE).sort((a, b) => a - b);
    },
    crs: (code) => open(String(code)),
    type: (crs) => call('get_type', 'number', crs),
    code: (crs) => Number(call('get_id_code', 'string', crs, 0)),
    name: (crs) => call('get_name', 'string', crs),
    part: (crs, index) => call('crs_get_sub_crs', 'number', context, crs, index),
    demote: (crs) => call('crs_demote_to_2D', 'number', context, 0, crs),
    /** The one CRS that replaces a deprecated one; 0 where it is not deprecated or has no or several replacements. */
    replacement(crs) {
      if (call('is_deprecated', 'number', crs) === 0) return 0;
      const list = call('get_non_deprecated', 'number', context, crs);
      if (call('list_get_count', 'number', list) !== 1) return 0;
      // Opened anew by its code: the list's own object does not know whether it is deprecated itself.
      return open(call('get_id_code', 'string', call('list_get', 'number', context, list, 0), 0));
    },
    unit(crs) {
      const system = call('crs_get_coordinate_system', 'number', context, crs);
      call(
        'cs_get_axis_info',
        'number',
        context,
        system,
        0,
        0,
        0,
        0,
        unitAddress,
        unitAddress + 8,
        unitAddress + 12,
        unitAddress + 16,
      );
      const [name, authority, code] = [8, 12, 16].map((at) =>
        module.UTF8ToString(module.getValue(unitAddress + at, '*')),
      );
      return { factor: module.getValue(unitAddress, 'double'), name, authority, code };
    },
    withUnit: (crs, { name, factor, authority, code }) =>
      call('crs_alter_cs_linear_unit', 'number', context, crs, name, factor, authority, code),
    wkt2: (crs) => call('as_wkt', 'string', context, crs, WKT2_2019, wktOptions),
    /** undefined where WKT1 cannot state the CRS: PROJ throws, and this build of it lets the exception through. */
    wkt1(crs) {
      try {
        return call('as_wkt', 'string', context, crs, WKT1_GDAL, wktOptions);
      } catch {
        return undefined;
      }
    },
  };
}

/** WKT2 without what says nothing about positions: the area and purpose of a CRS, and remarks. */
function withoutUsage(wkt2) {
  return wkt2
    .replace(/,USAGE\[SCOPE\["(?:[^"]|"")*"\](?:,AREA\["(?:[^"]|"")*"\])?(?:,BBOX\[[^\]]*\])?\]/gu, '')
    .replace(/,REMARK\["(?:[^"]|"")*"\]/gu, '');
}

/** WKT1, which most readers know, where it states the CRS fully; else WKT2. */
function wkt(proj, crs) {
  const wkt1 = proj.wkt1(crs);
  return wkt1 === undefined || wkt1.includes(WKT1_NAME_UNSETTLED) ? withoutUsage(proj.wkt2(crs)) : wkt1;
}

/** A geographic CRS as GDAL reads it from GeoKeys: latitude first whatever the database says, and then no longer under its code. */
function latitudeFirst(text, code) {
  const longitudeFirst = 'AXIS["Longitude",EAST],AXIS["Latitude",NORTH]';
  if (!text.includes(longitudeFirst)) return text;
  return text
    .replace(longitudeFirst, 'AXIS["Latitude",NORTH],AXIS["Longitude",EAST]')
    .replace(`,AUTHORITY["EPSG","${code}"]]`, ']');
}

/**
 * What the table holds for a code, so that a reader comes to the CRS that GDAL makes of a GeoTIFF with this code: `>n` for
 * a deprecated code that it reads as code n, `&h,v,name` for a compound of codes h and v, else WKT.
 */
function entry(proj, code) {
  const crs = proj.crs(code);
  const type = proj.type(crs);
  if (type === TYPE.engineering) return undefined;
  if (type === TYPE.compound) {
    const replaced = proj.replacement(crs);
    if (replaced !== 0) return `>${proj.code(replaced)}`;
    return `&${proj.code(proj.part(crs, 0))},${proj.code(proj.part(crs, 1))},${proj.name(crs)}`;
  }
  if (type === TYPE.projected) {
    const replaced = proj.replacement(crs);
    if (replaced === 0) return wkt(proj, crs);
    const unit = proj.unit(crs);
    // GDAL keeps the linear unit that the deprecated code had, and does not follow a replacement that is replaced itself.
    if (proj.unit(replaced).factor !== unit.factor) return wkt(proj, proj.withUnit(replaced, unit));
    return proj.replacement(replaced) === 0 ? `>${proj.code(replaced)}` : wkt(proj, replaced);
  }
  if (type === TYPE.geographic3d) {
    // GDAL keeps the height of a dynamic datum or a datum ensemble and drops that of others.
    const full = withoutUsage(proj.wkt2(crs));
    return /DYNAMIC\[|ENSEMBLE\[/u.test(full) ? full : latitudeFirst(wkt(proj, proj.demote(crs)), code);
  }
  return latitudeFirst(wkt(proj, crs), code);
}

/** The base CRS inside a projected one, from `GEOGCS[` to its closing bracket; undefined where there is none. */
function baseOf(text) {
  const start = text.startsWith('PROJCS[') ? text.indexOf('GEOGCS[') : -1;
  if (start < 0) return undefined;
  for (let at = start + 'GEOGCS'.length, depth = 0; at < text.length; at += 1) {
    if (text[at] === '[') depth += 1;
    else if (text[at] === ']') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

const shorten = (text) => TOKENS.reduce((short, token, i) => short.replaceAll(token, TOKEN_CHARACTERS[i]), text);

/**
 * The EPSG table as `dist/assets/epsg.bin`: raw deflate of UTF-8 lines. The first line is JSON, `{version, tokens, bases}`, then
 * come that many lines of base CRSs, then one line for each code: its difference to the code before, a tab, and its entry.
 * @returns {Promise<Uint8Array>}
 */
export async function buildEpsgTable() {
  const proj = await openProj();
  const bases = new Map();
  const lines = [];
  let previous = 0;
  for (const code of proj.codes()) {
    let text = entry(proj, code);
    if (text === undefined) continue;
    const base = baseOf(text);
    if (base !== undefined) {
      if (!bases.has(base)) bases.set(base, bases.size);
      text = text.replace(base, `${BASE}${bases.get(base)}${BASE}`);
    }
    lines.push(`${code - previous}\t${shorten(text.replace(`AUTHORITY["EPSG","${code}"]]`, OWN_CODE))}`);
    previous = code;
  }
  const tokens = Object.fromEntries(TOKENS.map((token, i) => [TOKEN_CHARACTERS[i], token]));
  const head = JSON.stringify({ version: proj.version(), tokens, bases: bases.size });
  return deflateRawSync([head, ...[...bases.keys()].map(shorten), ...lines].join('\n'), { level: 9, memLevel: 9 });
}
