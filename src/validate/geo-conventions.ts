import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { nodeAttributes } from '../references/node-attributes';
import type { ReferenceSet } from '../references/reference-set';
import { turns } from '../steps';
import { declares, spatialAttributes, spatialTransformOf } from '../zarr/geo-conventions';
import { keyBelow } from '../zarr/grid';
import { gridMappingName, transformNumbers } from '../zarr/grid-mapping';
import { groupOf } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { attributePlace } from './readable-arrays';
import type { RuleCode } from './rules';

type Report = (code: RuleCode, path: (string | number)[], message: string) => void;

/** How far a corner may lie from where the grid mapping puts it, in pixels. */
const APART = 0.01;

/** The zarr conventions `proj:` and `spatial:` (v0.1) in the attributes of an array. */
export function checkArrayConventions(array: ZarrArray, { set, reporter }: CheckContext): void {
  const { attributes } = array;
  const report: Report = (code, path, message) => {
    const [key, inside] = attributePlace(array, ...path);
    reporter.inside(key, inside, code, message);
  };
  checkDeclared(attributes, report);
  checkProj(attributes, report);
  if (!checkSpatial(attributes, report)) return;
  const dimensions = attributes['spatial:dimensions'];
  if (!Array.isArray(dimensions)) return;
  const axes = dimensions.map((name) => array.dimensionNames?.findIndex((own) => own === name) ?? -1);
  const missing = dimensions.find((_, index) => axes[index] === -1);
  if (missing !== undefined) {
    const names = (array.dimensionNames ?? []).map((name) => shortJson(name)).join(', ');
    const message = `"spatial:dimensions" names ${shortJson(missing)}; the dimensions of the array are ${names || 'not named'}.`;
    report('attributes/spatial-convention', ['spatial:dimensions'], message);
    return;
  }
  checkShape(array, axes, report);
  checkAgainstMapping(set, array, axes, report);
}

/** The same in the attributes of groups, and `multiscales`. */
export async function checkGroupConventions({ set, reporter, signal }: CheckContext): Promise<void> {
  const giveWay = turns(signal);
  for (const path of new Set(['', ...set.groupPaths()])) {
    await giveWay();
    const attributes = nodeAttributes(set, path);
    const isV2 = set.hasMetadata(keyBelow(path, '.zattrs'));
    const report: Report = (code, inside, message) => {
      const [key, start] = isV2 ? ['.zattrs', []] : ['zarr.json', ['attributes']];
      reporter.inside(keyBelow(path, key), [...start, ...inside], code, message);
    };
    checkDeclared(attributes, report);
    checkProj(attributes, report);
    checkSpatial(attributes, report);
    checkLayout(set, path, attributes, report);
  }
}

function checkDeclared(attributes: JsonObject, report: Report): void {
  for (const name of ['proj', 'spatial'] as const) {
    const own = Object.keys(attributes).find((attribute) => attribute.startsWith(`${name}:`));
    if (own === undefined || declares(attributes, name)) continue;
    const message = `"${own}" is of the convention "${name}", which "zarr_conventions" does not name here; readers may pass it over.`;
    report('attributes/convention-undeclared', [own], message);
  }
}

function checkProj(attributes: JsonObject, report: Report): void {
  const { 'proj:code': code = null, 'proj:wkt2': wkt = null, 'proj:projjson': json = null } = attributes;
  const say = (name: string, message: string): void => {
    report('attributes/proj-convention', [name], message);
  };
  if (code !== null && (typeof code !== 'string' || !/^[^:]+:[^:]+$/u.test(code))) {
    say('proj:code', `"proj:code" is ${shortJson(code)}; it must be an authority and a code, as "EPSG:32632".`);
  }
  if (wkt !== null && (typeof wkt !== 'string' || !/^\s*[A-Z]+CRS\s*\[/u.test(wkt))) {
    const written = typeof wkt === 'string' && /^\s*(PROJCS|GEOGCS|COMPD_CS|LOCAL_CS|VERT_CS|GEOCCS)\s*\[/u.test(wkt);
    say('proj:wkt2', `"proj:wkt2" is ${written ? 'WKT 1' : shortJson(wkt)}; it must be WKT 2 (ISO 19162).`);
  }
  if (json !== null && !isJsonObject(json)) {
    say('proj:projjson', `"proj:projjson" is ${shortJson(json)}; it must be an object.`);
  }
  if (code === null && wkt === null && json === null && declares(attributes, 'proj')) {
    const message =
      'The convention "proj" is named, and none of "proj:code", "proj:wkt2" and "proj:projjson" is there.';
    say('zarr_conventions', message);
  }
}

/** Whether nothing was to be reported. */
function checkSpatial(attributes: JsonObject, report: Report): boolean {
  const { 'spatial:transform_type': type = 'affine', 'spatial:registration': registration = 'pixel' } = attributes;
  const lists: [string, number, string][] = [
    ['spatial:dimensions', 2, 'two names, that of the rows first'],
    ['spatial:shape', 2, 'two numbers of elements, that of the rows first'],
    ['spatial:bbox', 4, 'the four numbers xmin, ymin, xmax and ymax'],
    ...(type === 'affine'
      ? [
          ['spatial:transform', 6, 'the six numbers of an affine transform in the order of rasterio'] as [
            string,
            number,
            string,
          ],
        ]
      : []),
  ];
  const bad = lists.find(([name, length]) => {
    const value = attributes[name];
    return value !== undefined && !isListOf(value, length, name === 'spatial:dimensions' ? 'string' : 'number');
  });
  if (bad !== undefined) {
    const [name, , words] = bad;
    const message = `"${name}" is ${shortJson(attributes[name] ?? null)}; it must be ${words}.`;
    report('attributes/spatial-convention', [name], message);
    return false;
  }
  if (registration !== 'pixel' && registration !== 'node') {
    const message = `"spatial:registration" is ${shortJson(registration)}; it must be "pixel" or "node".`;
    report('attributes/spatial-convention', ['spatial:registration'], message);
    return false;
  }
  return true;
}

function isListOf(value: JsonValue, length: number, type: 'string' | 'number'): boolean {
  const isItem = (item: JsonValue): boolean =>
    type === 'string' ? typeof item === 'string' : typeof item === 'bigint' || Number.isFinite(item);
  return Array.isArray(value) && value.length === length && value.every(isItem);
}

function checkShape({ attributes, shape }: ZarrArray, axes: readonly number[], report: Report): void {
  const stated = attributes['spatial:shape'];
  const own = axes.map((axis) => shape[axis] ?? 0);
  if (!Array.isArray(stated) || own.every((length, index) => Number(stated[index]) === length)) return;
  const message = `"spatial:shape" is ${shortJson(stated)}; along its dimensions the array has ${own.join(' x ')} elements.`;
  report('attributes/spatial-convention', ['spatial:shape'], message);
}

/** The four corners by `spatial:transform` and by the `GeoTransform` of the grid mapping must be the same. */
function checkAgainstMapping(
  set: ReferenceSet,
  { path, attributes, shape }: ZarrArray,
  [rowAxis = 0, columnAxis = 0]: readonly number[],
  report: Report,
): void {
  const stated = spatialTransformOf(attributes);
  const mapping = keyBelow(groupOf(path), gridMappingName(attributes));
  const mapped = transformNumbers(nodeAttributes(set, mapping));
  if (stated === undefined || mapped === undefined) return;
  const box = (transform: readonly number[]): number[] => {
    const axis = (index: number) => ({ name: '', length: shape[index] ?? 0 });
    const { 'spatial:bbox': numbers } = spatialAttributes(transform, axis(rowAxis), axis(columnAxis));
    return Array.isArray(numbers) ? numbers.map(Number) : [];
  };
  const [, dx = 0, rx = 0, , ry = 0, dy = 0] = mapped;
  const pixel = Math.max(Math.abs(dx), Math.abs(rx), Math.abs(ry), Math.abs(dy));
  const other = box(mapped);
  if (box(stated).every((number, index) => Math.abs(number - (other[index] ?? 0)) <= APART * pixel)) return;
  const order = `its order is that of rasterio, ${shortJson([dx, rx, mapped[0] ?? 0, ry, dy, mapped[3] ?? 0])} here`;
  const message = `"spatial:transform" places the array elsewhere than the "GeoTransform" of "${mapping}" does; ${order}.`;
  report('attributes/spatial-convention', ['spatial:transform'], message);
}

function checkLayout(set: ReferenceSet, group: string, attributes: JsonObject, report: Report): void {
  const { multiscales } = attributes;
  // OME-NGFF has a list under the same name.
  if (!isJsonObject(multiscales) || !declares(attributes, 'multiscales')) return;
  const { layout } = multiscales;
  const say = (path: (string | number)[], message: string): void => {
    report('attributes/multiscales-convention', ['multiscales', ...path], message);
  };
  if (!Array.isArray(layout) || layout.length === 0) {
    say(layout === undefined ? [] : ['layout'], '"layout" of "multiscales" must be a list of levels, at least one.');
    return;
  }
  const there = new Set([...set.groupPaths(), ...set.arrayPaths()]);
  const assets = new Set(layout.map((level) => (isJsonObject(level) ? level.asset : undefined)));
  for (const [index, level] of layout.entries()) {
    const { asset = null, derived_from: from, transform } = isJsonObject(level) ? level : {};
    if (typeof asset !== 'string' || !there.has(keyBelow(group, asset))) {
      say(['layout', index], `Level ${index} names the asset ${shortJson(asset)}, which is no group or array here.`);
      return;
    }
    if (from !== undefined && !assets.has(from)) {
      say(['layout', index, 'derived_from'], `Level "${asset}" derives from ${shortJson(from)}, which is no level.`);
      return;
    }
    if (from !== undefined && transform === undefined) {
      say(['layout', index], `Level "${asset}" derives from ${shortJson(from)} and has no "transform".`);
      return;
    }
  }
}
