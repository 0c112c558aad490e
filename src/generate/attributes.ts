import type { JsonObject, JsonValue } from '../json';
import type { TiffDescription } from '../tiff/types';
import { bandCount, bandTexts, isStatistic, otherItems } from './bands';
import { colourRoles } from './colour-roles';
import { colourTable } from './colour-table';
import type { Scaling } from './scaling';

/** Attributes of the data variable, apart from dimensions, fill value and grid mapping, and what is to be said about them. */
export interface VariableAttributes {
  attributes: JsonObject;
  warnings: string[];
}

/** CF scale, units, names and statistics (CF conventions, section 8.1), what the bands are of a colour, and the other GDAL items under `gdal_metadata`. */
export function variableAttributes(tiff: TiffDescription, scaling: Scaling | undefined): VariableAttributes {
  const warnings: string[] = [];
  const attributes: JsonObject = {};
  if (scaling?.uniform === true) {
    attributes.scale_factor = scaling.scales[0] ?? 1;
    attributes.add_offset = scaling.offsets[0] ?? 0;
  } else if (scaling !== undefined) {
    attributes.band_scale_factors = [...scaling.scales];
    attributes.band_add_offsets = [...scaling.offsets];
    warnings.push(
      'The bands have different scales, which one scale_factor cannot say: values are not scaled. ' +
        'They stand per band in band_scale_factors and band_add_offsets.',
    );
  }
  setPerBand(attributes, 'units', bandTexts(tiff, 'unittype'));
  setPerBand(attributes, 'long_name', bandTexts(tiff, 'description'));
  Object.assign(attributes, statistics(tiff));
  const others = otherItems(tiff);
  if (others.length > 0) attributes.gdal_metadata = gdalMetadata(tiff);
  const colorMap = tiff.levels[0]?.colorMap;
  if (colorMap !== undefined) attributes.color_table = colourTable(colorMap);
  const roles = colourRoles(tiff);
  if (roles !== undefined) setPerBand(attributes, 'color_interpretation', roles);
  return { attributes, warnings };
}

/** One text where all bands agree, a list where they differ, nothing where none has any. */
function setPerBand(attributes: JsonObject, name: string, texts: readonly (string | undefined)[]): void {
  if (texts.every((text) => text === undefined || text === '')) return;
  const [first = ''] = texts;
  attributes[name] = texts.every((text) => text === first) ? first : texts.map((text) => text ?? '');
}

function statistics(tiff: TiffDescription): JsonObject {
  const result: JsonObject = {};
  const bands = bandCount(tiff);
  for (const item of tiff.gdalItems.filter(isStatistic)) {
    const value = item.value.trim() !== '' && Number.isFinite(Number(item.value)) ? Number(item.value) : item.value;
    if (bands === 1) {
      result[item.name] = value;
    } else {
      const list = (result[item.name] ??= Array.from({ length: bands }, (): JsonValue => null));
      if (Array.isArray(list) && item.sample !== undefined && item.sample < bands) list[item.sample] = value;
    }
  }
  return result;
}

/** Items of the whole file as text, items of a band under the band's number, counted from 1; a domain stands before the name. */
function gdalMetadata(tiff: TiffDescription): JsonObject {
  // Maps, since names are whatever the file says, __proto__ too.
  const result = new Map<string, string | Map<string, string>>();
  for (const { name, value, sample, domain } of otherItems(tiff)) {
    const key = domain === undefined ? name : `${domain}:${name}`;
    if (sample === undefined) {
      result.set(key, value);
      continue;
    }
    const known = result.get(`band_${sample + 1}`);
    const band = known instanceof Map ? known : new Map<string, string>();
    result.set(`band_${sample + 1}`, band.set(key, value));
  }
  const members = Array.from(result, ([key, value]): [string, JsonValue] => [
    key,
    value instanceof Map ? Object.fromEntries(value) : value,
  ]);
  return Object.fromEntries(members);
}
