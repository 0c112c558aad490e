/** What VS Code calls the button that writes a file without the rows of its short last strip. */
export function cutLabel(rows: number): string {
  return `Write Without the Last ${rows === 1 ? 'Row' : `${rows} Rows`}`;
}
