import type { ShownChunk } from '../../editor-messages';
import { chunkName } from '../grid/cells';
import { failureWords } from './outcomes';
import { t } from '../../l10n';
import { sizeInWords } from '../../counts';

/** What has come, in one sentence: "Chunk 7.0, in file, 1.6 MiB, from 12 to 2048". */
export function chunkInWords({ indices, reference, stages, outcome, drift }: ShownChunk): string {
  const size = stages[0] === undefined ? [] : [sizeInWords(stages[0].bytes)];
  const place = {
    absent: t('absent'),
    inline: t('inline'),
    range: t('in file'),
    file: t('in file'),
    broken: t('malformed'),
  }[reference];
  return [
    t('Chunk {0}', chunkName(indices)),
    place,
    ...size,
    ...outcomeInWords(outcome, stages.length),
    ...(drift === null ? [] : [drift.message]),
  ].join(', ');
}

function outcomeInWords(outcome: ShownChunk['outcome'], stages: number): string[] {
  switch (outcome.kind) {
    case 'absent':
      return [t('reads as the fill value {0}', outcome.fillValue)];
    case 'failed':
      return [failureWords(outcome.code, stages).title];
    case 'values': {
      const { minimum, maximum } = outcome.values.statistics;
      if (outcome.allFill) return [t('all fill')];
      return minimum === null || maximum === null ? [] : [t('from {0} to {1}', minimum, maximum)];
    }
  }
}
