/** Every id of package.json that code names; a test compares them. */
export const extensionId = 'kerchunk-tools.vscode-kerchunk';

export const commandIds = {
  generate: 'kerchunk.generate',
  generateScene: 'kerchunk.generateScene',
  generateStack: 'kerchunk.generateStack',
  generateMosaic: 'kerchunk.generateMosaic',
  convert: 'kerchunk.convertReferences',
  combine: 'kerchunk.combineReferences',
  append: 'kerchunk.appendReferences',
  rewriteAddresses: 'kerchunk.rewriteAddresses',
  compareReferences: 'kerchunk.compareReferences',
  openViewer: 'kerchunk.openViewer',
  openText: 'kerchunk.openText',
  openUrl: 'kerchunk.openUrl',
  showPixels: 'kerchunk.showPixels',
  checkSource: 'kerchunk.checkSource',
  checkReach: 'kerchunk.checkReach',
  openSample: 'kerchunk.openSample',
} as const;

/** Commands of links in hovers and in the walkthrough, which stand in no menu and not among the commands of the manifest. */
export const linkCommandIds = {
  showInViewer: 'kerchunk.showInViewer',
  manageTrust: 'workbench.trust.manage',
  /** Takes the name of a step of the walkthrough. */
  sampleStep: 'kerchunk.sampleStep',
} as const;

/** What the extension contributes to VS Code's page of walkthroughs. */
export const walkthroughId = 'kerchunk.notebook';

/** Panels and custom editors. */
export const viewTypes = {
  report: 'kerchunk.report',
  /** What two reference sets differ in. */
  differences: 'kerchunk.differences',
  /** The default editor for the names of reference files. */
  editor: 'kerchunk.editor',
  /** The same for any JSON file, chosen with Reopen Editor With. */
  editorAny: 'kerchunk.editorAny',
  /** The same for a TIFF itself, chosen with Reopen Editor With or the command. */
  pixels: 'kerchunk.pixels',
} as const;

/**
 * The scheme of what is opened and stands in no file system of VS Code: a reference file at a web address, and the text of a compressed one.
 * Its path is for people, its query is the address of the file itself. Both outlive a reload of the window.
 */
export const virtualScheme = 'kerchunk';

/** What `when` clauses ask for. */
export const contextKeys = {
  /** Paths of the text documents that are reference files. */
  referencePaths: 'kerchunk.referencePaths',
  /** With `.` and the name of a step behind it: whether that step of the walkthrough is done. */
  sampleStep: 'kerchunk.sampleStep',
} as const;

/** The submenu of the explorer on reference files. */
export const submenuId = 'kerchunk.references';

/** The settings under `kerchunk.generate`. */
export const settingsSection = 'kerchunk.generate';
export const settingIds = {
  preset: 'preset',
  version: 'version',
  urlPrefix: 'urlPrefix',
  overviews: 'overviews',
  coordinates: 'coordinates',
  concurrency: 'concurrency',
} as const;
