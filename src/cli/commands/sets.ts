import { type Command, InvalidArgumentError, Option } from 'commander';
import { mosaic, type MosaicArguments, scene, type SceneArguments, stack, type StackArguments } from '../combine-tiffs';
import { type CommandLine, JSON_HELP } from './command-line';
import { targetsOption } from './targets-option';

const FILES_HELP =
  'TIFFs by path or address, with * and ? in paths; STAC Items and ItemCollections; text files with a path or address a line';

/** `kerchunk scene`. */
export function addScene({ program, terminal, exitWith }: CommandLine): void {
  const scenes = program
    .command('scene')
    .description(
      'write the bands of one scene as one reference set: TIFFs, or the assets of a STAC Item. Bands of one grid share its coordinates; of several, each has a group (10m, 20m). ' +
        'Names come from STAC, band descriptions, or what differs in the file names',
    )
    .showHelpAfterError('(see: kerchunk scene --help)');
  setOptions(scenes);
  assetOptions(scenes, "where the variable's name stands in the file names: '*_{band}_10m.tif', * for anything").action(
    async (inputs: string[], options: SceneArguments) => {
      exitWith(await scene(terminal, inputs, options));
    },
  );
}

/** `kerchunk stack`. */
export function addStack({ program, terminal, exitWith }: CommandLine): void {
  const stacks = program
    .command('stack')
    .description(
      'write scenes along a new dimension as one reference set: time by STAC, by the tags of the TIFFs, or by their names. What must agree (grid, data type, chunks, codecs, CRS, nodata, scale) ' +
        'is checked before anything is written',
    )
    .showHelpAfterError('(see: kerchunk stack --help)');
  setOptions(stacks);
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
}

/** `kerchunk mosaic`. */
export function addMosaic({ program, terminal, exitWith }: CommandLine): void {
  setOptions(
    program
      .command('mosaic')
      .description(
        'write adjacent tiles on one grid as one array. Each must begin where a chunk does, and end there or at the edge of all: chunks cannot be cut',
      )
      .showHelpAfterError('(see: kerchunk mosaic --help)'),
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
}

/** What `scene`, `stack` and `mosaic` have in common. */
function setOptions(command: Command): Command {
  return command
    .argument('<file|url...>', FILES_HELP)
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
    .option('--json', JSON_HELP, false);
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
