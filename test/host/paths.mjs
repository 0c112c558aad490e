import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that is downloaded, unpacked or written while VS Code runs; never committed, safe to delete. */
export const cache = join(root, '.vscode-test');

/** VS Code's server and the Node it runs on. */
export const serverFolder = join(cache, 'server');

/** The package as it is published. */
export const vsixFile = join(cache, 'vscode-kerchunk.vsix');

/** The extension as it stands in the package: what the tests and screenshots run. */
export const unpackedExtension = join(cache, 'unpacked', 'extension');

/** Where pictures of the workbench go. */
export const screenshots = join(cache, 'screenshots');

/** The COG that the demo and the tests work with. */
export const sampleFolder = join(root, 'test', 'fixtures', 'sample');

/** Output of VS Code, by run. */
export const logs = join(cache, 'logs');
