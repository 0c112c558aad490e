import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseSampleSize, type SampleSize } from '../check/sample';
import { describeError } from '../errors';
import { forms } from '../manifest/forms';
import { chunk, type ChunkArguments } from './chunk';
import { explain } from './explain';
import { append, type AppendArguments, combine, type CombineArguments } from './combine';
import { convert } from './convert';
import { diff } from './diff';
import { generate, type GenerateArguments } from './generate';
import { info } from './info';
import type { WriteArguments } from './manifests';
import { mosaic, type MosaicArguments, scene, type SceneArguments, stack, type StackArguments } from './combine-tiffs';
import { read, type ReadArguments } from './read';
import { parseRuleFilter } from './rule-filter';
import { exitCodes, type Terminal } from './terminal';
import { validate, type ValidateArguments } from './validate';

/** Runs the command line `args` (without node and script) and returns the exit code; every failure is told in one message. */
export async function run(args: readonly string[], terminal: Terminal, version: string): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram(terminal, version, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.failed;
    const { code, message } = describeError(error, 'fetch-failed');
    terminal.tell(message);
    return code === 'cancelled' ? exitCodes.cancelled : exitCodes.failed;
  }
}

function createProgram(terminal: Terminal, version: string, exitWith: (code: number) => void): Command {
  const program = new Command('kerchunk')
    .description(
      'Generate, check and read kerchunk references: JSON that presents byte ranges of files as zarr arrays.',
    )
    .version(version)
    .showHelpAfterError('(see: kerchunk --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text);
      },
      writeErr: (text) => {
        terminal.tell(text.trimEnd());
      },
    });
  const jsonHelp = 'print machine-readable results on standard output';

  program
    .command('generate')
    .description(
      'write references for TIFFs: <name>.kerchunk.json beside each file, of an address in the working directory',
    )
    .showHelpAfterError('(see: kerchunk generate --help)')
    .argument('<file|url...>', 'paths, or https:, http:, s3:, gs: and az: addresses')
    .option(
      '-o, --output <file|folder|->',
      'where to write; - for standard output, a folder that ends with a slash is created; an existing reference file is replaced, any other file is not',
    )
    .addOption(new Option('--preset <preset>', 'what is written').choices(['portable', 'notebook']).default('portable'))
    .option(
      '--name <name>',
      'name of the array; by default the description of the only band, where it is an identifier, else band_data',
    )
    .addOption(
      new Option(
        '--refs-version <version>',
        'version of the reference format: 0, keys at the top level, or 1, keys under "refs"; by default 1, and 0 for the preset notebook',
      )
        .choices(['0', '1'])
        .argParser(parseVersion),
    )
    .option('--url <url>', 'address that the references carry, where it differs from where the file is read')
    .addOption(targetsOption())
    .addOption(
      new Option(
        '--page <number>',
        'of a file of several pages, the one to write: the number of its IFD, from 0 (kerchunk info lists them; GTIFF_DIR of GDAL counts from 1)',
      ).argParser(parsePage),
    )
    .option(
      '--verify',
      'compare the 4 bytes before and behind a sample of tiles with what a COG of GDAL promises of them; where they differ nothing is written',
      false,
    )
    .option(
      '--sidecar',
      'of a web address, look for overviews and a mask beside the file too (<name>.ovr, <name>.msk), a request each; beside local files they are found anyway',
      false,
    )
    .addOption(
      new Option(
        '--last-strip <how>',
        'a compressed last strip of fewer rows than the others: anew, decoded, padded, encoded again and inlined; cut, its rows are left out where it cannot be written so',
      )
        .choices(['anew', 'cut'])
        .default('anew'),
    )
    .option('--overviews', 'write the overviews too, each level as a group (preset portable only)', false)
    .option('--json', jsonHelp, false)
    .action(async (inputs: string[], options: GenerateArguments) => {
      exitWith(await generate(terminal, inputs, options));
    });

  const filesHelp =
    'TIFFs by path or address, with * and ? in paths; STAC Items and ItemCollections; text files with a path or address a line';
  const scenes = program
    .command('scene')
    .description(
      'write the bands of one scene as one reference set: TIFFs, or the assets of a STAC Item. Bands of one grid share its coordinates; of several, each has a group (10m, 20m). ' +
        'Names come from STAC, band descriptions, or what differs in the file names',
    )
    .showHelpAfterError('(see: kerchunk scene --help)');
  setOptions(scenes, filesHelp, jsonHelp);
  assetOptions(scenes, "where the variable's name stands in the file names: '*_{band}_10m.tif', * for anything").action(
    async (inputs: string[], options: SceneArguments) => {
      exitWith(await scene(terminal, inputs, options));
    },
  );

  const stacks = program
    .command('stack')
    .description(
      'write scenes along a new dimension as one reference set: time by STAC, by the tags of the TIFFs, or by their names. What must agree (grid, data type, chunks, codecs, CRS, nodata, scale) ' +
        'is checked before anything is written',
    )
    .showHelpAfterError('(see: kerchunk stack --help)');
  setOptions(stacks, filesHelp, jsonHelp);
  assetOptions(
    stacks,
    "where date, variable or another dimension stand in the file names: '*_{time:%Y%m%d}_{band}.tif', '{version}_*.tif'; * for anything",
  )
    .option('--name <name>', 'name of the variable, where all files are of one')
    .addOption(
      new Option(
        '--duplicates <which>',
        'of several files of one variable and date, the one that counts; else that stops the job',
      ).choices(['first', 'last']),
    )
    .addOption(
      new Option(
        '--differing <what>',
        'what becomes of files that differ from most of their variable: stop and write nothing, leave them out, or put them in groups of their own',
      )
        .choices(['stop', 'leave-out', 'group'])
        .default('stop'),
    )
    .action(async (inputs: string[], options: StackArguments) => {
      exitWith(await stack(terminal, inputs, options));
    });

  setOptions(
    program
      .command('mosaic')
      .description(
        'write adjacent tiles on one grid as one array. Each must begin where a chunk does, and end there or at the edge of all: chunks cannot be cut',
      )
      .showHelpAfterError('(see: kerchunk mosaic --help)'),
    filesHelp,
    jsonHelp,
  )
    .option('--name <name>', 'name of the variable; by default the description that all share, else band_data')
    .addOption(
      new Option(
        '--duplicates <which>',
        'of two tiles that overlap, the one that counts; else that stops the job',
      ).choices(['first', 'last']),
    )
    .addOption(
      new Option('--differing <what>', 'what becomes of files that differ from the first')
        .choices(['stop', 'leave-out'])
        .default('stop'),
    )
    .action(async (inputs: string[], options: MosaicArguments) => {
      exitWith(await mosaic(terminal, inputs, options));
    });

  program
    .command('info')
    .description(
      'what a reference file holds, or what a TIFF does: its images, how they are stored, and where they lie',
    )
    .showHelpAfterError('(see: kerchunk info --help)')
    .argument(
      '<file>',
      'reference file (.json, .json.gz, .json.zst), folder of a reference set in parquet, or TIFF, by its path or address',
    )
    .option('--json', jsonHelp, false)
    .action(async (file: string, options: { json: boolean }) => {
      exitWith(await info(terminal, file, options.json));
    });

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
    .addOption(new Option('--json', jsonHelp).default(false).conflicts(['sarif', 'github']))
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

  program
    .command('explain')
    .description('what a rule of kerchunk validate means, where it is written, and examples; of a kind, its rules')
    .showHelpAfterError('(see: kerchunk explain --help)')
    .argument('<rule>', 'code of a rule, as in zarr2/dtype, or a kind, as in zarr2')
    .option('--json', jsonHelp, false)
    .action((name: string, options: { json: boolean }) => {
      exitWith(explain(terminal, name, options.json));
    });

  program
    .command('chunk')
    .description('one chunk: its stored values, before CF scaling, or their statistics')
    .showHelpAfterError('(see: kerchunk chunk --help)')
    .argument(
      '<file>',
      'reference file (.json, .json.gz, .json.zst), folder of a reference set in parquet, or TIFF, by its path or address',
    )
    .argument('<key>', 'chunk key, as in red/7.0')
    .option(
      '-o, --output <file>',
      'write the values: .npy, or .png, in a colour map from their percentile 2 to 98 (uint8: 0 to 255)',
    )
    .option('--trace', 'tell each request', false)
    .option('--json', jsonHelp, false)
    .action(async (file: string, key: string, options: ChunkArguments) => {
      exitWith(await chunk(terminal, file, key, options));
    });

  program
    .command('read')
    .description('a window of an array: its stored values, before CF scaling, or their statistics')
    .showHelpAfterError('(see: kerchunk read --help)')
    .argument(
      '<file>',
      'reference file (.json, .json.gz, .json.zst), folder of a reference set in parquet, or TIFF, by its path or address',
    )
    .argument('<array>', 'path of the array')
    .option(
      '--slice <slices>',
      'half-open ranges, an axis each: 7168:8192,0:1024; 100: and :100 run to and from an end, -100: is the last 100, 5 one index; axes not named are whole',
    )
    .option('-o, --output <file>', 'write the values: .npy')
    .option('--trace', 'tell each request', false)
    .option('--json', jsonHelp, false)
    .action(async (file: string, path: string, options: ReadArguments) => {
      exitWith(await read(terminal, file, path, options));
    });

  withEdits(
    program
      .command('convert')
      .description('write a reference set in another form: JSON of version 0 or 1, gzip, or parquet')
      .showHelpAfterError('(see: kerchunk convert --help)')
      .argument('<file>', SET_HELP),
    jsonHelp,
  ).action(async (input: string, options: WriteArguments) => {
    exitWith(await convert(terminal, input, options));
  });

  withEdits(
    program
      .command('combine')
      .description(
        'write one reference set of several; what must agree is checked first, and where it does not nothing is written',
      )
      .showHelpAfterError('(see: kerchunk combine --help)')
      .argument('<files...>', SET_HELP)
      .option(
        '--concat <dimension>',
        'the sets lie behind one another along a dimension, in this order: one that they have, or a new one',
      )
      .option(
        '--coordinates <values>',
        'with --concat along a new dimension: its values, one for each set in this order, separated by commas: dates, numbers or text',
        parseValues,
      )
      .option('--merge', 'the sets have different variables; those that several have must be the same', false),
    jsonHelp,
    'give a variable another name, once for each; of one input only as <file>:<path>=<name>',
  ).action(async (files: string[], options: CombineArguments) => {
    exitWith(await combine(terminal, files, options));
  });

  withForm(
    program
      .command('append')
      .description('write sets behind one that there is, along one of its dimensions; none of its chunks is read')
      .showHelpAfterError('(see: kerchunk append --help)')
      .argument('<set>', `the set that there is: ${SET_HELP}`)
      .argument('<files...>', `what comes behind it: ${SET_HELP}`)
      .requiredOption('--concat <dimension>', 'the dimension; a set without it is one step')
      .option('-o, --output <file|folder>', 'where to write, by default in the place of the set'),
    jsonHelp,
  ).action(async (set: string, files: string[], options: AppendArguments) => {
    exitWith(await append(terminal, set, files, options));
  });

  program
    .command('diff')
    .description(
      'what two reference sets differ in, by what they mean and not how they are written; exit 0: nothing, 1: something, 2: one could not be read',
    )
    .showHelpAfterError('(see: kerchunk diff --help)')
    .argument('<before>', SET_HELP)
    .argument('<after>', SET_HELP)
    .option('--json', jsonHelp, false)
    .action(async (before: string, after: string, options: { json: boolean }) => {
      exitWith(await diff(terminal, before, after, options.json));
    });

  return program;
}

const SET_HELP = 'reference file, or folder of a reference set in parquet';

/** Options of commands that write reference sets. */
function withForm(command: Command, jsonHelp: string): Command {
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
    .option('--json', jsonHelp, false);
}

/** Options of commands that write changed reference sets. */
function withEdits(
  command: Command,
  jsonHelp: string,
  renameHelp = 'give a variable another name, once for each',
): Command {
  return withForm(
    command
      .requiredOption(
        '-o, --output <file|folder|->',
        'where to write: <name>.json, <name>.json.gz, <name>.parq for a folder in parquet, - for standard output',
      )
      .option('--drop <path>', 'leave out a variable or group, once for each', collect, [])
      .addOption(
        new Option('--rename <path=name>', renameHelp)
          .argParser((text: string, before: [string, string][]) => [...before, parsePair(text)])
          .default([]),
      )
      .addOption(
        new Option('--url-prefix <from=to>', 'addresses that begin with from begin with to, once for each')
          .argParser((text: string, before: [string, string][]) => [...before, parsePrefixes(text)])
          .default([]),
      ),
    jsonHelp,
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

function parseValues(text: string): string[] {
  const values = text.split(',').map((value) => value.trim());
  if (values.every((value) => value !== '')) return values;
  throw new InvalidArgumentError('It is a value, or several with commas.');
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

/** What `scene`, `stack` and `mosaic` have in common. */
function setOptions(command: Command, filesHelp: string, jsonHelp: string): Command {
  return command
    .argument('<file|url...>', filesHelp)
    .requiredOption(
      '-o, --output <file|folder|->',
      'the set to write: <name>.json, <name>.json.gz, <name>.parq for a folder in parquet; - for standard output. While it works, <output>.journal holds what was read, so that a run that was stopped goes on from there',
    )
    .addOption(
      new Option('--concurrency <n>', 'files of one host that are read at once')
        .default(16)
        .argParser(parseConcurrency),
    )
    .addOption(
      new Option(
        '--last-strip <how>',
        'as for generate: what becomes of a compressed last strip of fewer rows than the others',
      )
        .choices(['anew', 'cut'])
        .default('anew'),
    )
    .addOption(targetsOption())
    .option('--json', jsonHelp, false);
}

function targetsOption(): Option {
  return new Option(
    '--targets <how>',
    'addresses that the references carry of files in a store (s3:, gs:, az:): public, those at which they are read by https; given, as they are given, which readers open with the package of that store',
  )
    .choices(['public', 'given'])
    .default('public');
}

function assetOptions(command: Command, patternHelp: string): Command {
  return command
    .option(
      '--assets <keys>',
      'of STAC items, the assets that are taken, by key, separated by commas; by default the TIFFs of data',
      parseKeys,
    )
    .option('--pattern <pattern>', patternHelp);
}

function parseKeys(text: string): string[] {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.length > 0) return keys;
  throw new InvalidArgumentError('It is a key of an asset, or several with commas.');
}

function parseConcurrency(text: string): number {
  if (/^\d{1,3}$/u.test(text) && Number(text) >= 1 && Number(text) <= 256) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 256.');
}

function parsePage(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It is the number of an IFD, from 0.');
}

function parseVersion(text: string): 0 | 1 {
  if (text === '0') return 0;
  if (text === '1') return 1;
  throw new InvalidArgumentError('It is 0 or 1.');
}

/** Reads the value of an option that is a number of chunks or `all`. */
function parseSample(option: string): (text: string) => SampleSize {
  return (text) => parseSampleSize(text, option);
}
