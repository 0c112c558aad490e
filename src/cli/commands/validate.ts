import { Option } from 'commander';
import { parseSampleSize, type SampleSize } from '../../check/sample';
import { explain } from '../explain';
import { parseRuleFilter } from '../rule-filter';
import { validate, type ValidateArguments } from '../validate';
import { type CommandLine, JSON_HELP } from './command-line';

/** `kerchunk validate`. */
export function addValidate({ program, terminal, version, exitWith }: CommandLine): void {
  program
    .command('validate')
    .description(
      'check reference files; exit 0: no errors, 1: errors found, 2, whatever else was found: a reference file, or with --source and --decode a file behind it, could not be read. ' +
        'Of an array with a delta or scaling filter the headers of the file behind it are read, where that may be a TIFF, as only they tell whether its values are right: ' +
        'an error where they can be read, a warning where not. The requests are counted; --offline makes none.',
    )
    .showHelpAfterError('(see: kerchunk validate --help)')
    .argument(
      '<refs...>',
      'reference files (.json, .json.gz, .json.zst), or folders of reference sets in parquet, by their paths or addresses',
    )
    .option(
      '--source',
      "check against the TIFFs behind the arrays: every reference against the file's own tile tables, and chunks decoded by the references' codecs against what the file's tags give",
      false,
    )
    .option(
      '--sample <n|all>',
      'with --source: chunks of each array that are decoded both ways; by default 4: the first, the last, one at the edge, the largest',
      parseSample('--sample'),
    )
    .option(
      '--decode <n|all>',
      'decode n chunks of each array, or all: failures, values outside STATISTICS_* or valid_min, valid_max and valid_range, chunks that are all fill',
      parseSample('--decode'),
    )
    .option(
      '--reach',
      'ask every file that chunks point at for one byte: whether it is there, whether its server gives ranges, and whether the ranges end within it',
      false,
    )
    .option('--offline', 'ask nothing of the files behind the references; what depends on them is a warning', false)
    .addOption(
      new Option(
        '--rules <names>',
        'only findings of these rules, by code or kind, separated by commas: zarr2,kerchunk/offset; that a file is no reference file is told in any case',
      ).argParser(parseRuleFilter),
    )
    .option('--trace', 'tell each request', false)
    .addOption(new Option('--json', JSON_HELP).default(false).conflicts(['sarif', 'github']))
    .addOption(
      new Option('--sarif', 'print a SARIF 2.1.0 log on standard output, for code scanning')
        .default(false)
        .conflicts(['json', 'github']),
    )
    .addOption(
      new Option('--github', 'print workflow commands of GitHub Actions, which mark the lines of a pull request')
        .default(false)
        .conflicts(['json', 'sarif']),
    )
    .action(async (files: string[], options: ValidateArguments) => {
      exitWith(await validate(terminal, files, options, version));
    });
}

/** `kerchunk explain`. */
export function addExplain({ program, terminal, exitWith }: CommandLine): void {
  program
    .command('explain')
    .description('what a rule of kerchunk validate means, where it is written, and examples; of a kind, its rules')
    .showHelpAfterError('(see: kerchunk explain --help)')
    .argument('<rule>', 'code of a rule, as in zarr2/dtype, or a kind, as in zarr2')
    .option('--json', JSON_HELP, false)
    .action((name: string, options: { json: boolean }) => {
      exitWith(explain(terminal, name, options.json));
    });
}

/** Reads the value of an option that is a number of chunks or `all`. */
function parseSample(option: string): (text: string) => SampleSize {
  return (text) => parseSampleSize(text, option);
}
