import { describe, expect, it } from 'vitest';
import { diffManifests } from '../../../src/combine/diff';
import { diffInWords } from '../../../src/combine/diff-in-words';
import { manifestOf, variable } from './sets';

/** A set of times, each in a chunk of its own. */
const timed = (days: readonly number[], chunk = 1) =>
  manifestOf({
    ...variable('time', [days.length], [chunk], ['time'], { zattrs: { units: 'days since 2022-01-01' } }),
    ...Object.fromEntries(
      Array.from({ length: Math.ceil(days.length / chunk) }, (_, at) => [
        `time/${at}`,
        String.fromCharCode(...days.slice(at * chunk, (at + 1) * chunk)),
      ]),
    ),
  });

const lines = async (before: number[], after: number[]): Promise<string[]> =>
  diffInWords(await diffManifests(timed(before), timed(after))).split('\n');

describe('values of a coordinate that differ', () => {
  // 35 and 40 days after 2022-01-01 are 5 and 10 February.
  it('are told as dates', async () => {
    expect(await lines([35, 36, 37], [35, 40, 37])).toEqual([
      '~ time',
      '    values: 1 changed, 0 added, 0 lost',
      '      changed [1]: 2022-02-06 -> 2022-02-10',
      '0 arrays lost, 0 added, 1 changed.',
    ]);
  });

  it('are added and lost along its axis', async () => {
    expect((await lines([35], [35, 40, 41, 42, 43])).slice(2, 7)).toEqual([
      '    values: 0 changed, 4 added, 0 lost',
      '      added [1]: 2022-02-10',
      '      added [2]: 2022-02-11',
      '      added [3]: 2022-02-12',
      '      and 1 more',
    ]);
    expect((await lines([35, 40], [35]))[3]).toBe('      lost [1]: 2022-02-10');
  });

  it('are not there where only the chunks differ', async () => {
    const found = await diffManifests(timed([35, 36]), timed([35, 36], 2));
    expect(found.changed[0]).not.toHaveProperty('values');
    expect(diffInWords(found)).toContain('chunks: [1] -> [2]');
  });
});
