import { displayAddress } from '../bytes/address';

/** The last part of an address, without secrets. */
export function fileName(url: string): string {
  const shown = displayAddress(url).replace(/[?#].*$/u, '');
  return shown.slice(shown.lastIndexOf('/') + 1) || shown;
}
