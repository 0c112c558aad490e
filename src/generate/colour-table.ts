/**
 * ColorMap (320), all reds, greens and blues of 16 bits, as rows of red, green and blue from 0 to 255, as GDAL has them. Writers widen 8 bits by
 * 257 or by 256, and some not at all: which, the values tell (GDAL, gtiffrasterband_read.cpp; OSGeo/gdal#10310).
 */
export function colourTable(colorMap: Uint16Array): number[][] {
  const size = Math.floor(colorMap.length / 3);
  const factor = factorOf(colorMap);
  return Array.from({ length: size }, (_, index) =>
    [0, 1, 2].map((channel) => Math.floor((colorMap[channel * size + index] ?? 0) / factor)),
  );
}

function factorOf(values: Uint16Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest > 0 && largest < 256) return 1;
  const areMultiplesOf = (factor: number): boolean => values.every((value) => value % factor === 0);
  return areMultiplesOf(256) && !areMultiplesOf(257) ? 256 : 257;
}
