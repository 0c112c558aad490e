import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { SampleFormat, TiffDescription, TiffImage } from '../../../src/tiff/types';

export const fixtures = path.resolve(import.meta.dirname, '../../fixtures/tiff');

/** A table as test/fixtures/tiff/make.py keeps it: count, sum, and the sum of place (from 1) times value. */
type Digest = [count: number, sum: number, weighted: string];

interface ImageFacts {
  width: number;
  height: number;
  tiled: boolean;
  chunkWidth: number;
  chunkHeight: number;
  samplesPerPixel: number;
  /** One number stands for all samples. */
  bitsPerSample: number[];
  sampleFormat: number[];
  planar: boolean;
  compression: number;
  predictor: number;
  fillOrder: number;
  photometric: number | null;
  extraSamples: number[];
  chromaSubsampling: [number, number] | null;
  lercParameters: number[] | null;
  jpegTables: number | null;
  colorMap: Digest | null;
  subIfds: number | null;
  subfileType: number;
  offsets: Digest | null;
  lengths: Digest | null;
}

interface GdalFacts {
  /** The identity where the file states none. */
  transform: [number, number, number, number, number, number];
  groundControlPoints: number;
  point: boolean;
  nodata: string | null;
  scales: number[];
  offsets: number[];
  units: (string | null)[];
  descriptions: (string | null)[];
  tags: Record<string, string>;
  bandTags: Record<string, string>;
}

export interface FileFacts {
  byteOrder: 'little' | 'big';
  bigTiff: boolean;
  images: ImageFacts[];
  /** Null where GDAL does not open the file. */
  gdal: GdalFacts | null;
}

/** The facts that tifffile and rasterio told of each file, by file name. */
export function readFacts(name: string): Map<string, FileFacts> {
  const json = JSON.parse(readFileSync(path.join(fixtures, name), 'utf8')) as Record<string, FileFacts>;
  return new Map(Object.entries(json));
}

const FORMATS: Record<SampleFormat, number> = {
  unsigned: 1,
  signed: 2,
  float: 3,
  void: 4,
  'complex-signed': 5,
  'complex-float': 6,
};

function digest(values: ArrayLike<number>): Digest {
  const list = Array.from(values);
  const weighted = list.reduce((sum, value, place) => sum + BigInt(place + 1) * BigInt(value), 0n);
  return [list.length, list.reduce((sum, value) => sum + value, 0), weighted.toString()];
}

function uniform(values: readonly number[]): number[] {
  return new Set(values).size === 1 ? values.slice(0, 1) : [...values];
}

/** An image in the form of its facts; a photometric interpretation that the file does not state is null there. */
function factsOf(image: TiffImage, stated: ImageFacts): ImageFacts {
  return {
    width: image.width,
    height: image.height,
    tiled: image.tiled,
    chunkWidth: image.chunkWidth,
    chunkHeight: image.chunkHeight,
    samplesPerPixel: image.samplesPerPixel,
    bitsPerSample: uniform(image.bitsPerSample),
    sampleFormat: uniform(image.sampleFormat.map((format) => FORMATS[format])),
    planar: image.planar,
    compression: image.compression,
    predictor: image.predictor,
    fillOrder: image.fillOrder,
    photometric: stated.photometric === null && image.photometric === 1 ? null : image.photometric,
    extraSamples: [...image.extraSamples],
    chromaSubsampling: image.chromaSubsampling === undefined ? null : [...image.chromaSubsampling],
    lercParameters: image.lercParameters === undefined ? null : [...image.lercParameters],
    jpegTables: image.jpegTables?.length ?? null,
    colorMap: image.colorMap === undefined ? null : digest(image.colorMap),
    subIfds: image.subIfds ?? null,
    subfileType: image.subfileType,
    offsets: digest(image.offsets),
    lengths: digest(image.lengths),
  };
}

/** Compares containers, layouts and chunk tables with tifffile, georeferencing with rasterio: equal to the last bit. */
export function expectFacts(description: TiffDescription, facts: FileFacts): void {
  expect(description.byteOrder).toBe(facts.byteOrder);
  expect(description.bigTiff).toBe(facts.bigTiff);
  const chain = description.images.filter(({ subIfd }) => subIfd === undefined);
  expect(chain).toHaveLength(facts.images.length);
  facts.images.forEach((expected, index) => {
    const image = chain[index];
    expect(image === undefined ? undefined : factsOf(image, expected)).toEqual(expected);
  });
  const { gdal } = facts;
  if (gdal === null) return;
  const { transform, groundControlPoints, rasterType } = description.georeferencing;
  expect(transform ?? [0, 1, 0, 0, 0, 1]).toEqual(gdal.transform);
  expect(groundControlPoints).toBe(gdal.groundControlPoints);
  expect(rasterType === 'point').toBe(gdal.point);
}
