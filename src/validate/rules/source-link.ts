/** The web page that the source of a rule names first; undefined where it names none. */
export function sourceLink(source: string): string | undefined {
  const page = /\(([a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^\s)]*)\)/u.exec(source)?.[1];
  if (page !== undefined) return `https://${page}`;
  const [, repository, number] = /\b([A-Za-z0-9-]+\/[A-Za-z0-9_.-]+)#(\d+)\b/u.exec(source) ?? [];
  if (repository !== undefined && number !== undefined) return `https://github.com/${repository}/issues/${number}`;
  const rfc = /\bRFC (\d+)\b/u.exec(source)?.[1];
  return rfc === undefined ? undefined : `https://www.rfc-editor.org/rfc/rfc${rfc}`;
}
