import { InvalidArgumentError, Option } from 'commander';
import { generate, type GenerateArguments } from '../generate';
import { type CommandLine, JSON_HELP } from './command-line';
import { targetsOption } from './targets-option';

/** `kerchunk generate`. */
export function addGenerate({ program, terminal, exitWith }: CommandLine): void {
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
    .option('--json', JSON_HELP, false)
    .action(async (inputs: string[], options: GenerateArguments) => {
      exitWith(await generate(terminal, inputs, options));
    });
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
