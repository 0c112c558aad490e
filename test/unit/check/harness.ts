import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { provideAssets } from '../../../src/assets';
import { MemorySource } from '../../../src/bytes/memory';
import type { ByteSource, SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { generateReferences } from '../../../src/generate/generate';
import type { GenerateOptions } from '../../../src/generate/types';
import { parseReferences } from '../../../src/references/parse';
import type { ReferenceSet } from '../../../src/references/reference-set';
import { describeTiff } from '../../../src/tiff/describe';
import type { GroupedFindings } from '../../../src/validate/group';
import { readTestAsset } from '../assets';

provideAssets(readTestAsset);

/** Where the targets of these tests stand. */
export const folder = 'https://data.example.org/';

/** Entries of a reference file by key, to be changed before they are checked. */
export type Refs = Record<string, unknown>;

/** A file among the fixtures. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.resolve(import.meta.dirname, '../../fixtures/tiffs', name)));
}

/** The address under which `openerOf` opens a fixture. */
export function addressOf(name: string): string {
  return folder + name;
}

/** Opens fixtures by their addresses, or what `files` has in their place: bytes, or why there are none. */
export function openerOf(files: Record<string, Uint8Array | KerchunkError> = {}): SourceOpener & { reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    open: (url) => {
      const name = url.slice(folder.length);
      const found = files[name] ?? fixture(name);
      const source = new MemorySource(url, found instanceof KerchunkError ? new Uint8Array(0) : found);
      const read: ByteSource['read'] = async (offset, length) => {
        reads.push(`${name} ${offset}+${length}`);
        if (found instanceof KerchunkError) throw found;
        return source.read(offset, length);
      };
      return {
        url,
        read,
        size: () => (found instanceof KerchunkError ? undefined : source.size()),
        validator: () => {
          source.validator();
        },
      };
    },
  };
}

/** The references that the preset portable writes for a fixture. @param page as describeTiff takes it. */
export async function referencesOf(name: string, options: Partial<GenerateOptions> = {}, page?: number): Promise<Refs> {
  const url = addressOf(name);
  const tiff = await describeTiff(new MemorySource(url, fixture(name)), page === undefined ? {} : { page });
  const { text } = await generateReferences(tiff, {
    preset: 'portable',
    targetUrl: url,
    overviews: false,
    coordinates: true,
    ...options,
  });
  const { refs } = JSON.parse(text) as { refs: Refs };
  return refs;
}

/** The same entries with the metadata of an array changed. */
export function withMetadata(refs: Refs, array: string, change: object): Refs {
  const key = `${array}/.zarray`;
  const metadata = JSON.parse(String(refs[key])) as object;
  return { ...refs, [key]: JSON.stringify({ ...metadata, ...change }) };
}

/** Parses entries as a reference file of version 1. */
export function setOf(refs: Refs, url = `${folder}references.json`): { set: ReferenceSet; text: Uint8Array } {
  const text = new TextEncoder().encode(JSON.stringify({ version: 1, refs }));
  return { set: parseReferences(text, { url }), text };
}

/** What tests compare of findings: code, how many, and the key and message of the first. */
export function inShort(groups: readonly GroupedFindings[]) {
  return groups.map(({ code, count, samples }) => ({
    code,
    count,
    key: samples[0]?.key,
    message: samples[0]?.message ?? '',
  }));
}

/** Other people's TIFFs, where they are at hand. */
export const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/tiff');
export const hasCorpus = existsSync(corpus);

/** The entries without those whose keys match. */
export function without(refs: Refs, keys: RegExp): Refs {
  return Object.fromEntries(Object.entries(refs).filter(([key]) => !keys.test(key)));
}
