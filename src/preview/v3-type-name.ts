import type { DataType } from '../zarr/types';

const NAMES: ReadonlyMap<DataType['kind'], string> = new Map([
  ['i', 'int'],
  ['u', 'uint'],
  ['f', 'float'],
  ['c', 'complex'],
]);

/** The name of a core data type of zarr v3 (zarr v3 core specification, "Core data types"); undefined for any other type. */
export function v3TypeName({ kind, itemSize }: Pick<DataType, 'kind' | 'itemSize'>): string | undefined {
  if (kind === 'b') return 'bool';
  const name = NAMES.get(kind);
  return name === undefined ? undefined : `${name}${8 * itemSize}`;
}
