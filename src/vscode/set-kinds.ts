import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { ReadFile } from '../stack/groups';
import { mosaicOf } from '../stack/mosaic';
import { NamePattern } from '../stack/pattern';
import { sceneOf } from '../stack/scene';
import { stackOf } from '../stack/stack';
import type { CombinedSet } from '../stack/types';
import { askPlaces } from './ask-places';
import type { SetFiles } from './set-files';

/** What the user, or a key, says of how files lie to one another; what is not said is asked where it must be, or an error. */
export interface SetChoices {
  /** Of names, see NamePattern; null: the dates of STAC or of the TIFFs themselves. */
  pattern?: string | null;
  duplicates?: 'first' | 'last';
  differing?: 'leave-out' | 'group';
}

/** How several TIFFs become one set. */
export interface SetKind {
  title: string;
  dialog: string;
  /** The name of the output of several files, without its ending. */
  name: 'scene' | 'stack' | 'mosaic';
  takesItems: boolean;
  /** Asks what must be known; undefined where the user gives up. @throws KerchunkError `invalid-argument` for files that cannot be such a set. */
  ask(found: SetFiles, choices: SetChoices): Promise<SetChoices | undefined>;
  combine(files: readonly ReadFile[], choices: SetChoices): Promise<CombinedSet>;
}

/** Bands of one scene, side by side. */
export function sceneKind(): SetKind {
  return {
    title: vscode.l10n.t('Generate Scene References'),
    dialog: vscode.l10n.t('The TIFFs of a scene, or its STAC Item'),
    name: 'scene',
    takesItems: true,
    ask: ({ items }, choices) => {
      if (items <= 1) return Promise.resolve(choices);
      throw new KerchunkError(
        'invalid-argument',
        vscode.l10n.t(
          'There are {0} STAC items, and a scene is one. Generate Stack References puts several behind one another.',
          items,
        ),
      );
    },
    combine: sceneOf,
  };
}

/** Scenes along a new dimension. */
export function stackKind(): SetKind {
  const title = vscode.l10n.t('Generate Stack References');
  return {
    title,
    dialog: vscode.l10n.t('The TIFFs of a stack, its STAC Items, or a list of files'),
    name: 'stack',
    takesItems: true,
    ask: (found, given) => askPlaces(title, found, given),
    combine: (files, { pattern, duplicates, differing }) => {
      const dimension = typeof pattern === 'string' ? new NamePattern(pattern).dimension : undefined;
      return stackOf(files, {
        dimension: dimension ?? 'time',
        placesFrom: dimension === undefined ? 'STAC datetime' : `the pattern ${pattern ?? ''}`,
        differing: differing ?? 'stop',
        ...(duplicates === undefined ? {} : { duplicates }),
      });
    },
  };
}

/** Adjacent tiles as one array. */
export function mosaicKind(): SetKind {
  return {
    title: vscode.l10n.t('Generate Mosaic References'),
    dialog: vscode.l10n.t('The tiles of a mosaic, or a list of them'),
    name: 'mosaic',
    takesItems: false,
    ask: (_, choices) => Promise.resolve(choices),
    combine: (files, { duplicates, differing }) =>
      mosaicOf(files, {
        differing: differing === undefined ? 'stop' : 'leave-out',
        ...(duplicates === undefined ? {} : { overlaps: duplicates }),
      }),
  };
}

/** What a key says that runs a command. */
export function choicesOf(value: unknown): SetChoices {
  if (typeof value !== 'object' || value === null) return {};
  const { pattern, duplicates, differing } = value as Record<string, unknown>;
  return {
    ...(typeof pattern === 'string' || pattern === null ? { pattern } : {}),
    ...(duplicates === 'first' || duplicates === 'last' ? { duplicates } : {}),
    ...(differing === 'leave-out' || differing === 'group' ? { differing } : {}),
  };
}
