export const bundleFile: URL;
export function makeBundle(): Promise<string>;
