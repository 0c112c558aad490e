import { BACKSLASH, POINT, SLASH } from './ascii';

/** Characters up to which looking at one after the other is the quickest. */
const SHORT = 256;

/**
 * Why no reader of zarr asks for a key, as a clause; undefined for a key that can be asked for. zarr joins paths from parts without
 * slashes at their ends, and has no parts that are empty, `.` or `..` (zarr v2 specification, "Logical storage paths").
 */
export function whyUnreachable(key: string): string | undefined {
  if (key.length <= SHORT && isPlainPath(key)) return undefined;
  if (key === '') return 'it is empty';
  if (key.startsWith('/')) return 'it begins with a slash';
  if (key.endsWith('/')) return 'it ends with a slash';
  if (key.includes('//')) return 'it has two slashes together';
  if (key.includes('\\')) return 'it has a backslash, which zarr turns into a slash';
  const part = /(?:^|\/)(\.{1,2})(?:\/|$)/u.exec(key)?.[1];
  return part === undefined ? undefined : `a part of it is "${part}"`;
}

/** Whether each part of a key begins with something else than a slash or a point, and there is no backslash: a million keys are looked at so. */
function isPlainPath(key: string): boolean {
  let before = SLASH;
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    if (code === BACKSLASH || (before === SLASH && (code === SLASH || code === POINT))) return false;
    before = code;
  }
  return before !== SLASH;
}
