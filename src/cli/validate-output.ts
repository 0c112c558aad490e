import { pathToFileUrl } from '../bytes/file-url';
import { TextPositions } from '../references/position';
import type { FileResult } from './file-result';
import { githubCommands } from './findings-github';
import { type ArtifactAddress, SarifLog } from './findings-sarif';
import { findingsInWords } from './findings-text';
import { toJson } from './json';
import { isInRecordFile } from './place-text';
import type { Terminal } from './terminal';

/** The form in which `validate` prints what it finds. */
export type OutputForm = 'text' | 'json' | 'sarif' | 'github';

/** Takes what was found, file by file, and prints it: at once, or all together at the end. */
export interface FindingsOutput {
  /** `text` is that of the file; undefined where it could not be read. */
  add(result: FileResult, text: Uint8Array | undefined): void;
  end(): void;
}

/** `version` is that of the program. */
export function findingsOutput(form: OutputForm, terminal: Terminal, version: string): FindingsOutput {
  const print = (text: string): void => {
    terminal.print(`${text}\n`);
  };
  switch (form) {
    case 'text':
      return {
        add: (result) => {
          print(findingsInWords(result));
        },
        end: () => undefined,
      };
    case 'github':
      return {
        add: (result, text = new Uint8Array(0)) => {
          const pathOf = (file: string): string => repositoryPath(terminal, file) ?? file;
          for (const line of githubCommands(result, pathOf, new TextPositions(text))) print(line);
        },
        end: () => undefined,
      };
    case 'json': {
      const results: FileResult[] = [];
      return {
        add: (result) => void results.push(result),
        end: () => {
          print(toJson(results.map(forMachines)));
        },
      };
    }
    case 'sarif': {
      const log = new SarifLog(version, `${pathToFileUrl(terminal.absolute('.'))}/`);
      return {
        add: (result, text) => {
          const positions = text === undefined ? undefined : new TextPositions(text);
          log.add(result, (file) => artifactAddress(terminal, file), positions);
        },
        end: () => {
          print(log.text());
        },
      };
    }
  }
}

function forMachines(result: FileResult): object {
  const { file, findings, counts, coverage, readers, unreadable, source, decode, reach, cost } = result;
  return {
    file,
    findings: findings.map(({ span, ...finding }) =>
      isInRecordFile(finding) ? finding : { ...finding, offset: span.offset, length: span.length },
    ),
    counts,
    coverage,
    readers,
    source,
    decode,
    reach,
    cost,
    ...(unreadable === undefined ? {} : { error: unreadable }),
  };
}

function artifactAddress(terminal: Terminal, file: string): ArtifactAddress {
  const path = repositoryPath(terminal, file);
  if (path === undefined) return { uri: pathToFileUrl(terminal.absolute(file)), isRelative: false };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), isRelative: true };
}

/** The path of a file seen from the working directory, with slashes; undefined for one that does not lie below it. */
function repositoryPath(terminal: Terminal, file: string): string | undefined {
  const [folder, path] = ['.', file].map((name) => terminal.absolute(name).replaceAll('\\', '/'));
  if (folder === undefined || path === undefined) return undefined;
  const below = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(below) ? path.slice(below.length) : undefined;
}
