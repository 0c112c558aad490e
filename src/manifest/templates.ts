import { KerchunkError } from '../errors';
import { RESERVED_NAMES } from '../references/expression';
import type { Manifest } from './types';
import { UrlCounts } from './url-counts';

/** Which templates a reference file is written with. */
export interface TemplateChoice {
  /** Names, and the beginnings of addresses that they stand for. */
  given: readonly (readonly [name: string, prefix: string])[];
  /** Whether others are chosen for addresses that begin with none of these. */
  chosen: boolean;
}

/** Longer addresses are not rendered by readers. */
const MOST_CHARACTERS = 2 ** 13;

/** The templates of a reference file of version 1. */
export class UrlTemplates {
  /** What each stands for, by name, in the order they are written. */
  readonly values = new Map<string, string>();
  private readonly given: readonly (readonly [name: string, prefix: string])[];
  /** Names of chosen templates by what they stand for. */
  private readonly chosen = new Map<string, string>();
  private readonly braces: Record<string, string> = {};
  private lastUrl = '';
  private lastText = '';

  /**
   * @param given names and what they stand for; each is used.
   * @param worth what others stand for, the most used first.
   * @param avoided names that templates must not have: those of dimensions of `gen`.
   */
  constructor(
    given: TemplateChoice['given'],
    worth: readonly string[],
    { hasBraces, avoided }: { hasBraces: boolean; avoided: ReadonlySet<string> } = {
      hasBraces: false,
      avoided: new Set(),
    },
  ) {
    this.given = [...given].sort(([, a], [, b]) => b.length - a.length);
    for (const [name, prefix] of given) this.values.set(name, prefix);
    const names = freeNames(new Set([...avoided, ...this.values.keys()]));
    for (const text of worth) {
      const name = names.next().value;
      this.values.set(name, text);
      this.chosen.set(text, name);
    }
    if (!hasBraces || this.values.size === 0) return;
    for (const brace of '{}') {
      const name = names.next().value;
      this.values.set(name, brace);
      this.braces[brace] = `{{${name}}}`;
    }
  }

  /**
   * An address as it is written, so that fsspec makes of it what it was, by str.format and by Jinja alike.
   * @throws KerchunkError `not-expressible` for one with `{{` that no reader would give back.
   */
  encode(url: string): string {
    if (this.values.size === 0) return url;
    if (url !== this.lastUrl) {
      this.lastText = this.encodeNew(url);
      this.lastUrl = url;
    }
    return this.lastText;
  }

  private encodeNew(url: string): string {
    if (!isTemplatable(url)) {
      if (!url.includes('{{')) return url;
      throw new KerchunkError(
        'not-expressible',
        `An address with "{{" has a line break or more than ${MOST_CHARACTERS} characters, which cannot stand beside templates. Write the set without templates.`,
      );
    }
    const [start, end] = this.beginning(url);
    if (start === '' && !url.includes('{{')) return url;
    return start + url.slice(end).replace(/[{}]/gu, (brace) => this.braces[brace] ?? brace);
  }

  /** The template that an address begins with, as it is used, and the length of what it stands for. */
  private beginning(url: string): [text: string, length: number] {
    const given = this.given.find(([, prefix]) => url.startsWith(prefix));
    if (given !== undefined) return [`{{${given[0]}}}`, given[1].length];
    for (let end = url.length; end > 0; end = end < 2 ? 0 : url.lastIndexOf('/', end - 2) + 1) {
      const name = this.chosen.get(url.slice(0, end));
      if (name !== undefined) return [`{{${name}}}`, end];
    }
    return ['', 0];
  }
}

/** Whether templates may stand in an address: Jinja changes line breaks. */
export function isTemplatable(url: string): boolean {
  return url.length <= MOST_CHARACTERS && !/[\r\n]/u.test(url);
}

/**
 * The templates for the addresses of a manifest; given ones that none begins with are left out.
 * @throws KerchunkError `invalid-argument` for a given name that readers refuse, or that stands for what they would take for a template.
 */
export async function templatesFor(
  manifest: Manifest,
  { given, chosen }: TemplateChoice,
  avoided: ReadonlySet<string>,
  giveWay: () => Promise<void>,
): Promise<UrlTemplates> {
  for (const [name, prefix] of given) checkGiven(name, prefix, given);
  const longestFirst = [...given].sort(([, a], [, b]) => b.length - a.length);
  const used = new Set<string>();
  const counts = new UrlCounts();
  let hasBraces = false;
  let step = 0;
  let last = '';
  let isCounted = false;
  for (const { entries } of manifest.arrays) {
    for (const [, entry] of entries()) {
      if ((++step & 0x3fff) === 0) await giveWay();
      if (entry.kind === 'inline') continue;
      const { url } = entry;
      if (url !== last) {
        last = url;
        hasBraces ||= /[{}]/u.test(url);
        const its = isTemplatable(url) ? longestFirst.find(([, prefix]) => url.startsWith(prefix)) : undefined;
        if (its !== undefined) used.add(its[0]);
        isCounted = chosen && its === undefined && isTemplatable(url);
      }
      if (isCounted) counts.add(url);
    }
  }
  const worth = counts.worthTemplates().map(({ text }) => text);
  return new UrlTemplates(
    given.filter(([name]) => used.has(name)),
    worth,
    { hasBraces, avoided },
  );
}

function checkGiven(name: string, prefix: string, given: TemplateChoice['given']): void {
  if (!isName(name)) {
    throw new KerchunkError(
      'invalid-argument',
      `"${name}" is no name of a template: it is of letters, digits and _, begins with no digit, and is no word of Jinja's.`,
    );
  }
  if (given.filter(([other]) => other === name).length > 1) {
    throw new KerchunkError('invalid-argument', `There would be two templates "${name}". Give one another name.`);
  }
  if (prefix === '' || prefix.includes('{{') || !isTemplatable(prefix)) {
    throw new KerchunkError(
      'invalid-argument',
      `The template "${name}" cannot stand for ${JSON.stringify(prefix)}: it is the beginning of addresses, without "{{" and line breaks.`,
    );
  }
}

/** `self` is taken by the function of Jinja that fsspec gives all names to. */
function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) && !RESERVED_NAMES.includes(name) && name !== 'self';
}

/** a, b, …, z, aa, ab, … without those that are taken or no names. */
function* freeNames(taken: ReadonlySet<string>): Generator<string, never> {
  for (let number = 0; ; number++) {
    const name = nameOf(number);
    if (!taken.has(name) && isName(name)) yield name;
  }
}

function nameOf(number: number): string {
  const last = String.fromCharCode(0x61 + (number % 26));
  return number < 26 ? last : nameOf(Math.floor(number / 26) - 1) + last;
}
