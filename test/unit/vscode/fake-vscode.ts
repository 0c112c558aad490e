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

  /** The folder of an address; nothing else is asked of it. */
  static joinPath(uri: FakeUri): FakeUri {
    return uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) || '/' });
  }

  with({ path }: { path: string }): FakeUri {
    return new FakeUri(this.scheme, this.authority, path);
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

/** What tests set: the folders of the workspace as addresses, the files by path, and what the window was asked. */
export const fake = {
  folders: [] as string[],
  trusted: true,
  files: new Map<string, FakeFile>(),
  read: [] as string[],
  reset(): void {
    fake.folders = [];
    fake.trusted = true;
    fake.files = new Map();
    fake.read = [];
  },
};

const found = ({ path }: FakeUri): FakeFile => {
  const file = fake.files.get(path);
  if (file === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'FileNotFound' });
  return file;
};

/** As much of VS Code's API as reading needs; `..` in a path is a name like any other to `getWorkspaceFolder`, as it is in VS Code. */
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
    },
  },
};
