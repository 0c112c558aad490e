import * as vscode from 'vscode';
import type { Preset } from '../generate/types';

/** What each preset is for and who can read it, for pickers. */
export function presetTexts(): Record<Preset, { description: string; detail: string }> {
  return {
    portable: {
      description: vscode.l10n.t('right values'),
      detail: vscode.l10n.t('For xarray and zarr-python with imagecodecs. A predictor stops GDAL and zarrita.'),
    },
    notebook: {
      description: vscode.l10n.t('wrong values, for teaching'),
      detail: vscode.l10n.t('Opens without imagecodecs, and decodes all rows of a chunk but the first wrongly.'),
    },
  };
}
