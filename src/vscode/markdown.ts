/** Plain text as Markdown that shows it as it is, on one line: nothing in it is markup, an address or an entity. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()#+\-.!|<>~$^=&@:]/gu, '\\$&');
}

/** Text as Markdown in the font of code, on one line. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/u.test(line) ? ' ' : '';
  return line.trim() === '' ? '' : `${fence}${space}${line}${space}${fence}`;
}

/** A link that runs a command with arguments, all of which are JSON. */
export function commandLink(label: string, command: string, args: readonly unknown[] = []): string {
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args))}`;
  // Parentheses would end the address.
  const address = `command:${command}${query}`.replace(/[()]/gu, (sign) => (sign === '(' ? '%28' : '%29'));
  return `[${escapeMarkdown(label)}](${address})`;
}
