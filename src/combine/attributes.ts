import type { JsonObject, JsonValue } from '../json';
import { sameJson } from '../same-json';
import { listInWords } from '../words';
import { attributeDifferences, type Difference } from './differences';

/**
 * Attributes without which values mean something else: they must be equal in all that is combined (CF conventions, sections 2.5, 3.1, 3.5, 4.3, 4.4,
 * 8.1, and appendix F on grid mappings; the zarr convention `proj:`).
 */
const MEANING = new Set([
  'units',
  'calendar',
  'scale_factor',
  'add_offset',
  '_FillValue',
  'missing_value',
  '_Unsigned',
  'valid_range',
  'valid_min',
  'valid_max',
  'flag_values',
  'flag_meanings',
  'flag_masks',
  'positive',
  'grid_mapping',
  'GeoTransform',
  'crs_wkt',
  'spatial_ref',
  'proj:code',
  'proj:wkt2',
  'proj:projjson',
  'azimuth_of_central_line',
  'earth_radius',
  'false_easting',
  'false_northing',
  'fixed_angle_axis',
  'geographic_crs_name',
  'geoid_name',
  'geopotential_datum_name',
  'grid_mapping_name',
  'grid_north_pole_latitude',
  'grid_north_pole_longitude',
  'horizontal_datum_name',
  'inverse_flattening',
  'latitude_of_projection_origin',
  'longitude_of_central_meridian',
  'longitude_of_prime_meridian',
  'longitude_of_projection_origin',
  'north_pole_grid_longitude',
  'perspective_point_height',
  'prime_meridian_name',
  'projected_crs_name',
  'reference_ellipsoid_name',
  'scale_factor_at_central_meridian',
  'scale_factor_at_projection_origin',
  'semi_major_axis',
  'semi_minor_axis',
  'standard_parallel',
  'straight_vertical_longitude_from_pole',
  'sweep_angle_axis',
  'towgs84',
]);

/** Differences in attributes that values depend on. */
export function differencesOfMeaning(a: JsonObject, b: JsonObject): Difference[] {
  return attributeDifferences(a, b).filter(({ property }) => MEANING.has(property.slice('attribute '.length)));
}

/** Attributes that all have, with equal values: what describes one file is not said of many. */
export function sharedAttributes(all: readonly JsonObject[]): JsonObject {
  const [first = {}, ...others] = all;
  const shared = Object.entries(first).filter(([name, value]) =>
    others.every((attributes) => Object.hasOwn(attributes, name) && sameJson(attributes[name] ?? null, value)),
  );
  return Object.fromEntries(shared);
}

/**
 * The attributes that are equal in all, as xarray's `combine_attrs="drop_conflicts"` has them: those that only some have are kept too. `tell` is
 * told which are left out.
 */
export function commonAttributes(all: readonly JsonObject[], tell: (names: string) => void): JsonObject {
  const common = new Map<string, JsonValue>();
  const conflicts = new Set<string>();
  for (const attributes of all) {
    for (const [name, value] of Object.entries(attributes)) {
      const known = common.get(name);
      if (known !== undefined && !sameJson(known, value)) conflicts.add(name);
      else common.set(name, value);
    }
  }
  for (const name of conflicts) common.delete(name);
  if (conflicts.size > 0) tell(listInWords([...conflicts].map((name) => `"${name}"`)));
  return Object.fromEntries(common);
}

/** Whether values are stored packed (CF conventions, section 8.1). */
export function isPacked({ scale_factor: scale, add_offset: offset }: JsonObject): boolean {
  return scale !== undefined || offset !== undefined;
}
