/** What a STAC item says of one file. A value that it does not state is absent. */
export interface StatedFacts {
  /** How messages name the place: `item S2A_T32TQM, asset red`. */
  place: string;
  epsg?: number;
  /** GDAL order [x0, dx, rx, y0, ry, dy] of the image of the size `shape`, rows first. */
  transform?: readonly [number, number, number, number, number, number];
  shape?: readonly [number, number];
  /** In the order of the file's bands. */
  bands: readonly StatedBand[];
}

/** What STAC says of one band: value = stored * scale + offset. `nodata` as GDAL_NODATA writes it. */
export interface StatedBand {
  scale?: number;
  offset?: number;
  nodata?: string;
  unit?: string;
  name?: string;
  commonName?: string;
}
