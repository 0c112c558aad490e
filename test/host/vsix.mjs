import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import JSZip from 'jszip';
import { run } from './commands.mjs';
import { cache, root, unpackedExtension, vsixFile } from './paths.mjs';

/** The published package may be this large. */
const MOST_BYTES = 4_000_000;

/** What a package holds beside what runs: vsce's own two files and the texts the marketplace shows. */
const TEXTS = [
  /^\[Content_Types\]\.xml$/u,
  /^extension\.vsixmanifest$/u,
  /^extension\/package(?:\.nls(?:\.[\w-]+)?)?\.json$/u,
  /^extension\/l10n\/bundle\.l10n\.[\w-]+\.json$/u,
  /^extension\/(?:readme\.md|changelog\.md|license(?:\.txt|\.md)?)$/iu,
];

/**
 * Builds for production, makes the VSIX, checks what it holds and unpacks it into `.vscode-test/unpacked/extension`.
 *
 * @returns {Promise<{ bytes: number, files: readonly { name: string, bytes: number }[] }>} sizes as packed and as unpacked
 * @throws {Error} listing what is wrong with the package
 */
export async function packageExtension() {
  await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
  await mkdir(cache, { recursive: true });
  await rm(vsixFile, { force: true });
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // The README's pictures stay relative: they are not packed, and there is no public address yet that vsce could write before them.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsixFile];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: root, capture: true }).catch((error) => {
    throw new Error(`${error.message}\n${error.output ?? ''}`);
  });
  const files = await unpack();
  const { size: bytes } = await stat(vsixFile);
  const problems = checkPackage(bytes, files);
  if (problems.length > 0)
    throw new Error(`The package is not right:\n${problems.map((text) => `  ${text}`).join('\n')}`);
  return { bytes, files: files.map(({ name, content }) => ({ name, bytes: content.length })) };
}

/**
 * @typedef {object} PackedFile
 * @property {string} name its path in the package, `extension/...`
 * @property {Buffer} content
 */

/** @returns {Promise<PackedFile[]>} every file of the VSIX, written under `.vscode-test/unpacked` */
async function unpack() {
  const target = dirname(unpackedExtension);
  await rm(target, { recursive: true, force: true });
  const archive = await JSZip.loadAsync(await readFile(vsixFile));
  const entries = Object.values(archive.files).filter((entry) => !entry.dir);
  return Promise.all(
    entries.map(async (entry) => {
      const content = await entry.async('nodebuffer');
      const path = join(target, entry.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return { name: entry.name, content };
    }),
  );
}

/**
 * A package holds what runs and no more: each file is one of the texts, or the manifest, a bundle or a style sheet names it.
 *
 * @param {number} bytes the size of the VSIX
 * @param {readonly PackedFile[]} files
 * @returns {string[]} what is wrong, nothing where all is well
 */
export function checkPackage(bytes, files) {
  const problems = [];
  if (bytes > MOST_BYTES) problems.push(`It has ${bytes} bytes; at most ${MOST_BYTES} are allowed.`);
  const manifest = textOf(files, 'extension/package.json');
  if (manifest === undefined) return [...problems, 'extension/package.json is missing.'];
  const present = new Set(files.map(({ name }) => name));
  for (const path of namedFiles(JSON.parse(manifest))) {
    const name = posix.join('extension', path);
    if (!present.has(name)) problems.push(`${name} is named in package.json and missing.`);
  }
  const naming = files.filter(({ name }) => name === 'extension/package.json' || /\.(?:js|css)$/u.test(name));
  for (const { name } of files) {
    if (TEXTS.some((pattern) => pattern.test(name))) continue;
    const named = naming.some((file) => file.name !== name && file.content.includes(basename(name)));
    if (!named) problems.push(`${name} does not run: neither package.json nor a bundle names it.`);
  }
  return problems;
}

/**
 * @param {Record<string, unknown>} manifest
 * @returns {string[]} the files the manifest names by a path that starts with `./` or `media/`
 */
function namedFiles(manifest) {
  const paths = [];
  JSON.stringify(manifest, (key, value) => {
    // What `exports` names is of the library, which npm packs.
    if (['scripts', 'bin', 'exports', 'devDependencies'].includes(key)) return undefined;
    if (typeof value === 'string' && /^(?:\.\/|media\/)\S+\.\w+$/u.test(value)) paths.push(value);
    return value;
  });
  return paths;
}

/**
 * @param {readonly PackedFile[]} files
 * @param {string} name
 */
function textOf(files, name) {
  return files.find((file) => file.name === name)?.content.toString('utf8');
}

/** @param {Awaited<ReturnType<typeof packageExtension>>} made */
export function describePackage({ bytes, files }) {
  const lines = files.map((file) => `  ${`${file.bytes}`.padStart(9)}  ${file.name}`);
  return [`${vsixFile}: ${bytes} bytes, ${files.length} files`, ...lines].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(describePackage(await packageExtension()));
