import { describe, expect, it } from 'vitest';
import { EDITS_BEFORE } from '../../../src/combine/combining';
import type { NamedManifest } from '../../../src/combine/types';
import type { JsonValue } from '../../../src/json';
import type { ManifestEntry } from '../../../src/manifest/types';
import { concatenateManifests } from '../../../src/combine/concatenate';
import { named, refsOf, type Refs, variable } from './sets';

/** `count` steps of time from `start`, each in a chunk of two rows of data. */
function steps(name: string, start: number, count: number, more: Refs = {}) {
  const time = Array.from({ length: count }, (_, step) => start + step);
  const refs: Refs = {
    ...variable('time', [count], [count], ['time'], { zattrs: { units: 'days since 2020-01-01' } }),
    'time/0': String.fromCharCode(...time),
    ...variable('x', [4], [4], ['x']),
    'x/0': 'abcd',
    ...variable('data', [count, 4], [1, 2], ['time', 'x']),
  };
  for (let step = 0; step < count; step++) {
    for (const column of [0, 1]) refs[`data/${step}.${column}`] = [`file:///${name}`, 10 * step + column, 2];
  }
  return named(name, { ...refs, ...more });
}

describe('concatenateManifests along a new dimension', () => {
  it('puts no sets behind one another that lie at other places', async () => {
    const part = (name: string, x: string) =>
      named(name, {
        ...variable('x', [4], [4], ['x']),
        'x/0': x,
        ...variable('data', [4], [4], ['x']),
        'data/0': [`file:///${name}`, 0, 4],
      });
    await expect(concatenateManifests([part('a', 'abcd'), part('b', 'bcde')], 'time')).rejects.toThrow(
      '"x" is not the same in a and b, and sets that become steps along a new dimension "time" must lie at the same places',
    );
    const { manifest } = await concatenateManifests([part('a', 'abcd'), part('b', 'abcd')], 'time');
    expect(refsOf(manifest)['data/.zarray']).toMatchObject({ shape: [2, 4], chunks: [1, 4] });
  });
});

describe('concatenateManifests along a dimension that is there', () => {
  it('puts chunks behind one another and joins coordinates', async () => {
    const { manifest, notes } = await concatenateManifests([steps('a', 65, 2), steps('b', 67, 1)], 'time');
    const refs = refsOf(manifest);
    expect(refs['time/0']).toBe('ABC');
    expect(refs['time/.zarray']).toMatchObject({ shape: [3], chunks: [3] });
    expect(refs['x/0']).toBe('abcd');
    expect(refs['data/.zarray']).toMatchObject({ shape: [3, 4], chunks: [1, 2] });
    expect(Object.entries(refs).filter(([key]) => /^data\/\d/u.test(key))).toEqual([
      ['data/0.0', ['file:///a', 0, 2]],
      ['data/0.1', ['file:///a', 1, 2]],
      ['data/1.0', ['file:///a', 10, 2]],
      ['data/1.1', ['file:///a', 11, 2]],
      ['data/2.0', ['file:///b', 0, 2]],
      ['data/2.1', ['file:///b', 1, 2]],
    ]);
    expect(notes).toEqual([]);
  });

  it('keeps no shape or box of spatial: along its own dimensions', async () => {
    const zattrs = { 'spatial:dimensions': ['y', 'x'], 'spatial:shape': [2, 4], 'spatial:bbox': [0, 0, 4, 2] };
    const part = (name: string) =>
      named(name, { ...variable('d', [2, 4], [2, 4], ['y', 'x'], { zattrs }), 'd/0.0': [name, 0, 8] });
    const { manifest } = await concatenateManifests([part('a'), part('b')], 'y');
    expect(refsOf(manifest)['d/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['y', 'x'], 'spatial:dimensions': ['y', 'x'] });
  });

  it('keeps chunks in ascending order along an inner dimension, absent ones absent', async () => {
    const part = (name: string, entries: Refs) =>
      named(name, { ...variable('d', [3, 4], [1, 2], ['y', 'x'], { zarray: { fill_value: 0 } }), ...entries });
    const west = part('west', { 'd/0.0': ['w', 0, 2], 'd/2.1': ['w', 1, 2] });
    const east = part('east', { 'd/0.1': ['e', 0, 2], 'd/1.0': ['e', 1, 2], 'd/2.0': ['e', 2, 2] });
    const { manifest } = await concatenateManifests([west, east], 'x');
    const keys = Object.entries(refsOf(manifest)).filter(([key]) => /^d\/\d/u.test(key));
    expect(keys).toEqual([
      ['d/0.0', ['w', 0, 2]],
      ['d/0.3', ['e', 0, 2]],
      ['d/1.2', ['e', 1, 2]],
      ['d/2.1', ['w', 1, 2]],
      ['d/2.2', ['e', 2, 2]],
    ]);
  });

  it('takes a set without the dimension for one step', async () => {
    const scene = named('scene', {
      ...variable('time', [], [], [], { zattrs: { units: 'days since 2020-01-01' } }),
      'time/0': 'Z',
      ...variable('x', [4], [4], ['x']),
      'x/0': 'abcd',
      ...variable('data', [4], [2], ['x']),
      'data/0': ['file:///scene', 0, 2],
    });
    const { manifest } = await concatenateManifests([steps('a', 65, 2), scene], 'time');
    const refs = refsOf(manifest);
    expect(refs['time/0']).toBe('ABZ');
    expect(refs['data/2.0']).toEqual(['file:///scene', 0, 2]);
    expect(refs).not.toHaveProperty('data/2.1');
  });

  it('lets only the last set end within a chunk', async () => {
    const part = (name: string, length: number) =>
      named(name, { ...variable('d', [length], [2], ['x']), 'd/0': [name, 0, 2], 'd/1': [name, 2, 2] });
    const { manifest } = await concatenateManifests([part('a', 4), part('b', 3)], 'x');
    expect(refsOf(manifest)['d/.zarray']).toMatchObject({ shape: [7], chunks: [2] });
    await expect(concatenateManifests([part('b', 3), part('a', 4)], 'x')).rejects.toThrow(
      'in b it has 3 elements along "x" in chunks of 2, and what follows would begin at 3, within a chunk',
    );
  });

  it.each([
    ['data type', { zarray: { dtype: '|i1' } }, 'data type is "|u1" in a and "|i1" in b'],
    ['chunks', { chunks: [1, 4] }, 'chunks is [1, 2] in a and [1, 4] in b'],
    ['shape', { shape: [1, 6] }, 'shape is [2, 4] in a and [1, 6] in b'],
    ['fill value', { zarray: { fill_value: 7 } }, 'fill value is null in a and 7 in b'],
    ['codec', { zarray: { compressor: { id: 'zlib' } } }, 'codecs is [] in a and [{"id": "zlib"}] in b'],
    ['scale', { zattrs: { scale_factor: 0.1 } }, 'attribute scale_factor is none in a and 0.1 in b'],
    ['chunks along it', { chunks: [2, 2] }, 'chunks along "time" is 1 in a and 2 in b'],
  ])('names the %s that differs', async (_what, { shape = [1, 4], chunks = [1, 2], ...more }: Other, message) => {
    const other = steps('b', 80, 1, variable('data', shape, chunks, ['time', 'x'], more));
    await expect(concatenateManifests([steps('a', 65, 2), other], 'time')).rejects.toThrow(
      expect.objectContaining({ code: 'not-expressible', message: expect.stringContaining(message) as string }),
    );
  });

  it('names what is missing, what is not the same, and a step that is there twice', async () => {
    const without = named('b', { ...variable('data', [1, 4], [1, 2], ['time', 'x']) });
    await expect(concatenateManifests([steps('a', 65, 2), without], 'time')).rejects.toThrow('"time" is missing in b');
    const other = steps('b', 80, 1, { 'x/0': 'abce' });
    await expect(concatenateManifests([steps('a', 65, 2), other], 'time')).rejects.toThrow(
      '"x" is not the same in a and b',
    );
    await expect(concatenateManifests([steps('a', 65, 2), steps('b', 66, 1)], 'time')).rejects.toThrow(
      'Coordinate "time" would hold 2020-03-07 twice, at index 1 and 2',
    );
  });

  it('takes the fill value that one has where another, of which no chunk is absent, has none', async () => {
    const part = (fill: number | null, refs: Refs) =>
      named(`${fill}.json`, { ...variable('v', [2], [1], ['t'], { zarray: { fill_value: fill } }), ...refs });
    const whole = part(null, { 'v/0': ['u', 0, 1], 'v/1': ['u', 1, 1] });
    const gap = part(0, { 'v/1': ['u', 3, 1] });
    for (const inputs of [
      [whole, gap],
      [gap, whole],
    ]) {
      const { manifest, notes } = await concatenateManifests(inputs, 't');
      expect(refsOf(manifest)['v/.zarray']).toMatchObject({ shape: [4], fill_value: 0 });
      expect(notes).toEqual([
        '"v" has no fill value in null.json, and now that of the others, 0: xarray takes each 0 that is stored there for missing.',
      ]);
    }
    const undefinedGap = part(null, { 'v/1': ['u', 3, 1] });
    await expect(concatenateManifests([undefinedGap, gap], 't')).rejects.toThrow('fill value is null in null.json');
  });

  it('leaves out attributes that differ, and says so', async () => {
    const dated = (date: string) => ({ zattrs: { history: date, title: 'same' } });
    const a = steps('a', 65, 1, variable('data', [1, 4], [1, 2], ['time', 'x'], dated('monday')));
    const b = steps('b', 66, 1, variable('data', [1, 4], [1, 2], ['time', 'x'], dated('tuesday')));
    const { manifest, notes } = await concatenateManifests([a, b], 'time');
    expect(refsOf(manifest)['data/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['time', 'x'], title: 'same' });
    expect(notes).toEqual(['Attributes "history" of "data" differ among the sets and are left out.']);
  });

  it('leaves out attributes of variables without the dimension that differ too', async () => {
    const dated = (date: string): Refs => ({
      ...variable('x', [4], [4], ['x'], { zattrs: { history: date } }),
      'x/0': 'abcd',
    });
    const { manifest, notes } = await concatenateManifests(
      [steps('a', 65, 1, dated('monday')), steps('b', 66, 1, dated('tuesday'))],
      'time',
    );
    expect(refsOf(manifest)['x/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['x'] });
    expect(notes).toEqual(['Attributes "history" of "x" differ among the sets and are left out.']);
  });

  it('tells of references that are there twice where no coordinate tells', async () => {
    const part = (name: string, first: number, count: number): NamedManifest =>
      named(name, {
        ...variable('v', [count, 2], [1, 1], ['day', 'x']),
        ...Object.fromEntries(
          Array.from({ length: 2 * count }, (_, at) => [
            `v/${at >> 1}.${at % 2}`,
            [`d${first + (at >> 1)}`, at % 2, 1],
          ]),
        ),
      });
    const { notes } = await concatenateManifests([part('all', 1, 3), part('d3', 3, 1)], 'day');
    expect(notes).toEqual([
      '"v" of d3 has the references that all ends with: is it given twice? "day" has no coordinate that would tell.',
    ]);
    expect((await concatenateManifests([part('all', 1, 3), part('d2', 2, 1)], 'day')).notes).toEqual([]);
    expect((await concatenateManifests([part('all', 1, 3), part('d4', 4, 1)], 'day')).notes).toEqual([]);
  });

  /** A column of chunks of one step each, which are made as they are asked for; `asked` is told of each. */
  const column = (
    name: string,
    count: number,
    asked: (chunk: number) => void,
    fill: JsonValue = null,
  ): NamedManifest => {
    const zarray = { fill_value: fill };
    const { manifest } = named(name, variable('v', [count, 1], [1, 1], ['day', 'x'], { zarray }));
    const [array] = manifest.arrays;
    if (array === undefined) throw new Error('There is an array.');
    const entries = function* (): Generator<[number, ManifestEntry]> {
      for (let chunk = 0; chunk < count; chunk++) {
        asked(chunk);
        yield [chunk, { kind: 'range', url: name, offset: chunk, length: 1 }];
      }
    };
    return { name, manifest: { ...manifest, arrays: [{ ...array, entries }] } };
  };

  it('looks for references that are there twice no further than they are the same', async () => {
    let [first, second] = [0, 0];
    const sets = [column('a', 100_000, () => first++), column('b', 100_000, () => second++)];
    await concatenateManifests(sets, 'day');
    // Some passes look at the first chunk alone.
    expect([first, second].every((asked) => asked < 100)).toBe(true);
  });

  it.each([
    ['that are compared', ['a', 'a']],
    ['that are counted', ['a', 'b']],
  ])('can be cancelled among references %s', async (_, names) => {
    const count = 1_000_000;
    const controller = new AbortController();
    let last = 0;
    const asked = (chunk: number): void => {
      last = Math.max(last, chunk);
      if (chunk === 50_000) controller.abort();
    };
    // Where one has the fill value 0 and the other none, whether that one is whole is counted.
    const sets = names.map((name) => column(name, count, asked, name === 'b' ? 0 : null));
    await expect(concatenateManifests(sets, 'day', { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    // A stop comes every 16,384 rows.
    expect(last).toBeLessThan(50_000 + 2 * 16_384);
  });

  it('refuses sets whose root states another coordinate reference system', async () => {
    const set = (name: string, start: number, code: string) =>
      steps(name, start, 1, { '.zattrs': { 'proj:code': code } });
    const [north, south] = ['EPSG:32631', 'EPSG:32632'];
    await expect(concatenateManifests([set('a', 65, north), set('b', 66, south)], 'time')).rejects.toThrow(
      'The root has another proj:code in b than in a: "EPSG:32632" and "EPSG:32631".',
    );
    const { manifest } = await concatenateManifests([set('a', 65, north), set('b', 66, north)], 'time');
    expect(refsOf(manifest)['.zattrs']).toMatchObject({ 'proj:code': north });
  });

  it('does not advise to drop what says where a grid lies', async () => {
    const set = (name: string, start: number, wkt: string): NamedManifest =>
      steps(name, start, 1, variable('spatial_ref', [], [], [], { zattrs: { crs_wkt: wkt } }));
    const [a, b] = [set('a', 65, 'PROJCS["31N"]'), set('b', 66, 'PROJCS["32N"]')];
    await expect(concatenateManifests([a, b], 'time')).rejects.toThrow(
      'The sets lie on different grids: warp their files to one grid first (gdalwarp)',
    );
    const wide = variable('spatial_ref', [], [], [], {
      zarray: { dtype: '<i2' },
      zattrs: { crs_wkt: 'PROJCS["31N"]' },
    });
    await expect(concatenateManifests([a, steps('b', 66, 1, wide)], 'time')).rejects.toThrow(
      'or drop it (--drop spatial_ref).',
    );
  });

  // Tiles of two UTM zones have the same x and y; the central meridian is 3° east of every sixth (EPSG:32631 to 32632: 3° and 9°).
  it.each([
    ['crs', 'longitude_of_central_meridian', 3, 9],
    ['crs', 'spatial_ref', 'PROJCS["31N"]', 'PROJCS["32N"]'],
    ['data', 'proj:code', 'EPSG:32631', 'EPSG:32632'],
    ['data', 'prime_meridian_name', 'Greenwich', 'Paris'],
    ['x', 'positive', 'up', 'down'],
  ])('refuses sets of which "%s" has another %s', async (path, attribute, left, right) => {
    const set = (name: string, start: number, value: JsonValue): NamedManifest => {
      const zattrs = { [attribute]: value };
      const sizes = {
        crs: [[], []],
        x: [[4], ['x']],
        data: [
          [1, 4],
          ['time', 'x'],
        ],
      } as const;
      const [shape, dimensions] = sizes[path as keyof typeof sizes];
      const chunks = path === 'data' ? [1, 2] : [...shape];
      return steps(name, start, 1, {
        ...variable(path, [...shape], chunks, [...dimensions], { zattrs }),
        ...(path === 'crs' ? { 'crs/0': 'a' } : {}),
      });
    };
    await expect(concatenateManifests([set('a', 65, left), set('b', 66, right)], 'time')).rejects.toThrow(
      `attribute ${attribute}`,
    );
    expect((await concatenateManifests([set('a', 65, left), set('b', 66, left)], 'time')).notes).toEqual([]);
  });

  it('advises what the command can do', async () => {
    const without = named('b', { ...variable('data', [1, 4], [1, 2], ['time', 'x']) });
    const inputs = [steps('a', 65, 2), without];
    await expect(concatenateManifests(inputs, 'time')).rejects.toThrow('or drop it (--drop time).');
    await expect(concatenateManifests(inputs, 'time', { advice: EDITS_BEFORE })).rejects.toThrow(
      'write the sets without it first (kerchunk convert <set> -o <new set> --drop time).',
    );
    const elsewhere = (name: string, first: number): NamedManifest =>
      steps(name, first, 1, { ...variable('c', [4], [4], ['x']), 'c/0': [name, 0, 4] });
    const unlike = [elsewhere('a', 65), elsewhere('b', 66)];
    await expect(concatenateManifests(unlike, 'time')).rejects.toThrow(
      '"c" has chunks in other places in b than in a, and no dimension "time" to be concatenated along. You can rename it in one of them (--rename b:c=<name>), or drop it (--drop c).',
    );
  });
});

interface Other {
  shape?: number[];
  chunks?: number[];
  zarray?: Refs;
  zattrs?: Refs;
}

describe('concatenateManifests along a new dimension', () => {
  const scene = (name: string, filters: Refs[] | null = null) =>
    named(name, {
      ...variable('x', [4], [4], ['x']),
      'x/0': 'abcd',
      ...variable('red', [4], [2], ['x'], { zarray: { filters } }),
      'red/1': [`file:///${name}`, 8, 2],
    });

  it('gives what differs a first axis, and keeps what is the same', async () => {
    const { manifest } = await concatenateManifests([scene('a'), scene('b'), scene('c')], 'time');
    const refs = refsOf(manifest);
    expect(refs['x/.zarray']).toMatchObject({ shape: [4] });
    expect(refs['red/.zarray']).toMatchObject({ shape: [3, 4], chunks: [1, 2] });
    expect(refs['red/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['time', 'x'] });
    expect(Object.keys(refs).filter((key) => /^red\/\d/u.test(key))).toEqual(['red/0.1', 'red/1.1', 'red/2.1']);
    expect(refs['red/2.1']).toEqual(['file:///c', 8, 2]);
  });

  it('tells codecs of the shape that chunks have then', async () => {
    const delta = (axis: number) => [{ id: 'imagecodecs_delta', shape: [2], axis, dtype: '|u1', dist: 1 }];
    const { manifest } = await concatenateManifests([scene('a', delta(-1)), scene('b', delta(-1))], 'time');
    expect(refsOf(manifest)['red/.zarray']).toMatchObject({ filters: [{ shape: [1, 2], axis: -1 }] });
    const counted = await concatenateManifests([scene('a', delta(0)), scene('b', delta(0))], 'time');
    expect(refsOf(counted.manifest)['red/.zarray']).toMatchObject({ filters: [{ shape: [1, 2], axis: 1 }] });
  });

  it('refuses sets that are the same', async () => {
    await expect(concatenateManifests([scene('a'), named('b', refsOf(scene('a').manifest))], 'time')).rejects.toThrow(
      'No variable has the dimension "time", and all are the same in all sets',
    );
  });
});
