import { rules, ruleOf } from '.';

const KINDS = {
  json: 'The text',
  kerchunk: 'The layout of references',
  references: 'References beside one another',
  zarr2: 'zarr v2 metadata and chunk keys',
  zarr3: 'zarr v3 metadata and chunk keys',
  attributes: 'Attributes: what xarray and CF take from them',
  parquet: 'Reference sets in parquet',
  tiff: 'The TIFF behind an array',
  source: 'References against the TIFF behind them (--source)',
  decode: 'Chunks, decoded (--decode)',
  reach: 'Files that references point at (--reach)',
};

/** docs/rules.md: every rule with its severity, meaning, source and examples, as Markdown. A rule's heading is its code. */
export function rulesDocument(): string {
  const parts = [
    '# Rules of reference files',
    'What `kerchunk validate` and the viewer find, by code. An **error** breaks the specification, or makes fsspec with zarr-python or xarray fail or ' +
      'read wrong values; a **warning** is a likely mistake or a trap; an **info** is neither. This file is made from the rules themselves ' +
      '(`npm run docs`).',
  ];
  for (const [kind, title] of Object.entries(KINDS)) {
    const codes = Object.keys(rules).filter((code) => code.startsWith(`${kind}/`));
    if (codes.length === 0) continue;
    parts.push(`## ${title}`);
    for (const code of codes) parts.push(...ruleSection(code));
  }
  return `${parts.join('\n\n')}\n`;
}

function ruleSection(code: string): string[] {
  const rule = ruleOf(code);
  if (rule === undefined) return [];
  const { severity, title, explanation, source, fix, examples } = rule;
  const section = [`### ${code}`, `**${severity}.** ${title}`, explanation, `Source: ${source}.`];
  if (fix !== undefined) section.push(`Quick fix: ${fix}.`);
  if (examples !== undefined) {
    section.push('Breaks it:', fenced(examples.breaks), 'Is good:', fenced(examples.good));
  }
  return section;
}

/** A byte order mark, which nobody sees, as its escape. */
function fenced(text: string): string {
  return ['```json', text.replaceAll('\ufeff', '\\ufeff'), '```'].join('\n');
}
