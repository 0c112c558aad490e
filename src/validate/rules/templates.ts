import { CHUNK, version1 } from './examples';
import { FSSPEC_REFERENCES, KERCHUNK_SPEC, type Rule } from './types';

const templated = '["{{u}}", 8, 8]';
const versionAndTemplate = { version: '1', templates: '{"u": "https://example.org/a"}' };
const plainlyTemplated = version1({ 'a/0.0': '["{{u}}.tif", 8, 8]' }, versionAndTemplate);
const writtenOut = version1({ 'a/0.0': CHUNK, 'a/0.1': '["https://example.org/a.tif", 16, 8]' });

const item = {
  key: 'a/0.{{i}}',
  url: 'https://example.org/a.tif',
  offset: '{{i * 8}}',
  length: '8',
  dimensions: { i: { stop: 2 } },
};

/** A file with one item of `gen`, its members replaced, and templates. */
function withGen(replaced: object, templates?: object): string {
  const gen = JSON.stringify([{ ...item, ...replaced }]);
  return version1(
    {},
    { version: '1', ...(templates === undefined ? {} : { templates: JSON.stringify(templates) }), gen },
  );
}

const TEMPLATES = `${KERCHUNK_SPEC}, version 1, "templates"`;
const GEN = `${KERCHUNK_SPEC}, version 1, "gen"; ${FSSPEC_REFERENCES}, _process_gen`;
const FORMAT = `${FSSPEC_REFERENCES}, _process_references1`;

/** `templates` and `gen`, by which a reference file of version 1 is made shorter. */
export const templateRules = {
  'kerchunk/template-shape': {
    severity: 'error',
    title: 'A template is no string.',
    explanation: '"templates" is an object of names and strings. fsspec fails on the whole file.',
    source: `${TEMPLATES}; ${FSSPEC_REFERENCES}, _process_templates`,
    examples: {
      breaks: version1({ 'a/0.0': CHUNK }, { version: '1', templates: '{"u": 1}' }),
      good: version1({ 'a/0.0': templated }, { version: '1', templates: '{"u": "https://example.org/1"}' }),
    },
  },
  'kerchunk/template-undefined': {
    severity: 'error',
    title: 'A template is used and not defined.',
    explanation:
      'fsspec fails on the whole file; opened with simple_templates=False it asks for an address in which the template is empty. Define the name under "templates".',
    source: `${TEMPLATES}; ${FORMAT}`,
    examples: { breaks: version1({ 'a/0.0': '["{{v}}", 8, 8]' }, versionAndTemplate), good: plainlyTemplated },
  },
  'kerchunk/template-literal': {
    severity: 'error',
    title: 'An address has a template in a file that defines none.',
    explanation:
      'Version 0 has no templates, and without "templates" fsspec substitutes nothing in version 1 either: it asks for an address with the braces in it. Write the address out, or define the name under "templates".',
    source: `${TEMPLATES}; ${FORMAT}`,
    examples: {
      breaks: version1({ 'a/0.0': '["{{u}}/a.tif", 8, 8]' }),
      good: version1({ 'a/0.0': '["https://example.org/{u}/a.tif", 8, 8]' }),
    },
  },
  'kerchunk/template-braces': {
    severity: 'error',
    title: 'An address has a brace beside its template.',
    explanation:
      "fsspec makes single braces of double ones and leaves the rest to Python's str.format, which takes every brace for a template: it fails on the whole file. " +
      'Put the part with the brace into the template.',
    source: FORMAT,
    examples: {
      breaks: version1({ 'a/0.0': '["{{u}}/{1}.tif", 8, 8]' }, versionAndTemplate),
      good: version1({ 'a/0.0': templated, 'a/0.1': '["https://example.org/{1}.tif", 8, 8]' }, versionAndTemplate),
    },
  },
  'kerchunk/template-function': {
    severity: 'error',
    title: 'A template is called as a function.',
    explanation:
      'The specification has it, and fsspec fails on the whole file unless it is opened with simple_templates=False (and jinja2 is installed). Write the addresses out.',
    source: `${TEMPLATES}; ${FORMAT}; fsspec/filesystem_spec#2029`,
    examples: {
      breaks: version1(
        { 'a/0.0': '["{{f(c=\'a\')}}", 8, 8]' },
        { version: '1', templates: '{"f": "https://example.org/{{c}}.tif"}' },
      ),
      good: plainlyTemplated,
    },
  },
  'kerchunk/template-expression': {
    severity: 'error',
    title: 'A template has more than a name between its braces.',
    explanation:
      'Spaces, arithmetic and all else of Jinja is in the specification, and fsspec fails on the whole file unless it is opened with simple_templates=False: {{ u }} is not {{u}}.',
    source: `${TEMPLATES}; ${FORMAT}`,
    examples: {
      breaks: version1({ 'a/0.0': '["{{ u }}", 8, 8]' }, versionAndTemplate),
      good: plainlyTemplated,
    },
  },
  'kerchunk/template-arguments': {
    severity: 'error',
    title: 'A template is called that takes no arguments, or not called though it takes some.',
    explanation:
      'A template with braces in it is a function and needs its arguments, {{f(c=1)}}; any other is a text. fsspec fails on the file, or asks for an address that holds the name of a Python function.',
    source: `${TEMPLATES}; ${FSSPEC_REFERENCES}, _process_templates`,
    examples: {
      breaks: version1({ 'a/0.0': '["{{u(c=1)}}", 8, 8]' }, versionAndTemplate),
      good: plainlyTemplated,
    },
  },
  'kerchunk/template-not-evaluated': {
    severity: 'error',
    title: 'A template holds what is not evaluated here.',
    explanation:
      'It is more of Jinja than names, arithmetic and calls of templates. fsspec fails on the whole file unless it is opened with simple_templates=False, and readers of other languages do not evaluate it; the references with it are not looked at here.',
    source: `${TEMPLATES}; ${FORMAT}`,
    examples: { breaks: version1({ 'a/0.0': '["{{u|upper}}", 8, 8]' }, versionAndTemplate), good: plainlyTemplated },
  },
  'kerchunk/template-collision': {
    severity: 'error',
    title: 'A dimension of "gen" has the name of a template.',
    explanation:
      'fsspec gives both to Jinja under one name, and fails on the whole file with a TypeError. Rename one of them.',
    source: GEN,
    examples: { breaks: withGen({}, { i: 'https://example.org/a' }), good: writtenOut },
  },
  'kerchunk/gen-default-off': {
    severity: 'warning',
    title: 'References are made by "gen".',
    explanation:
      'fsspec leaves them out unless it is opened with simple_templates=False: the chunks then read as fill values without a word. Versions before 2026.6.0 made them always. Write the references out.',
    source: `${GEN}; fsspec/filesystem_spec#2029`,
    examples: { breaks: withGen({}), good: writtenOut },
  },
  'kerchunk/gen-shape': {
    severity: 'error',
    title: 'An item of "gen" is malformed.',
    explanation:
      'An item has "key", "url" and "dimensions", and "offset" and "length" both or neither, all strings; a dimension is a list of integers or a range with "stop" and a step that is not 0. ' +
      'fsspec fails on the whole file where it evaluates "gen".',
    source: GEN,
    examples: { breaks: withGen({ dimensions: { i: { stop: 2, step: 0 } } }), good: writtenOut },
  },
  'kerchunk/gen-empty': {
    severity: 'warning',
    title: 'An item of "gen" makes no reference.',
    explanation:
      'One of its dimensions has no value, as where "stop" is not beyond "start" and "step" is positive. Ranges end before "stop", as in Python.',
    source: GEN,
    examples: { breaks: withGen({ dimensions: { i: { start: 2, stop: 2 } } }), good: writtenOut },
  },
  'kerchunk/gen-collision': {
    severity: 'warning',
    title: 'An item of "gen" makes keys that stand in the file already.',
    explanation:
      'The references of "gen" replace those under "refs", and a later item those of an earlier one, without a word; where "gen" is left out the others count.',
    source: GEN,
  },
  'kerchunk/gen-not-evaluated': {
    severity: 'warning',
    title: 'An item of "gen" is not evaluated here.',
    explanation:
      'It has more than names, arithmetic and calls of templates. Which keys it makes is not known, so that a key that is not there may be one of them. fsspec leaves it out unless it is opened with simple_templates=False.',
    source: GEN,
    examples: { breaks: withGen({ key: 'a/0.{{i|string}}' }), good: writtenOut },
  },
  'kerchunk/gen-limit': {
    severity: 'error',
    title: '"gen" makes more references than can be held.',
    explanation:
      'A product of dimensions explodes easily, and fsspec expands it before anything is read. Look at "stop" and "step" of each dimension.',
    source: GEN,
    examples: { breaks: withGen({ dimensions: { i: { stop: 100_000_000 } } }), good: writtenOut },
  },
} as const satisfies Record<string, Rule>;
