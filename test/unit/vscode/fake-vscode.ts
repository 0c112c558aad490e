import path from 'node:path';

/**
 * A file of the fake file system; `link`: it is reached through one, as VS Code tells of the last part of a path; `size`: what it is said to
 * have, in place of its text's.
 */
export interface FakeFile {
  text?: string;
  mtime?: number;
  size?: number;
  link?: boolean;
}

class FakeUri {
  constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
  ) {}

  static parse(text: string): FakeUri {
    const [, scheme = '', authority = '', path = ''] = /^([a-z-]+):\/\/([^/]*)(\/.*)$/u.exec(text) ?? [];
    return new FakeUri(scheme, authority, decodeURIComponent(path));
  }

  static file(path: string): FakeUri {
    return new FakeUri('file', '', path);
  }

  static joinPath(uri: FakeUri, ...parts: string[]): FakeUri {
    return uri.with({ path: path.posix.join(uri.path, ...parts) });
  }

  get fsPath(): string {
    return this.path;
  }

  with({ path }: { path: string }): FakeUri {
    return new FakeUri(this.scheme, this.authority, path);
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

type Operation = 'writeFile' | 'rename' | 'delete';

/**
 * What tests set: the folders of the workspace as addresses, the files by path, which operations there is no permission for, by the path that they
 * change; and what was read.
 */
export const fake = {
  folders: [] as string[],
  trusted: true,
  files: new Map<string, FakeFile>(),
  read: [] as string[],
  forbidden: (() => false) as (operation: Operation, path: string) => boolean,
  reset(): void {
    fake.folders = [];
    fake.trusted = true;
    fake.files = new Map();
    fake.read = [];
    fake.forbidden = () => false;
  },
};

const failure = (code: string, at: string): Error => Object.assign(new Error(`${code} ${at}`), { code });

const found = ({ path: at }: FakeUri): FakeFile => {
  const file = fake.files.get(at);
  if (file === undefined) throw failure('FileNotFound', at);
  return file;
};

const allow = (operation: Operation, { path: at }: FakeUri): void => {
  if (fake.forbidden(operation, at)) throw failure('NoPermissions', at);
};

/** A file or folder with all that is below it. */
const pathsBelow = (at: string): string[] =>
  [...fake.files.keys()].filter((one) => one === at || one.startsWith(`${at}/`));

/** As much of VS Code's API as reading and writing files needs; `..` in a path is a name like any other to `getWorkspaceFolder`, as it is in VS Code. */
export const vscode = {
  FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
  Uri: FakeUri,
  l10n: {
    t: (message: string, ...args: unknown[]) =>
      message.replace(/\{(\d)\}/gu, (_, index: string) => String(args[Number(index)])),
  },
  workspace: {
    get workspaceFolders() {
      return fake.folders.map((folder) => ({ uri: FakeUri.parse(folder) }));
    },
    get isTrusted() {
      return fake.trusted;
    },
    getWorkspaceFolder: (uri: FakeUri) =>
      vscode.workspace.workspaceFolders.find((folder) => uri.toString().startsWith(`${folder.uri.toString()}/`)),
    fs: {
      stat: (uri: FakeUri) =>
        Promise.resolve().then(() => {
          const { text, mtime = 1, link = false, size = text?.length ?? 0 } = found(uri);
          return { type: (text === undefined ? 2 : 1) + (link ? 64 : 0), size, mtime, ctime: 0 };
        }),
      readFile: (uri: FakeUri) =>
        Promise.resolve().then(() => {
          fake.read.push(uri.path);
          return new TextEncoder().encode(found(uri).text);
        }),
      readDirectory: (uri: FakeUri) =>
        Promise.resolve().then(() => {
          found(uri);
          const inside = pathsBelow(uri.path).filter((one) => path.posix.dirname(one) === uri.path);
          return inside.map((one) => [path.posix.basename(one), fake.files.get(one)?.text === undefined ? 2 : 1]);
        }),
      createDirectory: (uri: FakeUri) =>
        Promise.resolve().then(() => {
          for (let at = uri.path; at !== '/' && !fake.files.has(at); at = path.posix.dirname(at))
            fake.files.set(at, {});
        }),
      writeFile: (uri: FakeUri, content: Uint8Array) =>
        Promise.resolve().then(() => {
          allow('writeFile', uri);
          fake.files.set(uri.path, { text: new TextDecoder().decode(content) });
        }),
      rename: (from: FakeUri, to: FakeUri, { overwrite = false } = {}) =>
        Promise.resolve().then(() => {
          found(from);
          allow('rename', to);
          if (fake.files.has(to.path) && !overwrite) throw failure('FileExists', to.path);
          for (const at of pathsBelow(from.path)) {
            fake.files.set(to.path + at.slice(from.path.length), fake.files.get(at) ?? {});
            fake.files.delete(at);
          }
        }),
      delete: (uri: FakeUri) =>
        Promise.resolve().then(() => {
          found(uri);
          allow('delete', uri);
          for (const at of pathsBelow(uri.path)) fake.files.delete(at);
        }),
    },
  },
};
