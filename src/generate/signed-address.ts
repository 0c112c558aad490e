/** Query parameters that grant access: signatures of S3, Google Cloud Storage, CloudFront and Azure, and tokens. */
const GRANTING = /^(x-(amz|goog)-(signature|security-token)|signature|sig|(access_?|auth_?)?token)$/iu;

/**
 * A warning where the query of an address holds a signature or token; undefined where it does not. It names the parameter, never its
 * value.
 */
export function signedAddressWarning(address: string): string | undefined {
  const [, query] = /\?([^#]*)/u.exec(address) ?? [];
  const name = [...new URLSearchParams(query).keys()].find((key) => GRANTING.test(key));
  if (name === undefined) return undefined;
  return (
    `Every reference carries the signed address of the file, with ${name} in its query: who has the references can read the file with it, ` +
    'and they stop working when it expires. To have another address in them, give it with --url on the command line; ' +
    'in VS Code, generate from a file in a folder, with the setting kerchunk.generate.urlPrefix.'
  );
}
