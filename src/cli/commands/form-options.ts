import { type Command, InvalidArgumentError, Option } from 'commander';
import { forms } from '../../manifest/forms';
import { JSON_HELP } from './command-line';

/** Options of commands that write reference sets. */
export function withForm(command: Command): Command {
  return command
    .addOption(
      new Option('--form <form>', 'what to write, where the name of the output does not say it').choices(forms),
    )
    .addOption(
      new Option(
        '--record-size <n>',
        'parquet: references of each record file; by default that of the first input in parquet, else 10000',
      ).argParser(parseRecordSize),
    )
    .addOption(
      new Option('--zarr <version>', 'version of zarr of the metadata: 2, as every reader of references has it, or 3')
        .choices(['2', '3'])
        .argParser(parseZarr),
    )
    .option('--nested', 'JSON: metadata as objects, which are easier to read, and fewer readers open', false)
    .option(
      '--templates',
      'JSON: templates in place of addresses that many references have, or of what they begin with; what it saves and which readers it loses is told',
      false,
    )
    .addOption(
      new Option(
        '--template <name=prefix>',
        'JSON: a template of this name in place of what addresses begin with, once for each',
      )
        .argParser((text: string, before: [string, string][]) => [...before, parsePair(text)])
        .default([]),
    )
    .option(
      '--gen',
      'JSON: items of gen in place of chunks of one length at offsets that grow by one step, as those of uncompressed files do; more readers are lost',
      false,
    )
    .option('--json', JSON_HELP, false);
}

/** Options of commands that write changed reference sets. */
export function withEdits(command: Command, renameHelp = 'give a variable another name, once for each'): Command {
  return withForm(
    command
      .requiredOption(
        '-o, --output <file|folder|->',
        'where to write: <name>.json, <name>.json.gz, <name>.parq for a folder in parquet, another folder, which is made where its name ends with a slash, for <name>.kerchunk.json in it, - for standard output',
      )
      .option('--drop <path>', 'leave out a variable or group, once for each', collect, [])
      .addOption(
        new Option('--rename <path=name>', renameHelp)
          .argParser((text: string, before: [string, string][]) => [...before, parsePair(text)])
          .default([]),
      )
      .addOption(
        new Option(
          '--url-prefix <from=to>',
          'addresses that begin with from begin with to, once for each; a path stands for file:// and that path too',
        )
          .argParser((text: string, before: [string, string][]) => [...before, parsePrefixes(text)])
          .default([]),
      ),
  );
}

function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function parsePair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write old=new.');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** As `parsePair`, of addresses, which may have = in them: what `to` is begins like an address or a path, or is nothing. */
function parsePrefixes(text: string): [string, string] {
  const at = /(?<!^)=(?=[a-z][a-z0-9+.-]*:|[/\\.]|$)/iu.exec(text)?.index;
  return at === undefined ? parsePair(text) : [text.slice(0, at), text.slice(at + 1)];
}

function parseZarr(text: string): 2 | 3 {
  if (text === '2') return 2;
  if (text === '3') return 3;
  throw new InvalidArgumentError('It is 2 or 3.');
}

function parseRecordSize(text: string): number {
  if (/^\d{1,7}$/u.test(text) && Number(text) >= 1 && Number(text) <= 1_000_000) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 1000000.');
}
