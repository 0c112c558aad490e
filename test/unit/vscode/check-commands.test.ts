import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import type { ReachCheck, SourceCheck } from '../../../src/preview/types';
import type { CheckParts } from '../../../src/vscode/check-command';
import { checkReachCommand } from '../../../src/vscode/check-reach-command';
import { checkSourceCommand } from '../../../src/vscode/check-source-command';
import { fake } from './fake-vscode';

/** What the window was asked to show, and the answers that a user gives. */
const shown: string[] = [];
const cancelled = { now: false };

vi.mock('vscode', async () => {
  const { vscode } = await import('./fake-vscode');
  const show =
    (kind: string) =>
    (message: string): Promise<undefined> => {
      shown.push(`${kind}: ${message}`);
      return Promise.resolve(undefined);
    };
  const window = {
    showInformationMessage: show('information'),
    showWarningMessage: show('warning'),
    showErrorMessage: show('error'),
    tabGroups: { activeTabGroup: { activeTab: undefined } },
    withProgress: (_options: object, work: (progress: object, token: object) => Promise<unknown>) =>
      work(
        { report: () => undefined },
        {
          onCancellationRequested: (stop: () => void) => {
            if (cancelled.now) stop();
          },
        },
      ),
  };
  // No tab is open, of whatever kind.
  const tabs = { TabInputText: Error, TabInputCustom: Error };
  return { ...vscode, ...tabs, window, ProgressLocation: { Notification: 15 } };
});

const uri = Uri.file('/ws/a.kerchunk.json');
const range = { line: 3, column: 1, endLine: 3, endColumn: 9 };
const nothing: SourceCheck = {
  groups: [],
  arrays: 1,
  compared: 36,
  decoded: 4,
  reads: 5,
  bytes: 2048,
  needPermission: [],
};
const moved: SourceCheck = {
  ...nothing,
  groups: [
    {
      code: 'source/moved',
      title: 'A chunk lies elsewhere.',
      severity: 'error',
      path: 'red',
      message: 'Chunk red/1.1 …',
      range,
      count: 3,
      samples: [],
    },
  ],
};

/** Parts whose document gives `checks` one after the other; `allows` answers for the files outside. */
function partsOf(checks: (SourceCheck | ReachCheck)[], allows: (url: string) => boolean = () => false) {
  const asked: string[] = [];
  const calls = { checks: 0, refreshed: 0, released: 0 };
  const answer = (signal: AbortSignal): Promise<SourceCheck | ReachCheck> => {
    signal.throwIfAborted();
    const check = checks[calls.checks++];
    return check === undefined ? Promise.reject(new Error('It was checked once too often.')) : Promise.resolve(check);
  };
  const document = { checkSource: answer, checkReach: answer };
  const parts = {
    documents: {
      use: () => ({
        document,
        dispose: () => {
          calls.released += 1;
        },
      }),
      refresh: () => {
        calls.refreshed += 1;
      },
    },
    permission: {
      ask: (url: string) => {
        asked.push(url);
        return Promise.resolve(allows(url));
      },
    },
    log: { info: () => undefined, error: () => undefined },
  } as unknown as CheckParts;
  return { parts, asked, calls };
}

describe('Check Against Source', () => {
  beforeEach(() => {
    fake.reset();
    shown.length = 0;
    cancelled.now = false;
  });

  it('says what was found, or that nothing differs, and how far it went', async () => {
    await checkSourceCommand(partsOf([nothing]).parts, uri);
    await checkSourceCommand(partsOf([moved]).parts, uri);
    const extent = '36 chunks of 1 array compared with the file, 4 decoded both ways; 5 reads, 2.0 KiB.';
    expect(shown).toEqual([
      `information: a.kerchunk.json: nothing differs. ${extent}`,
      `warning: a.kerchunk.json: 3 errors. ${extent}`,
    ]);
  });

  it('checks nothing in Restricted Mode, and says so', async () => {
    fake.trusted = false;
    const { parts, calls } = partsOf([nothing]);
    expect(await checkSourceCommand(parts, uri)).toBeUndefined();
    expect(calls.checks).toBe(0);
    expect(shown).toEqual([expect.stringContaining('warning: Nothing was checked: this workspace is in Restricted')]);
  });

  it('asks for files outside the workspace, and checks again where one is allowed', async () => {
    const blocked = { ...nothing, arrays: 0, needPermission: ['file:///a/1.tif', 'file:///a/2.tif'] };
    const { parts, asked, calls } = partsOf([blocked, moved], () => true);
    expect(await checkSourceCommand(parts, uri)).toBe(moved);
    expect(asked).toEqual(['file:///a/1.tif', 'file:///a/2.tif']);
    expect(calls).toEqual({ checks: 2, refreshed: 1, released: 1 });
  });

  it('asks no more once the user has said no, and leaves it at that', async () => {
    const blocked = { ...nothing, arrays: 0, needPermission: ['file:///a/1.tif', 'file:///a/2.tif'] };
    const { parts, asked, calls } = partsOf([blocked]);
    expect(await checkSourceCommand(parts, uri)).toBe(blocked);
    expect(asked).toEqual(['file:///a/1.tif']);
    expect(calls).toEqual({ checks: 1, refreshed: 0, released: 1 });
  });

  it('says nothing where the user stops it, and lets go of the document', async () => {
    cancelled.now = true;
    const { parts, calls } = partsOf([nothing]);
    expect(await checkSourceCommand(parts, uri)).toBeUndefined();
    expect(shown).toEqual([]);
    expect(calls.released).toBe(1);
  });

  it('needs a reference file', async () => {
    const { parts, calls } = partsOf([nothing]);
    expect(await checkSourceCommand(parts, undefined)).toBeUndefined();
    expect(await checkSourceCommand(parts, Uri.file('/ws/a.tif'))).toBeUndefined();
    expect(calls.checks).toBe(0);
    expect(shown).toHaveLength(2);
  });
});

describe('Check Reachability', () => {
  const all: ReachCheck = { groups: [], files: 3, reached: 3, needPermission: [] };
  const groups = moved.groups.map((group) => ({ ...group, code: 'reach/absent', count: 1 }));

  beforeEach(() => {
    fake.reset();
    shown.length = 0;
    cancelled.now = false;
  });

  it('says what was found, or that nothing is out of reach, and how many files answered', async () => {
    await checkReachCommand(partsOf([all]).parts, uri);
    await checkReachCommand(partsOf([{ ...all, groups, reached: 2 }]).parts, uri);
    await checkReachCommand(partsOf([{ ...all, files: 0, reached: 0 }]).parts, uri);
    expect(shown).toEqual([
      'information: a.kerchunk.json: nothing is out of reach. 3 of 3 files reached.',
      'warning: a.kerchunk.json: 1 error. 2 of 3 files reached.',
      'information: a.kerchunk.json: nothing is out of reach. It points at no files.',
    ]);
  });

  it('asks for nothing in Restricted Mode, and says so', async () => {
    fake.trusted = false;
    const { parts, calls } = partsOf([all]);
    expect(await checkReachCommand(parts, uri)).toBeUndefined();
    expect(calls.checks).toBe(0);
    expect(shown).toEqual([expect.stringContaining('warning: Nothing was checked: this workspace is in Restricted')]);
  });

  it('asks for files outside the workspace, and checks again where one is allowed', async () => {
    const blocked = { ...all, reached: 2, needPermission: ['file:///a/1.tif'] };
    const { parts, asked, calls } = partsOf([blocked, all], () => true);
    expect(await checkReachCommand(parts, uri)).toBe(all);
    expect(asked).toEqual(['file:///a/1.tif']);
    expect(calls).toEqual({ checks: 2, refreshed: 1, released: 1 });
  });

  it('says nothing where the user stops it', async () => {
    cancelled.now = true;
    expect(await checkReachCommand(partsOf([all]).parts, uri)).toBeUndefined();
    expect(shown).toEqual([]);
  });
});
