import type { WrittenCount } from '../manifest/write-json';
import { type LimitName, limits, type ReaderId, readerFacts, readerIds } from '../references/reader-facts';
import { bytesInWords, listInWords, plural } from '../words';

/** What templates and `gen` save and which readers they lose, a line each; nothing where they were not asked for. */
export function shortenedInWords({ shortened }: WrittenCount): string[] {
  if (shortened === undefined) return [];
  const { textBytes, plainBytes, templates, unused, items, generated } = shortened;
  const lines = unused.map((name) => `Template "${name}" is left out: no address begins with what it stands for.`);
  if (templates === 0 && items === 0) {
    return [...lines, 'Written without templates and gen: none would make the file smaller.'];
  }
  const what = [
    ...(templates > 0 ? [plural(templates, 'template')] : []),
    ...(items > 0 ? [`${plural(items, 'item')} of gen for ${plural(generated, 'chunk')}`] : []),
  ];
  const saved = plainBytes - textBytes;
  const size =
    saved < 0
      ? `${bytesInWords(-saved)} more than`
      : `${bytesInWords(saved)} (${Math.round((100 * saved) / plainBytes)} %) less than`;
  lines.push(`${listInWords(what)}: ${size} the ${bytesInWords(plainBytes)} of plain references.`);
  for (const reader of readerIds) {
    const reason = reasonOf(reader, templates > 0, items > 0);
    if (reason !== undefined) lines.push(`Lost: ${readerFacts[reader].name}: ${reason}.`);
  }
  return lines;
}

/** Why a reader does not read such a file as it reads plain references. */
function reasonOf(reader: ReaderId, hasTemplates: boolean, hasGen: boolean): string | undefined {
  const names: LimitName[] = [
    ...(hasTemplates ? (['templates', 'templates-used'] as const) : []),
    ...(hasGen ? (['gen', 'gen-references'] as const) : []),
  ];
  const reasons = names.flatMap((name) => {
    const reason = (limits[name] as Partial<Record<ReaderId, string>>)[reader];
    return reason === undefined ? [] : [reason];
  });
  return reasons.length === 0 ? undefined : listInWords([...new Set(reasons)]);
}
