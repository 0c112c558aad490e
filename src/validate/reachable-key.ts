/** The key that readers ask for where one that none asks for was written: slashes for backslashes, no part that is empty or a dot. */
export function reachableKey(key: string): string {
  return key
    .split(/[\\/]/u)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
