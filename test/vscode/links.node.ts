import { symlink } from 'node:fs/promises';

/** Makes a symbolic link at `path` that leads to `target`; undefined in a host that can make none. */
export const makeLink: ((target: string, path: string) => Promise<void>) | undefined = (target, path) =>
  symlink(target, path);
