/** Every id of package.json that code names; a test compares them. */
export const extensionId = 'kerchunk-tools.vscode-kerchunk';

export const commandIds = { generate: 'kerchunk.generate' } as const;

export const viewTypes = { report: 'kerchunk.report' } as const;

/** The settings under `kerchunk.generate`. */
export const settingsSection = 'kerchunk.generate';
export const settingIds = {
  preset: 'preset',
  version: 'version',
  urlPrefix: 'urlPrefix',
  overviews: 'overviews',
  coordinates: 'coordinates',
} as const;
