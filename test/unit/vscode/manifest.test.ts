import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import strings from '../../../package.nls.json';
import {
  commandIds,
  contextKeys,
  extensionId,
  linkCommandIds,
  settingIds,
  settingsSection,
  submenuId,
  viewTypes,
  walkthroughId,
  virtualScheme,
} from '../../../src/vscode/ids';
import { isReferenceName } from '../../../src/references/file-names';
import { viewTypeFor } from '../../../src/vscode/reference-names';
import { jsonLanguages } from '../../../src/vscode/languages';
import { isTiffName } from '../../../src/tiff/file-names';
import { tiffGlob } from '../../../src/vscode/tiff-names';

const { contributes } = manifest;
const menuEntries: { command?: string; when?: string }[] = Object.values(contributes.menus).flat();

describe('package.json', () => {
  it('has the ids that code names, and no others', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe(extensionId);
    expect(contributes.commands.map(({ command }) => command)).toEqual(Object.values(commandIds));
    expect(Object.keys(contributes.configuration.properties)).toEqual(
      Object.values(settingIds).map((id) => `${settingsSection}.${id}`),
    );
    expect(contributes.customEditors.map(({ viewType }) => viewType)).toEqual([
      viewTypes.editor,
      viewTypes.editorAny,
      viewTypes.pixels,
    ]);
    expect(manifest.activationEvents).toEqual([
      `onWebviewPanel:${viewTypes.report}`,
      `onWebviewPanel:${viewTypes.differences}`,
      ...jsonLanguages.map((language) => `onLanguage:${language}`),
      `onFileSystem:${virtualScheme}`,
      `onCommand:${linkCommandIds.sampleStep}`,
    ]);
    const inMenus = Object.values(contributes.menus).flat();
    expect(Object.values(commandIds)).toEqual(
      expect.arrayContaining(inMenus.flatMap((entry) => ('command' in entry ? [entry.command] : []))),
    );
    expect(contributes.submenus.map(({ id }) => id)).toEqual([submenuId]);
    expect(inMenus.flatMap((entry) => ('submenu' in entry ? [entry.submenu] : []))).toEqual([submenuId]);
    expect(Object.keys(contributes.menus)).toContain(submenuId);
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(Object.keys(contributes.configuration.properties)).toEqual(expect.arrayContaining(restricted));
  });

  it('takes every text from package.nls.json, and uses all of them', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/gu)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
  });

  it('names the command as the palette shows it, without a category', () => {
    const [command] = contributes.commands;
    expect(command).not.toHaveProperty('category');
    expect(strings['commands.generate.title']).toBe('Generate Kerchunk');
  });

  it('describes every value of a setting', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      if ('enum' in setting) expect(setting.enumDescriptions, name).toHaveLength(setting.enum.length);
    }
  });

  it('shows an icon that is a PNG of 256 by 256 pixels', () => {
    const icon = readFileSync(path.resolve(import.meta.dirname, '../../..', manifest.icon));
    expect([...icon.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
  });
});

describe('The walkthrough', () => {
  const [walkthrough, ...others] = contributes.walkthroughs;
  const steps = walkthrough?.steps ?? [];
  const texts: Record<string, string> = strings;
  const textOf = (placeholder: string): string => texts[placeholder.replaceAll('%', '')] ?? '';

  it('has five steps, each of which ends with a key of its own', () => {
    expect([others, walkthrough?.id]).toEqual([[], walkthroughId]);
    expect(steps.map(({ id }) => id)).toEqual(['generate', 'open', 'find', 'see', 'mend']);
    for (const { id, completionEvents } of steps) {
      expect(completionEvents).toEqual([`onContext:${contextKeys.sampleStep}.${id}`]);
    }
  });

  it('has links to its own command alone, with the name of a step', () => {
    for (const { description } of steps) {
      const links = [...textOf(description).matchAll(/\]\(([^)]*)\)/gu)].map(([, address = '']) => address);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) {
        const [command, query = ''] = link.split('?');
        expect(command).toBe(`command:${linkCommandIds.sampleStep}`);
        const [name] = JSON.parse(decodeURIComponent(query)) as string[];
        expect(['sample', ...steps.map(({ id }) => id)]).toContain(name);
      }
    }
  });

  it('has media that exist, in colours of the theme', () => {
    for (const { media } of steps) {
      const name = 'svg' in media ? media.svg : media.markdown;
      const text = readFileSync(path.resolve(import.meta.dirname, '../../..', name), 'utf8');
      expect(text.length).toBeGreaterThan(0);
      const colours = [...text.matchAll(/(?:fill|stroke)="([^"]*)"/gu)].map(([, colour = '']) => colour);
      for (const colour of colours) expect(colour).toMatch(/^var\(--vscode-/u);
    }
  });
});

describe('TIFF names', () => {
  const names = ['a.tif', 'a.TIFF', 'folder/b.GTiff', 'a.b.Tif'];
  const others = ['a.tif.json', 'tif', 'a.tifx', 'a.gtif', 'a.png'];

  it('are known by their ending in any case', () => {
    for (const name of names) expect(isTiffName(name), name).toBe(true);
    for (const name of others) expect(isTiffName(name), name).toBe(false);
  });

  it('are what the menus show the command on', () => {
    const onTiffs: string[] = [commandIds.generate, commandIds.showPixels, commandIds.generateMosaic];
    const whens = menuEntries.flatMap(({ command = '', when = '' }) => (onTiffs.includes(command) ? [when] : []));
    expect(whens).toHaveLength(4);
    for (const when of whens) {
      const [, source = '', flags = ''] = /resourceExtname =~ \/(.+)\/(\w*)/u.exec(when) ?? [];
      const pattern = new RegExp(source, flags);
      for (const name of names) expect(name.slice(name.lastIndexOf('.')), when).toMatch(pattern);
      for (const ending of ['.tifx', '.gtif', '.png', '']) expect(ending, when).not.toMatch(pattern);
    }
  });

  it('are those that the viewer is an option for, and never the default', () => {
    const pixels = contributes.customEditors.find(({ viewType }) => viewType === viewTypes.pixels);
    expect(pixels?.priority).toBe('option');
    const globs = pixels?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
    const matches = (name: string): boolean => globs.some((glob) => name.toLowerCase().endsWith(glob.slice(1)));
    expect(names.filter(matches)).toEqual(names);
    expect(others.filter(matches)).toEqual([]);
  });

  it('are found in any case by a glob', () => {
    expect(tiffGlob).toBe('**/*.{[tT][iI][fF],[tT][iI][fF][fF],[gG][tT][iI][fF][fF]}');
  });
});

describe('Commands that make a set of several files', () => {
  it.each([
    ['scene', commandIds.generateScene, ['selected .tif', 'selected .json', '.json', '.geojson']],
    ['stack', commandIds.generateStack, ['selected .tif', 'selected .json', '.json', '.geojson']],
    ['mosaic', commandIds.generateMosaic, ['selected .tif']],
  ])('stand on TIFFs that are selected, and on STAC, alone and with others: %s', (_, id, expected) => {
    const whens = menuEntries.flatMap(({ command = '', when = '' }) => (command === id ? [when] : []));
    const stands = (file: string): boolean =>
      whens.some((when) => {
        const [, source = '', flags = ''] = /resourceExtname =~ \/([^/]+)\/(\w*)/u.exec(when) ?? [];
        const isSelected = file.startsWith('selected ');
        const condition = /(!?)listMultiSelection/u.exec(when)?.[1];
        const fits = condition === undefined || isSelected === (condition === '');
        return fits && new RegExp(source, flags).test(file.replace('selected ', ''));
      });
    const files = ['selected .tif', 'selected .json', '.tif', '.json', '.geojson', '.png'];
    expect(files.filter(stands)).toEqual(expected);
  });
});

describe('Names of reference files', () => {
  const names = [
    'a.kerchunk.json',
    'kerchunk.json',
    'a.b.refs.json',
    'a.ref.json',
    'x y.zarr.json',
    '.zarr.json',
    'A.Kerchunk.JSON',
    'a.kerchunk.json.gz',
    'kerchunk.json.zst',
    'a.refs.json.gz',
    'A.ref.JSON.ZST',
    'a.zarr.json.zst',
  ];
  const others = [
    'a.json',
    'akerchunk.json',
    'refs.json',
    'zarr.json',
    'a.kerchunk.jsonc',
    'a.zarr',
    'a.json.gz',
    'a.kerchunk.gz',
    'a.refs.json.xz',
  ];
  const whens = menuEntries.flatMap(({ when = '' }) => (when.includes('resourcePath in') ? [when] : []));

  it('are known by their ending', () => {
    for (const name of names) {
      expect(isReferenceName(`/folder/${name}`), name).toBe(true);
      expect(isReferenceName(name), name).toBe(true);
      expect(viewTypeFor(`/folder/${name}`)).toBe(viewTypes.editor);
    }
    for (const name of others) expect(isReferenceName(`/folder.zarr.json/${name}`), name).toBe(false);
    expect(viewTypeFor('/folder/a.json')).toBe(viewTypes.editorAny);
  });

  it('are those that the editor is the default for', () => {
    const [named, any] = contributes.customEditors;
    const globs = named?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
    const matches = (name: string): boolean =>
      globs.some((glob) => (glob.startsWith('*') ? name.toLowerCase().endsWith(glob.slice(1)) : name === glob));
    expect(names.filter(matches)).toEqual(names);
    expect(others.filter(matches)).toEqual([]);
    expect([named?.priority, any?.priority]).toEqual(['default', 'option']);
    expect(any?.selector).toEqual(
      ['*.json', '*.json.gz', '*.json.zst', '.zmetadata'].map((filenamePattern) => ({ filenamePattern })),
    );
  });

  it('are those of the submenu in the explorer, and of the button on a text that is not open in an extension', () => {
    expect(whens).toHaveLength(2);
    for (const when of whens) {
      expect(when).toContain(`resourcePath in ${contextKeys.referencePaths}`);
      const [, source = ''] = /resourceFilename =~ \/(.+)\/i\)+$/u.exec(when) ?? [];
      const pattern = new RegExp(source, 'i');
      for (const name of names) expect(name).toMatch(pattern);
      for (const name of others) expect(name).not.toMatch(pattern);
    }
  });
});
