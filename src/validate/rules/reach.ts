import type { Rule } from './types';

const RANGES = 'RFC 9110, section 14';

/** Files that references point at, asked for one byte each (`validate --reach`). */
export const reachRules = {
  'reach/absent': {
    severity: 'error',
    title: 'There is no such file.',
    explanation:
      'The server says so (404, 410), or no file stands at the path. Readers fail on its chunks, and some take the failure for missing chunks and give fill values. Look for where the file was moved, and write that address.',
    source: 'RFC 9110, sections 15.5.5 and 15.5.11; fsspec/kerchunk#449',
  },
  'reach/refused': {
    severity: 'error',
    title: 'A file cannot be read.',
    explanation:
      'The server refuses it, fails, or does not answer, as the message says. It may need a login or rights that are missing here, where readers have them: give those to fsspec as remote_options.',
    source: 'RFC 9110, sections 15.5 and 15.6',
  },
  'reach/no-ranges': {
    severity: 'error',
    title: 'A server does not give ranges.',
    explanation:
      'It answers 200 with the whole file to a request for a part of it. fsspec takes that for the part, so that chunks decode to nothing or to wrong values; others fetch the whole file for every chunk. Use another server for the file.',
    source: `${RANGES}.2; fsspec/filesystem_spec#1140`,
  },
  'reach/past-end': {
    severity: 'error',
    title: 'References end beyond the end of their file.',
    explanation:
      'The file is shorter than when the references were written: replaced, cut off, or another one. Readers get fewer bytes than they need, or none. Generate the references anew.',
    source: `${RANGES}.4`,
  },
  'reach/not-tried': {
    severity: 'info',
    title: 'A file was not tried.',
    explanation:
      'Whether it is there is not known: nothing here reads its address, or it may not be read here, as the message says. Files are read at http, https, s3, gs, az and file addresses, of public objects; in VS Code local ones outside the workspace once you allow it.',
    source: 'This check',
  },
} as const satisfies Record<string, Rule>;
