import * as vscode from 'vscode';
import type { Preset } from '../generate/types';

/** What each preset is for and who can read it, for pickers. */
export function presetTexts(): Record<Preset, { description: string; detail: string }> {
  return {
    portable: {
      description: vscode.l10n.t('right values'),
      detail: vscode.l10n.t(
        'xarray and zarr-python read it with imagecodecs; GDAL and zarrita cannot undo a predictor',
      ),
    },
    notebook: {
      description: vscode.l10n.t('wrong values, for teaching'),
      detail: vscode.l10n.t('every reader opens it, and decodes all rows of a chunk but the first to wrong numbers'),
    },
  };
}
