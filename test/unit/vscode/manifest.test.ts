import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import strings from '../../../package.nls.json';
import { commandIds, extensionId, settingIds, settingsSection, viewTypes } from '../../../src/vscode/ids';
import { isTiffName, tiffGlob } from '../../../src/vscode/tiff-names';

const { contributes } = manifest;

describe('package.json', () => {
  it('has the ids that code names, and no others', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe(extensionId);
    expect(contributes.commands.map(({ command }) => command)).toEqual(Object.values(commandIds));
    expect(Object.keys(contributes.configuration.properties)).toEqual(
      Object.values(settingIds).map((id) => `${settingsSection}.${id}`),
    );
    expect(manifest.activationEvents).toEqual(Object.values(viewTypes).map((type) => `onWebviewPanel:${type}`));
    const inMenus = Object.values(contributes.menus).flat();
    expect(Object.values(commandIds)).toEqual(expect.arrayContaining(inMenus.map(({ command }) => command)));
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

describe('TIFF names', () => {
  const names = ['a.tif', 'a.TIFF', 'folder/b.GTiff', 'a.b.Tif'];
  const others = ['a.tif.json', 'tif', 'a.tifx', 'a.gtif', 'a.png'];

  it('are known by their ending in any case', () => {
    for (const name of names) expect(isTiffName(name), name).toBe(true);
    for (const name of others) expect(isTiffName(name), name).toBe(false);
  });

  it('are what the menus show the command on', () => {
    for (const { when } of Object.values(contributes.menus).flat()) {
      const [, source = '', flags = ''] = /resourceExtname =~ \/(.+)\/(\w*)/u.exec(when) ?? [];
      const pattern = new RegExp(source, flags);
      for (const name of names) expect(name.slice(name.lastIndexOf('.')), when).toMatch(pattern);
      for (const ending of ['.tifx', '.gtif', '.png', '']) expect(ending, when).not.toMatch(pattern);
    }
  });

  it('are found in any case by a glob', () => {
    expect(tiffGlob).toBe('**/*.{[tT][iI][fF],[tT][iI][fF][fF],[gG][tT][iI][fF][fF]}');
  });
});
