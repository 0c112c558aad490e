import type { LimitName, ReaderId } from '../../references/reader-facts';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import { type ChainFault, chainFaults } from '../codec-chain';
import { orUndefined } from './metadata-limits';
import type { Obstacles } from './obstacles';

const PYTHON: readonly ReaderId[] = ['zarr3', 'zarr2', 'xarray'];

/** What readers make of a zarr v2 array whose codecs do not connect: some fail, others take the bytes of one type for another. */
export function chainLimits(set: ReferenceSet, path: string, obstacles: Obstacles): void {
  const array = orUndefined(() => set.array(path));
  if (array?.zarrFormat !== 2) return;
  const key = keyBelow(path, '.zarray');
  for (const fault of chainFaults(array)) {
    // Objects of such arrays are looked at with the dtype.
    if (fault.kind === 'objects' && 'OV'.includes(array.dataType.kind)) continue;
    const name = limitOf(fault);
    if (name !== undefined) obstacles.inside(key, fault.step.path, name, path);
    for (const reader of misreading(fault)) obstacles.misread(reader, path);
  }
}

function limitOf({ kind, step, isFirst }: ChainFault): LimitName | undefined {
  switch (kind) {
    case 'size':
      if (!isFirst) return 'chain-size-behind';
      if (step.id === 'quantize') return 'chain-size-quantize';
      // Of a delta on the array's own elements there is a line of its own.
      return step.id === 'delta' ? undefined : 'chain-size';
    case 'class':
      return step.id === 'fixedscaleoffset' ? 'chain-class' : undefined;
    case 'image-size':
      return 'chain-size';
    case 'objects':
      return 'chain-objects';
    case 'packed-bits':
      return 'chain-packed-bits';
    case 'order':
    case 'image-order':
      return undefined;
  }
}

/** Readers that give other values than are meant; of those that lack the codec it is not told. */
function misreading({ kind, step, isFirst }: ChainFault): readonly ReaderId[] {
  // VirtualiZarr has the first filter give the elements of the array.
  const behind: readonly ReaderId[] = isFirst ? [] : ['virtualizarr'];
  if (kind === 'image-order') return PYTHON;
  if (kind === 'order') return [...PYTHON, ...behind, 'gdal', 'zarrita'];
  if (kind !== 'class') return [];
  // zarrita scales without a look at the types.
  const others: readonly ReaderId[] = step.id === 'fixedscaleoffset' ? [] : ['zarrita'];
  return [...PYTHON, ...behind, 'gdal', ...others];
}
