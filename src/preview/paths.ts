/** The path of the group that holds an array or group; '' for what stands at the root, and for the root itself. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The path of what is called `name` in the group at `group`. */
export function childOf(group: string, name: string): string {
  return group === '' ? name : `${group}/${name}`;
}

/** The name of an array or group in its group. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
