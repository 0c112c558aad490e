import { beforeEach, describe, expect, it, vi } from 'vitest';
import { notify } from '../../../src/vscode/notify';
import type { ReportItem } from '../../../src/webview/messages';

const shown = vi.hoisted(() => ({ buttons: [] as string[], answer: undefined as string | undefined }));
vi.mock('vscode', () => {
  const show = (_message: string, ...buttons: string[]): Promise<string | undefined> => {
    shown.buttons = buttons;
    return Promise.resolve(shown.answer);
  };
  return {
    l10n: { t: (text: string) => text },
    window: { showErrorMessage: show, showInformationMessage: show },
    Uri: { parse: (text: string) => text },
    env: { clipboard: { writeText: () => Promise.resolve() } },
  };
});

const refused = (more: { rowsToCut?: number; shown?: boolean } = {}): ReportItem => ({
  kind: 'refused',
  source: 'a.tif',
  sourceLocation: '/a.tif',
  sourceUri: 'file:///a.tif',
  code: 'short-last-strip',
  message: 'a.tif: its height of 40 rows is no multiple of RowsPerStrip.',
  ...more,
});

async function told(items: ReportItem[], answer?: string): Promise<string[]> {
  const called: string[] = [];
  shown.answer = answer;
  await notify(items, {
    showReport: () => called.push('report'),
    showLog: () => called.push('log'),
    cutLastStrip: () => called.push('cut'),
    showPixels: () => called.push('pixels'),
  });
  return called;
}

describe('the notification of a refusal', () => {
  beforeEach(() => {
    shown.buttons = [];
  });

  it('offers to write the file without the rows of its last strip, and does so when that is chosen', async () => {
    const button = 'Write Without the Last 8 Rows';
    expect(await told([refused({ rowsToCut: 8 })], button)).toEqual(['cut']);
    expect(shown.buttons).toEqual([button, 'Show Report', 'Show Log']);
    expect(await told([refused({ rowsToCut: 1, shown: true })])).toEqual([]);
    expect(shown.buttons.slice(0, 2)).toEqual(['Write Without the Last Row', 'Show Its Pixels']);
  });

  it('offers nothing of the kind where that does not help, or several files were generated', async () => {
    expect(await told([refused()], 'Show Log')).toEqual(['log']);
    expect(shown.buttons).toEqual(['Show Report', 'Show Log']);
    expect(await told([refused({ rowsToCut: 8 }), refused()])).toEqual([]);
    expect(shown.buttons).toEqual(['Show Report', 'Show Log']);
  });
});
