import { describe, expect, it } from 'vitest';
import { machinePath, targetOfFile } from '../../../src/vscode/target-address';

const uri = (scheme: string, path: string, authority = '') => ({ scheme, authority, path });

describe('machinePath', () => {
  it.each([
    [uri('file', '/data/red.tif'), '/data/red.tif'],
    [uri('file', '/c:/data/red.tif'), 'c:/data/red.tif'],
    [uri('file', '/share/red.tif', 'server'), '\\\\server\\share\\red.tif'],
    // The authority names the remote machine, on which the path is one like any other.
    [uri('vscode-remote', '/data/red.tif', 'ssh-remote+host'), '/data/red.tif'],
    [uri('vscode-vfs', '/owner/repository/red.tif', 'github'), undefined],
  ])('%j', (given, expected) => {
    expect(machinePath(given)).toBe(expected);
  });
});

describe('targetOfFile', () => {
  const local = uri('file', '/data/2024/a b.tif');

  it('is the file: address as fsspec takes it, without percent signs', () => {
    expect(targetOfFile(local, '2024/a b.tif', '')).toBe('file:///data/2024/a b.tif');
    expect(targetOfFile(uri('file', '/c:/data/a.tif'), 'a.tif', '')).toBe('file:///c:/data/a.tif');
  });

  it.each([
    ['https://data.example.org/scenes', 'https://data.example.org/scenes/2024/a%20b.tif'],
    ['https://data.example.org/scenes/', 'https://data.example.org/scenes/2024/a%20b.tif'],
    ['s3://bucket/scenes/', 's3://bucket/scenes/2024/a b.tif'],
  ])('goes under the prefix %s', (prefix, expected) => {
    expect(targetOfFile(local, '2024/a b.tif', prefix)).toBe(expected);
  });

  it.each(['data.example.org/scenes', '/scenes', 'https://', 'c:\\scenes'])('refuses the prefix %s', (prefix) => {
    expect(() => targetOfFile(local, 'a.tif', prefix)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(prefix) as string }),
    );
  });

  it('says what to do for a file that no address reaches, and takes the prefix where there is one', () => {
    const virtual = uri('vscode-vfs', '/owner/repository/red.tif', 'github');
    expect(() => targetOfFile(virtual, 'red.tif', '')).toThrow(
      expect.objectContaining({ code: 'not-expressible', message: expect.stringContaining('Url Prefix') as string }),
    );
    expect(targetOfFile(virtual, 'red.tif', 'https://x.org/')).toBe('https://x.org/red.tif');
  });
});
