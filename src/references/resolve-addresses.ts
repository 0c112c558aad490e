import { isJsonObject, type JsonValue } from '../json';
import type { Steps } from '../steps';
import { cutText } from '../words';
import { AddressFaults } from './address-faults';
import { TargetChecks } from './check-targets';
import { FIRST_KIND } from './columns';
import type { EntryScanner } from './entry-scanner';
import { GenExpander, type Generated } from './generated';
import { placeAt, textAt } from './places';
import type { ProblemList } from './problems';
import { Addresses, resolveTargets } from './targets';
import type { TextSpan } from './types';

/** A member of the top level of a reference file: its value, and the places of its key and value. */
export interface Member {
  value: JsonValue;
  key: TextSpan;
  span: TextSpan;
}

/** The members of version 1 that make addresses; none in version 0. */
export interface AddressMembers {
  templates?: Member | undefined;
  gen?: Member | undefined;
}

/** Reads the templates, substitutes them in the addresses, and expands `gen`. What is wrong with them becomes problems of the scanner. */
export function* resolveAddresses(
  text: Uint8Array,
  members: AddressMembers,
  scanner: EntryScanner,
): Steps<{ generated: Generated; addresses: Addresses }> {
  const { problems, columns, targets: table } = scanner;
  const { templates, areFaulty } = readTemplates(text, members.templates, problems);
  const addresses = new Addresses(table);
  const faults = new AddressFaults();
  const substituted = templates.size === 0 && !areFaulty ? undefined : templates;
  const context = { text, columns, table, templates: substituted, areFaulty, addresses, problems, faults };
  const checks = new TargetChecks(context);
  const addressesOfTokens = yield* resolveTargets(context, members.gen !== undefined);
  checks.checkTokens(addressesOfTokens);
  const generated = yield* expandGenerated(text, members.gen, scanner, templates, addresses, checks);
  // What follows from a template at fault is not told beside it.
  if (!areFaulty) faults.reportTo(problems);
  return { generated, addresses };
}

const NO_TEMPLATES: Templates = { templates: new Map(), areFaulty: false };
const NOTHING_GENERATED: Generated = { rows: [], unevaluated: [] };

interface Templates {
  templates: Map<string, string>;
  /** Whether a template is no string, so that addresses with it cannot be known. */
  areFaulty: boolean;
}

function readTemplates(text: Uint8Array, member: Member | undefined, problems: ProblemList): Templates {
  if (member === undefined) return NO_TEMPLATES;
  const { value: json, span } = member;
  const templates = new Map<string, string>();
  if (!isJsonObject(json)) {
    problems.add('kerchunk/template-shape', 'templates', span, '"templates" must be an object of names and strings.');
    return { templates, areFaulty: true };
  }
  let areFaulty = false;
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === 'string') {
      templates.set(name, value);
      continue;
    }
    areFaulty = true;
    const place = placeAt(text, span.offset, [name]) ?? span;
    const message = `The template "${name}" is ${cutText(textAt(text, place), 40)}; it must be a string.`;
    problems.add('kerchunk/template-shape', name, place, message);
  }
  return { templates, areFaulty };
}

function* expandGenerated(
  text: Uint8Array,
  gen: Member | undefined,
  scanner: EntryScanner,
  templates: ReadonlyMap<string, string>,
  addresses: Addresses,
  checks: TargetChecks,
): Steps<Generated> {
  if (gen === undefined) return NOTHING_GENERATED;
  const { columns, problems } = scanner;
  const first = columns.length;
  const expander = new GenExpander(text, templates, columns, (url) => addresses.ofText(url), problems, checks);
  const generated = yield* expander.expand(gen.value, gen.span);
  for (let row = first; row < columns.length; row++) {
    if (columns.target.get(row) >= FIRST_KIND) continue;
    const message =
      '"gen" is left out by fsspec unless it is opened with simple_templates=False; the references it makes then read as missing.';
    problems.add('kerchunk/gen-default-off', 'gen', gen.key, message);
    break;
  }
  return generated;
}
