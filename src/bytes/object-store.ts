import { KerchunkError } from '../errors';

/**
 * The public https address of an object in a store, or undefined where `scheme` names no store. Keys are literal text, as in fsspec,
 * and get percent-encoded here.
 * @throws KerchunkError `invalid-argument` where bucket, account or key is missing or impossible.
 */
export function objectStoreAddress(scheme: string, url: string): string | undefined {
  if (scheme === 's3' || scheme === 's3a') return s3Address(url);
  if (scheme === 'gs' || scheme === 'gcs') return googleAddress(url);
  if (scheme === 'az' || scheme === 'abfs' || scheme === 'abfss') return azureAddress(url);
  return undefined;
}

/** Virtual-hosted style; path style for names with dots, which the certificate of *.s3.amazonaws.com does not cover, or capitals. */
function s3Address(url: string): string {
  const { first: bucket, rest } = split(url, 's3://bucket/key');
  // s3fs writes the version of an object behind its key.
  const [, key = rest, version] = /^(.+)\?versionId=([^?]+)$/s.exec(rest) ?? [];
  const host = /^[a-z0-9-]+$/.test(bucket) ? `${bucket}.s3.amazonaws.com` : `s3.amazonaws.com/${bucket}`;
  const query = version === undefined ? '' : `?versionId=${encodeURIComponent(version)}`;
  return `https://${host}/${encodeKey(key, url)}${query}`;
}

function googleAddress(url: string): string {
  const { first: bucket, rest } = split(url, 'gs://bucket/key');
  return `https://storage.googleapis.com/${bucket}/${encodeKey(rest, url)}`;
}

/** `az://container@account.blob.core.windows.net/blob` or `az://account/container/blob`. */
function azureAddress(url: string): string {
  const { first, rest } = split(url, 'az://account/container/blob');
  const [container, host] = first.split('@');
  if (container !== undefined && host !== undefined) {
    const blobHost = host.replace(/\.dfs\.core\.windows\.net$/i, '.blob.core.windows.net');
    if (container === '' || !/^[a-z0-9]+(\.[a-z0-9-]+)+$/i.test(blobHost)) throw unknownAccount(url);
    return `https://${blobHost}/${encodeURIComponent(container)}/${encodeKey(rest, url)}`;
  }
  const [, inside, blob] = /^([^/]+)\/(.+)$/s.exec(rest) ?? [];
  const isAccount = /^[a-z0-9]{3,24}$/.test(first);
  const isContainer = inside !== undefined && /^(\$root|\$web|[a-z0-9-]{3,63})$/.test(inside);
  if (!isAccount || !isContainer || blob === undefined) throw unknownAccount(url);
  return `https://${first}.blob.core.windows.net/${encodeURIComponent(inside)}/${encodeKey(blob, url)}`;
}

function unknownAccount(url: string): KerchunkError {
  return new KerchunkError(
    'invalid-argument',
    `${url} does not say which storage account it is in. Write az://container@account.blob.core.windows.net/blob, or the https address.`,
  );
}

function split(url: string, form: string): { first: string; rest: string } {
  const [, first, rest] = /^[^:]+:\/\/([^/]+)\/(.+)$/s.exec(url) ?? [];
  if (first === undefined || rest === undefined || !/^[A-Za-z0-9._@-]+$/.test(first)) {
    throw new KerchunkError('invalid-argument', `${url} is no address of an object: ${form} is expected.`);
  }
  return { first, rest };
}

/** Each part between slashes percent-encoded; parts `.` and `..` can't be, since every URL parser resolves them. */
function encodeKey(key: string, url: string): string {
  const parts = key.split('/');
  try {
    if (!parts.includes('.') && !parts.includes('..')) return parts.map(encodeURIComponent).join('/');
  } catch (error) {
    throw new KerchunkError('invalid-argument', `The key of ${url} is no well-formed text.`, { cause: error });
  }
  throw new KerchunkError(
    'invalid-argument',
    `The key of ${url} has a part "." or "..", which no web address can carry.`,
  );
}
