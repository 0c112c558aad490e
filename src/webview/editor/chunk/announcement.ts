import type { ShownChunk } from '../../editor-messages';
import { bytesInWords } from '../../../words';
import { chunkName } from '../grid/cells';
import { failureWords } from './outcomes';

/** What has come, in one sentence: "Chunk 7.0, in file, 1.6 MiB, from 12 to 2048". */
export function chunkInWords({ indices, reference, stages, outcome, drift }: ShownChunk): string {
  const size = stages[0] === undefined ? [] : [bytesInWords(stages[0].bytes)];
  const place = { absent: 'absent', inline: 'inline', range: 'in file', file: 'in file', broken: 'malformed' }[
    reference
  ];
  return [
    `Chunk ${chunkName(indices)}`,
    place,
    ...size,
    ...outcomeInWords(outcome, stages.length),
    ...(drift === null ? [] : [drift.message]),
  ].join(', ');
}

function outcomeInWords(outcome: ShownChunk['outcome'], stages: number): string[] {
  switch (outcome.kind) {
    case 'absent':
      return [`reads as the fill value ${outcome.fillValue}`];
    case 'failed':
      return [failureWords(outcome.code, stages).title];
    case 'values': {
      const { minimum, maximum } = outcome.values.statistics;
      if (outcome.allFill) return ['all fill'];
      return minimum === null || maximum === null ? [] : [`from ${minimum} to ${maximum}`];
    }
  }
}
