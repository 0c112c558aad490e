import { displayAddress } from '../bytes/address';
import type { GenerateAccount } from './types';

/**
 * The account of a file whose server answers a request for a range with the whole file: its headers could be read, being taken from a
 * whole small file, but readers fetch every chunk by its range and take what comes for the chunk.
 */
export function withoutRanges<Account extends Pick<GenerateAccount, 'readers' | 'warnings'>>(
  account: Account,
  address: string,
): Account {
  const warning =
    `The server of ${displayAddress(address)} does not support byte ranges: readers that fetch chunks by range fail, or take the whole ` +
    'file for each chunk. Serve the file from one that does, such as nginx, Apache or an object store.';
  const reason = 'it fetches chunks by range, and the server sends the whole file instead';
  return {
    ...account,
    readers: account.readers.map((verdict) =>
      verdict.opens ? { reader: verdict.reader, opens: false, reason } : verdict,
    ),
    warnings: [warning, ...account.warnings],
  };
}
