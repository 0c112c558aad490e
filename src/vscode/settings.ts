import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { Preset } from '../generate/types';
import type { ReferenceWriterVersion } from '../references/types';
import { settingIds, settingsSection } from './ids';

/** How references are generated, as the settings say. */
export interface GenerateSettings {
  preset: Preset;
  /** Absent: the preset's own. */
  refsVersion?: ReferenceWriterVersion;
  /** Where local files will be published; '' for their `file:` address. */
  urlPrefix: string;
  overviews: boolean;
  coordinates: boolean;
  /** No setting: chosen for one run, where a refusal offers it. */
  lastStrip?: 'cut';
}

/**
 * The settings that hold for `scope`.
 * @throws KerchunkError `invalid-argument` for a value that the manifest does not allow, which VS Code only underlines.
 */
export function readSettings(scope: vscode.Uri | undefined): GenerateSettings {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope ?? null);
  const preset = oneOf(configuration, settingIds.preset, ['portable', 'notebook'] as const);
  const version = oneOf(configuration, settingIds.version, ['automatic', '0', '1'] as const);
  return {
    preset,
    ...(version === 'automatic' ? {} : { refsVersion: version === '0' ? 0 : 1 }),
    urlPrefix: ofType(configuration, settingIds.urlPrefix, 'string').trim(),
    overviews: ofType(configuration, settingIds.overviews, 'boolean'),
    coordinates: ofType(configuration, settingIds.coordinates, 'boolean'),
  };
}

function oneOf<T extends string>(configuration: vscode.WorkspaceConfiguration, name: string, allowed: readonly T[]): T {
  const value = configuration.get<unknown>(name);
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw wrongValue(name, value, `one of ${allowed.join(', ')}`);
  return found;
}

/** Files of one server that are read at once. @throws KerchunkError as `readSettings`. */
export function readConcurrency(scope: vscode.Uri | undefined): number {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope ?? null);
  const value = configuration.get<unknown>(settingIds.concurrency);
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 256) return Number(value);
  throw wrongValue(settingIds.concurrency, value, 'a whole number from 1 to 256');
}

interface TypesByName {
  string: string;
  boolean: boolean;
}

function ofType<Name extends keyof TypesByName>(
  configuration: vscode.WorkspaceConfiguration,
  name: string,
  type: Name,
): TypesByName[Name] {
  const value = configuration.get<TypesByName[Name]>(name);
  if (typeof value !== type || value === undefined) throw wrongValue(name, value, `a ${type}`);
  return value;
}

function wrongValue(name: string, value: unknown, expected: string): KerchunkError {
  return new KerchunkError(
    'invalid-argument',
    `The setting ${settingsSection}.${name} is ${JSON.stringify(value)}; it must be ${expected}. Correct it in the settings.`,
  );
}
