/**
 * A message in the language of VS Code; the English one is its key, and is written out at the call, where `npm run l10n` finds it. `{0}`
 * stands for the first value after it, and so on.
 */
export { t } from '@vscode/l10n';

/**
 * A message in whose places `{0}`, `{1}` stand parts of a page, such as keys and links. It is given no values of its own:
 * `parted(t('{0} of {1}'), range, file)`.
 */
export function parted<Part>(message: string, ...parts: readonly Part[]): (string | Part)[] {
  return message
    .split(/\{(\d+)\}/u)
    .map((piece, at) => (at % 2 === 0 ? piece : (parts[Number(piece)] ?? '')))
    .filter((piece) => piece !== '');
}
