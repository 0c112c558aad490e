import { nodataAs, parseNodata } from '../generate/nodata';
import { keyBelow } from '../zarr/grid';
import { countInWords } from '../words';
import type { ZarrArray } from '../zarr/types';
import { conversionsOf } from './as-read';
import type { MatchedImage } from './source-plan';
import type { Tally } from './tally';

/**
 * Reports a fill value that is not what pixels without bytes are in the TIFF: its nodata, else 0 (gdal, GTiff driver, "Sparse files"). Of
 * arrays that convert values, and of complex ones, nothing is said.
 */
export function checkSparseFill(array: ZarrArray, { tiff, image }: MatchedImage, sparse: number, tally: Tally): void {
  const { dataType, fillValue, path } = array;
  const fill = fillValue === null ? null : Number(fillValue);
  if (sparse === 0 || conversionsOf(array).length > 0 || !'iuf'.includes(dataType.kind)) return;
  const stated = tiff.nodata === undefined ? undefined : parseNodata(tiff.nodata);
  const nodata = stated === undefined ? undefined : nodataAs(stated, dataType);
  const wanted = nodata ?? 0;
  if (fill !== null && Object.is(fill + 0, Number(wanted) + 0)) return;
  tally.add({ code: 'source/fill-value', path }, keyBelow(path, '.zarray'), () => {
    const has = fill === null ? 'null, which leaves them undefined' : String(fill);
    const of = `${image.tiled ? 'tiles' : 'strips'} without bytes`;
    return `The TIFF has ${countInWords(sparse)} ${of}, whose pixels are ${wanted} (${nodata === undefined ? 'it states no nodata that fits' : 'its nodata'}), and fill_value is ${has}.`;
  });
}
