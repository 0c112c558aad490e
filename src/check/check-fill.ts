import { sameNumber } from '../generate/fill-value';
import { sparsePixel } from '../generate/sparse-pixel';
import { metadataKey } from '../zarr/grid';
import { countInWords } from '../words';
import type { ZarrArray } from '../zarr/types';
import { conversionsOf } from './as-read';
import type { MatchedImage } from './source-plan';
import type { Tally } from './tally';

/**
 * Reports a fill value that is not what pixels without bytes are in the TIFF: what GDAL makes of the image's own nodata, else 0. Of arrays
 * that convert values, and of complex ones, nothing is said.
 */
export function checkSparseFill(array: ZarrArray, { image }: MatchedImage, sparse: number, tally: Tally): void {
  const { dataType, fillValue, path } = array;
  const fill = fillValue === null ? null : Number(fillValue);
  if (sparse === 0 || conversionsOf(array).length > 0 || !'iuf'.includes(dataType.kind)) return;
  const wanted = sparsePixel(image.nodata, dataType);
  if (fill !== null && sameNumber(fill, Number(wanted))) return;
  tally.add({ code: 'source/fill-value', path }, metadataKey(array), () => {
    const has = fill === null ? 'null, which leaves them undefined' : String(fill);
    const of = `${image.tiled ? 'tiles' : 'strips'} without bytes`;
    return `The TIFF has ${countInWords(sparse)} ${of}, whose pixels are ${wanted} (${image.nodata === undefined ? 'it states no nodata' : image.nodata === String(wanted) ? 'its nodata' : `of its nodata ${image.nodata}`}), and fill_value is ${has}.`;
  });
}
