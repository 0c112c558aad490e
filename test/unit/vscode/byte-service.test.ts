import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { ByteService } from '../../../src/vscode/byte-service';
import { openerOf } from '../../../src/vscode/generate-set';
import { LocalPermission } from '../../../src/vscode/local-permission';
import { fake } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).vscode);
// The browser's twin: nothing is read by ranges, and no link can be followed.
vi.mock('../../../src/vscode/local-files', () => import('../../../src/vscode/local-files.web'));

const quiet = { trace: () => undefined, warn: () => undefined };

function service(permission = new LocalPermission(() => Promise.resolve(false))) {
  const bytes = new ByteService(permission, quiet as unknown as ConstructorParameters<typeof ByteService>[1]);
  return async (url: string): Promise<string> => {
    try {
      return new TextDecoder().decode(await bytes.open(url).read(0, 100));
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
}

beforeEach(() => {
  fake.reset();
  fake.files.set('/etc', {}).set('/etc/passwd', { text: 'secret' });
  fake.files.set('/ws', {}).set('/ws/a', { text: 'inside' });
  fake.files.set('/ws/sub', {}).set('/ws/sub/b', { text: 'deeper' });
});

describe('Files of a virtual workspace', () => {
  beforeEach(() => {
    fake.folders = ['vfs://host/ws'];
  });

  it.each([true, false])('are read inside the workspace and nowhere else; trusted: %s', async (trusted) => {
    fake.trusted = trusted;
    const read = service();
    const refused = trusted ? 'needs-permission' : 'restricted-mode';
    expect(await read('vfs://host/ws/a')).toBe('inside');
    expect(await read('vfs://host/ws/sub/../a')).toBe('inside');
    for (const outside of [
      'vfs://host/etc/passwd',
      'vfs://host/ws/../etc/passwd',
      'vfs://host/ws/sub/../../etc/passwd',
      'vfs://host/ws/%2e%2e/etc/passwd',
      'vfs://host/ws/..%2Fetc/passwd',
      'vfs://host/ws/..%5Cetc/passwd',
    ]) {
      expect([outside, await read(outside)]).toEqual([outside, refused]);
    }
    expect(new Set(fake.read)).toEqual(new Set(['/ws/a']));
  });

  it.each([true, false])('are read behind no link; trusted: %s', async (trusted) => {
    fake.trusted = trusted;
    fake.files.set('/ws/link', { text: 'secret', link: true });
    fake.files.set('/ws/sub', { link: true });
    const read = service();
    const refused = trusted ? 'needs-permission' : 'restricted-mode';
    expect([await read('vfs://host/ws/link'), await read('vfs://host/ws/sub/b')]).toEqual([refused, refused]);
    expect(fake.read).toEqual([]);
  });

  it('are read again once they have changed, after saying so', async () => {
    const read = service();
    expect([await read('vfs://host/ws/a'), await read('vfs://host/ws/a')]).toEqual(['inside', 'inside']);
    expect(fake.read).toEqual(['/ws/a']);
    fake.files.set('/ws/a', { text: 'inSIDE', mtime: 2 });
    expect([await read('vfs://host/ws/a'), await read('vfs://host/ws/a')]).toEqual(['fetch-failed', 'inSIDE']);
    fake.files.set('/ws/a', { text: 'longer than before', mtime: 2 });
    expect([await read('vfs://host/ws/a'), await read('vfs://host/ws/a')]).toEqual([
      'fetch-failed',
      'longer than before',
    ]);
    fake.files.delete('/ws/a');
    expect(await read('vfs://host/ws/a')).toBe('fetch-failed');
  });
});

describe('Local files in a browser', () => {
  beforeEach(() => {
    fake.folders = ['vscode-remote://wsl/ws'];
  });

  it.each([true, false])('are read behind no link; trusted: %s', async (trusted) => {
    fake.trusted = trusted;
    fake.files.set('/ws/link', { text: 'secret', link: true });
    fake.files.set('/ws/sub', { link: true });
    const read = service();
    const refused = trusted ? 'needs-permission' : 'restricted-mode';
    expect(await read('file:///ws/a')).toBe('inside');
    expect([await read('file:///ws/link'), await read('file:///ws/sub/b')]).toEqual([refused, refused]);
    // Where `sub` leads, `..` would lead elsewhere.
    expect(await read('file:///ws/sub/../a')).toBe('inside');
    expect(new Set(fake.read)).toEqual(new Set(['/ws/a']));
  });

  it('are read behind a link that the user allows, and behind no other', async () => {
    fake.files.set('/ws/link', { text: 'behind', link: true }).set('/ws/other', { text: 'secret', link: true });
    const asked: unknown[] = [];
    const permission = new LocalPermission((...question) => {
      asked.push(question.slice(0, 2));
      return Promise.resolve(true);
    });
    const read = service(permission);
    expect(await permission.ask('file:///ws/link', Uri.file('/ws/a.kerchunk.json'))).toBe(true);
    expect(asked).toEqual([['/ws/link', undefined]]);
    expect([await read('file:///ws/link'), await read('file:///ws/other')]).toEqual(['behind', 'needs-permission']);
  });
});

describe('A file that the user opened', () => {
  it('is read wherever it stands, in Restricted Mode too, and what references point at is not', async () => {
    fake.folders = ['vfs://host/ws'];
    fake.trusted = false;
    const permission = new LocalPermission(() => Promise.resolve(false));
    const bytes = new ByteService(permission, quiet as unknown as ConstructorParameters<typeof ByteService>[1]);
    const url = 'vfs://host/etc/passwd';
    expect(new TextDecoder().decode(await bytes.open(url, { opened: true }).read(0, 100))).toBe('secret');
    await expect(bytes.open(url).read(0, 100)).rejects.toMatchObject({ code: 'restricted-mode' });
    const web = bytes.open('https://x.org/a.tif', { opened: true }).read(0, 100);
    await expect(web).rejects.toMatchObject({ code: 'restricted-mode' });
  });

  it('is read anew once it was forgotten', async () => {
    fake.folders = ['vfs://host/ws'];
    const bytes = new ByteService(
      new LocalPermission(),
      quiet as unknown as ConstructorParameters<typeof ByteService>[1],
    );
    const read = async () => new TextDecoder().decode(await bytes.open('vfs://host/ws/a').read(0, 100));
    expect(await read()).toBe('inside');
    fake.files.set('/ws/a', { text: 'newer' });
    bytes.forget('vfs://host/ws/a');
    expect(await read()).toBe('newer');
  });
});

describe('A file outside the workspace that a set is made of', () => {
  it('is read as it is now, whatever was known of it', async () => {
    const permission = new LocalPermission(() => Promise.resolve(true));
    await permission.ask('file:///etc/passwd', Uri.file('/ws/list.txt'));
    const bytes = new ByteService(permission, quiet as unknown as ConstructorParameters<typeof ByteService>[1]);
    const open = openerOf({ inputs: new Map() }, bytes);
    const read = async () => {
      const source = open('file:///etc/passwd', () => undefined);
      return [new TextDecoder().decode(await source.read(0, 6)), source.size(), source.validator()?.lastModified];
    };
    expect(await read()).toEqual(['secret', 6, 'Thu, 01 Jan 1970 00:00:00 GMT']);
    fake.files.set('/etc/passwd', { text: 'changed', mtime: 5000 });
    expect(await read()).toEqual(['change', 7, 'Thu, 01 Jan 1970 00:00:05 GMT']);
  });
});
