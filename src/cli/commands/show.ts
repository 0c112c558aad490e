import { chunk, type ChunkArguments } from '../chunk';
import { info } from '../info';
import { read, type ReadArguments } from '../read';
import { type CommandLine, JSON_HELP } from './command-line';

const REFERENCES_OR_TIFF =
  'reference file (.json, .json.gz, .json.zst), folder of a reference set in parquet, or TIFF, by its path or address';

/** `kerchunk info`. */
export function addInfo({ program, terminal, exitWith }: CommandLine): void {
  program
    .command('info')
    .description(
      'what a reference file holds, or what a TIFF does: its images, how they are stored, and where they lie',
    )
    .showHelpAfterError('(see: kerchunk info --help)')
    .argument('<file>', REFERENCES_OR_TIFF)
    .option('--json', JSON_HELP, false)
    .action(async (file: string, options: { json: boolean }) => {
      exitWith(await info(terminal, file, options.json));
    });
}

/** `kerchunk chunk`. */
export function addChunk({ program, terminal, exitWith }: CommandLine): void {
  program
    .command('chunk')
    .description('one chunk: its stored values, before CF scaling, or their statistics')
    .showHelpAfterError('(see: kerchunk chunk --help)')
    .argument('<file>', REFERENCES_OR_TIFF)
    .argument('<key>', 'chunk key, as in red/7.0')
    .option(
      '-o, --output <file>',
      'write the values: .npy, or .png, in a colour map from their percentile 2 to 98 (uint8: 0 to 255)',
    )
    .option('--trace', 'tell each request', false)
    .option('--json', JSON_HELP, false)
    .action(async (file: string, key: string, options: ChunkArguments) => {
      exitWith(await chunk(terminal, file, key, options));
    });
}

/** `kerchunk read`. */
export function addRead({ program, terminal, exitWith }: CommandLine): void {
  program
    .command('read')
    .description('a window of an array: its stored values, before CF scaling, or their statistics')
    .showHelpAfterError('(see: kerchunk read --help)')
    .argument('<file>', REFERENCES_OR_TIFF)
    .argument('<array>', 'path of the array')
    .option(
      '--slice <slices>',
      'half-open ranges, an axis each: 7168:8192,0:1024; 100: and :100 run to and from an end, -100: is the last 100, 5 one index; axes not named are whole',
    )
    .option('-o, --output <file>', 'write the values: .npy')
    .option('--trace', 'tell each request', false)
    .option('--json', JSON_HELP, false)
    .action(async (file: string, path: string, options: ReadArguments) => {
      exitWith(await read(terminal, file, path, options));
    });
}
