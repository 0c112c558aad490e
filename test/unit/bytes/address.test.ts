import { describe, expect, it } from 'vitest';
import { displayAddress, publicAddress, resolveTarget } from '../../../src/bytes/address';
import { fileTarget, fileUrlToPath, literalPath, pathToFileUrl } from '../../../src/bytes/file-url';
import { thrownBy } from './fail';

describe('public addresses', () => {
  it.each([
    ['https://example.com/a%20b.tif?x=1', 'https://example.com/a%20b.tif?x=1'],
    ['HTTP://example.com/a.tif', 'HTTP://example.com/a.tif'],
    ['http://[::1]:8080/a.tif', 'http://[::1]:8080/a.tif'],
    ['file:///data/a b.tif', 'file:///data/a b.tif'],
    ['s3://bucket/key', 'https://bucket.s3.amazonaws.com/key'],
    ['s3a://bucket/deep/key.tif', 'https://bucket.s3.amazonaws.com/deep/key.tif'],
    ['s3://with.dots/key', 'https://s3.amazonaws.com/with.dots/key'],
    ['s3://Capital_Letters/key', 'https://s3.amazonaws.com/Capital_Letters/key'],
    ['s3://bucket/a b+c/ü#?.tif', 'https://bucket.s3.amazonaws.com/a%20b%2Bc/%C3%BC%23%3F.tif'],
    ['s3://bucket/a%20b', 'https://bucket.s3.amazonaws.com/a%2520b'],
    ['s3://bucket//twice//key', 'https://bucket.s3.amazonaws.com//twice//key'],
    ['s3://bucket/key?versionId=3HL4k', 'https://bucket.s3.amazonaws.com/key?versionId=3HL4k'],
    ['gs://bucket/key/a b', 'https://storage.googleapis.com/bucket/key/a%20b'],
    ['gcs://bucket/key', 'https://storage.googleapis.com/bucket/key'],
    ['az://account/container/a/b.tif', 'https://account.blob.core.windows.net/container/a/b.tif'],
    ['az://account/$web/b.tif', 'https://account.blob.core.windows.net/%24web/b.tif'],
    [
      'az://container@account.blob.core.windows.net/a b.tif',
      'https://account.blob.core.windows.net/container/a%20b.tif',
    ],
    ['abfss://container@account.dfs.core.windows.net/a.tif', 'https://account.blob.core.windows.net/container/a.tif'],
  ])('%s is %s', (url, expected) => {
    expect(publicAddress(url)).toBe(expected);
  });

  it.each([
    ['', 'an empty address'],
    ['a.tif', 'relative address'],
    ['C:\\data\\a.tif', 'relative address'],
    ['hdfs://host/a', 'Nothing here reads hdfs:'],
    ['ftp://host/a', 'Nothing here reads ftp:'],
    ['simplecache::s3://bucket/key', 'chains several protocols'],
    ['zip://a.tif::https://example.com/a.zip', 'chains several protocols'],
    ['http://', 'no valid web address'],
    ['https://user:secret@example.com/a.tif', 'user name or password'],
    ['s3://bucket', 's3://bucket/key is expected'],
    ['s3://bucket/', 's3://bucket/key is expected'],
    ['s3:///key', 's3://bucket/key is expected'],
    ['s3://evil.example\\@x/key', 's3://bucket/key is expected'],
    ['s3://bucket/a/../b', 'part "." or ".."'],
    ['s3://bucket/\ud800', 'no well-formed text'],
    ['az://container/blob.tif', 'which storage account'],
    ['az://my-container/folder/blob.tif', 'which storage account'],
    ['az://account/UPPER/blob.tif', 'which storage account'],
    ['az://@account.blob.core.windows.net/blob', 'which storage account'],
  ])('%s is refused: %s', (url, says) => {
    const error = thrownBy(() => publicAddress(url));
    expect(error.code).toBe('invalid-argument');
    expect(error.message).toContain(says);
    expect(error.message).not.toContain('secret');
  });

  it('are shown without user, password and query', () => {
    expect(displayAddress('https://u:p@example.com/a@b.tif?X-Amz-Signature=1\n2')).toBe(
      'https://example.com/a@b.tif?…',
    );
    expect(displayAddress('https://example.com/a.tif')).toBe('https://example.com/a.tif');
    expect(displayAddress('file:///a?b.tif')).toBe('file:///a?b.tif');
  });
});

describe('targets of references', () => {
  const posix = '/home/me/refs/a.json';
  it.each([
    ['https://example.com/a.tif', posix, 'https://example.com/a.tif'],
    ['s3://bucket/key', undefined, 's3://bucket/key'],
    ['file:///data/100%.tif', posix, 'file:///data/100%.tif'],
    ['simplecache::s3://bucket/key', posix, 'simplecache::s3://bucket/key'],
    ['/data/a b.tif', undefined, 'file:///data/a%20b.tif'],
    ['/data/a.tif', 'https://example.com/refs.json', 'file:///data/a.tif'],
    ['C:\\data\\a.tif', posix, 'file:///C:/data/a.tif'],
    ['d:/data/a.tif', undefined, 'file:///d:/data/a.tif'],
    ['\\\\server\\share\\a.tif', undefined, 'file://server/share/a.tif'],
    ['a.tif', posix, 'file:///home/me/refs/a.tif'],
    ['./b/../a.tif', posix, 'file:///home/me/refs/a.tif'],
    ['../a.tif', posix, 'file:///home/me/a.tif'],
    ['../../../../../a.tif', posix, 'file:///a.tif'],
    ['a:b.tif', posix, 'file:///home/me/refs/a%3Ab.tif'],
    ['a%20b#?.tif', posix, 'file:///home/me/refs/a%2520b%23%3F.tif'],
    ['a.tif', 'file:///home/my%20refs/a.json', 'file:///home/my%20refs/a.tif'],
    ['sub\\a.tif', 'C:\\refs\\a.json', 'file:///C:/refs/sub/a.tif'],
    ['..\\..\\..\\a.tif', 'C:\\refs\\a.json', 'file:///C:/a.tif'],
    ['a.tif', 'file:///c%3A/refs/a.json', 'file:///c:/refs/a.tif'],
    ['a.tif', '\\\\server\\share\\a.json', 'file://server/share/a.tif'],
    ['a.tif', '/folder/store.parquet/', 'file:///folder/store.parquet/a.tif'],
    ['a b.tif', 'https://example.com/x/refs.json?signature=1', 'https://example.com/x/a%20b.tif'],
    ['../a.tif', 'http://example.com/x/refs.json', 'http://example.com/a.tif'],
    ['a:b.tif', 'https://example.com/x/refs.json', 'https://example.com/x/a:b.tif'],
    ['sub/a b.tif', 's3://bucket/x/refs.json', 's3://bucket/x/sub/a b.tif'],
    ['../../../a.tif', 's3://bucket/x/refs.json', 's3://bucket/a.tif'],
  ])('%s beside %s is %s', (target, base, expected) => {
    expect(resolveTarget(target, base)).toBe(expected);
  });

  it.each([
    ['', posix, 'empty target'],
    ['a.tif', undefined, 'no folder to start from'],
    ['a.tif', 'untitled:Untitled-1', 'no folder to start from'],
    ['a.tif', 'relative.json', 'no folder to start from'],
  ])('%j beside %s is refused: %s', (target, base, says) => {
    const error = thrownBy(() => resolveTarget(target, base));
    expect(error.code).toBe('invalid-argument');
    expect(error.message).toContain(says);
  });
});

describe('file addresses', () => {
  it.each([
    ['/data/a.tif', 'file:///data/a.tif'],
    ['/data/ü 100%#?.tif', 'file:///data/%C3%BC%20100%25%23%3F.tif'],
    ['C:\\data\\a b.tif', 'file:///C:/data/a%20b.tif'],
    ['\\\\server\\share\\a.tif', 'file://server/share/a.tif'],
  ])('%s is %s, and back', (path, url) => {
    expect(pathToFileUrl(path)).toBe(url);
    expect(fileUrlToPath(url)).toBe(path);
  });

  it.each([
    ['file:/data/a.tif', '/data/a.tif'],
    ['file://localhost/data/a.tif', '/data/a.tif'],
    ['FILE:///data/a.tif', '/data/a.tif'],
    ['file:///c%3A/data/a.tif', 'c:\\data\\a.tif'],
    ['file:///data/100%.tif', '/data/100%.tif'],
    ['file:///data/a#b?c.tif', '/data/a#b?c.tif'],
  ])('%s means %s', (url, path) => {
    expect(fileUrlToPath(url)).toBe(path);
  });

  it.each(['file:', 'file://', 'file:a.tif', 'https://example.com/a', 'file:///a%00b'])('%s is no path', (url) => {
    expect(thrownBy(() => fileUrlToPath(url)).code).toBe('invalid-argument');
  });

  it('of relative paths and of broken text do not exist', () => {
    expect(thrownBy(() => pathToFileUrl('a.tif')).code).toBe('invalid-argument');
    expect(thrownBy(() => fileTarget('a.tif')).code).toBe('invalid-argument');
    expect(thrownBy(() => pathToFileUrl('/\udfff')).code).toBe('invalid-argument');
  });

  it('are not percent-encoded in a reference file, as fsspec reads them', () => {
    expect(fileTarget('/data/a b 100%.tif')).toBe('file:///data/a b 100%.tif');
    expect(fileTarget('C:\\data\\a b.tif')).toBe('file:///C:/data/a b.tif');
    expect(fileTarget('\\\\server\\share\\a b.tif')).toBe('file://server/share/a b.tif');
  });

  it('have a second, literal meaning where they hold an escape, but not one that leads elsewhere', () => {
    expect(literalPath('file:///data/a%20b.tif')).toBe('/data/a%20b.tif');
    expect(literalPath('file:///data/a b.tif')).toBeUndefined();
    expect(literalPath('file:///data/%2e%2e/a.tif')).toBeUndefined();
  });
});
