/** Longer words than this break where they must: a path, a qualified name. */
const longWord = 28;

/** An address in parts, each to stand in one line: scheme and host, then what ends in a slash. */
export function urlSegments(url: string): string[] {
  return url.match(/^[a-z][a-z\d+.-]*:\/\/[^/]*\/*|[^/]*\/+|[^/]+$/giu) ?? [];
}

/** Text in parts between which a line may break: after the dots, slashes and underscores of long words. */
export function breakableParts(text: string): string[] {
  const parts: string[] = [''];
  for (const word of text.split(/(?<=\s)/u)) {
    const [first = '', ...others] = word.length > longWord ? word.split(/(?<=[._/\\])(?=\w)/u) : [word];
    parts.push(`${parts.pop() ?? ''}${first}`, ...others);
  }
  return parts;
}
