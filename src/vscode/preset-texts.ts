import * as vscode from 'vscode';
import type { Preset } from '../generate/types';

/** What each preset is for and who can read it, for pickers. */
export function presetTexts(): Record<Preset, { description: string; detail: string }> {
  return {
    portable: {
      description: vscode.l10n.t('for xarray and zarr-python with imagecodecs'),
      detail: vscode.l10n.t(
        'Right values, coordinates and CRS. Where the TIFF has a predictor, GDAL and JavaScript readers cannot open it: no codec of theirs undoes one.',
      ),
    },
    notebook: {
      description: vscode.l10n.t('for comparison and teaching; decodes wrongly'),
      detail: vscode.l10n.t(
        'The JSON of the workshop notebook. Every reader opens it, and every row of a chunk after the first decodes to wrong numbers; the report shows by how much.',
      ),
    },
  };
}
