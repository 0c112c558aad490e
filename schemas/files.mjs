import { kerchunk } from './kerchunk.mjs';
import { zarray, zattrs, zgroup, zmetadata } from './zarr2.mjs';
import { zarrJson } from './zarr3.mjs';

/** The JSON schemas that package.json contributes, by the names of their files in `dist/schemas/`. */
export const schemas = {
  'kerchunk.schema.json': kerchunk,
  'zarray.schema.json': zarray,
  'zattrs.schema.json': zattrs,
  'zgroup.schema.json': zgroup,
  'zmetadata.schema.json': zmetadata,
  'zarr.schema.json': zarrJson,
};
