import { isAbsolutePath } from '../address-form';

/** A warning where references carry an address that is relative; undefined where it is not. */
export function relativeAddressWarning(address: string): string | undefined {
  if (isAbsolutePath(address) || /^[a-z][a-z0-9+.-]+:/iu.test(address)) return undefined;
  return (
    `The references carry "${address}", which is a relative address: Python (fsspec) looks for it from the working directory of whoever ` +
    'reads, not from the folder of the reference file. Give an absolute address, such as https://example.org/a.tif, unless that is meant.'
  );
}
