import { describe, expect, it } from 'vitest';
import { comparablePath, folderOf, isWithin, withoutDots } from '../../../src/vscode/local-access';

describe('comparablePath', () => {
  it.each([
    ['/data//a/./b/../c.tif', '/data/a/c.tif'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['/data/A', '/data/A'],
    ['C:\\Data\\a\\..\\B.tif', 'c:/data/b.tif'],
    ['c:/Data/', 'c:/data'],
    ['\\\\Server\\Share\\..\\a', '//server/a'],
    ['/', '/'],
    // A backslash is a letter like any other where paths have slashes.
    ['/data/a\\..\\b', '/data/a\\..\\b'],
  ])('%s', (path, expected) => {
    expect(comparablePath(path)).toBe(expected);
  });
});

describe('withoutDots', () => {
  it.each([
    ['/Data//a/./b/../C.tif', '/Data/a/C.tif'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['/data/..', '/'],
    ['C:\\Data\\a\\..\\B.tif', 'C:\\Data\\B.tif'],
    ['\\\\Server\\Share\\..\\a', '\\\\Server\\a'],
  ])('%s', (path, expected) => {
    expect(withoutDots(path)).toBe(expected);
  });
});

describe('isWithin', () => {
  it.each([
    ['/data/a.tif', '/data', true],
    ['/data', '/data', true],
    ['/data/a.tif', '/data/', true],
    ['/data/../etc/passwd', '/data', false],
    ['/data/sub/../../etc/passwd', '/data', false],
    ['/database/a.tif', '/data', false],
    ['/etc/passwd', '/', true],
    ['C:\\Work\\a.tif', 'c:/work', true],
    ['D:\\work\\a.tif', 'c:/work', false],
    ['\\\\server\\share\\a.tif', '\\\\server\\share', true],
    ['\\\\server\\other\\a.tif', '\\\\server\\share', false],
    ['\\\\work\\a.tif', 'c:/work', false],
  ])('%s in %s: %s', (path, folder, expected) => {
    expect(isWithin(path, folder)).toBe(expected);
  });
});

describe('folderOf', () => {
  it.each([
    ['/data/a.tif', '/data'],
    ['/a.tif', '/'],
    ['C:\\data\\a.tif', 'C:\\data'],
    ['C:\\a.tif', 'C:\\'],
    ['\\\\server\\share\\a.tif', '\\\\server\\share'],
  ])('%s', (path, expected) => {
    expect(folderOf(path)).toBe(expected);
  });
});
