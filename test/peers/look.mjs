// Percentiles, deviations, scales and counts of numbers as pictures compute them: each line of standard input is a JSON list of a file, its dtype, nodata
// or null, and percentiles; each line of standard output answers one.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { importSources } from '../support/import-sources.mjs';

const picture = await importSources(
  ['percentiles', 'stretch', 'look', 'statistics', 'numbers', 'histogram']
    .map((name) => `export * from './src/picture/${name}';`)
    .concat("export { parseDataType } from './src/zarr/data-type';")
    .join('\n'),
);

async function lookAt(file, dtype, nodata, percents, range) {
  const data = new Uint8Array(await readFile(file));
  const dataType = picture.parseDataType(dtype);
  const array = { dataType, shape: [data.length / dataType.itemSize], data };
  const numbers = picture.elementNumbers(array, nodata);
  const skip = picture.nodataNumber(dataType, nodata);
  const grey = (scale) => {
    const rgba = picture.paint(numbers, { colourMap: 'grey', reversed: false, scale, range }, skip);
    return [...rgba].flatMap((value, at) => (at % 4 === 0 ? [rgba[at + 3] === 0 ? -1 : value] : []));
  };
  return {
    deviation: picture.statistics(array, nodata).standardDeviation,
    percentiles: picture.percentilesOf(numbers, skip, percents),
    positive: picture.percentilesOf(numbers, skip, percents, true),
    deviations: picture.stretchOf(numbers, skip, dataType, { kind: 'deviations', count: 2 }),
    linear: grey('linear'),
    log: grey('log'),
    symlog: grey('symlog'),
    histogram: picture.histogramOver(numbers, skip, range, 'log')?.counts,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await lookAt(...JSON.parse(line))));
}
