import { InvalidArgumentError } from 'commander';
import { append, type AppendArguments, combine, type CombineArguments } from '../combine';
import { convert } from '../convert';
import { diff } from '../diff';
import type { WriteArguments } from '../manifests';
import { type CommandLine, JSON_HELP } from './command-line';
import { withEdits, withForm } from './form-options';

const SET_HELP = 'reference file, or folder of a reference set in parquet';

/** `kerchunk convert`. */
export function addConvert({ program, terminal, exitWith }: CommandLine): void {
  withEdits(
    program
      .command('convert')
      .description('write a reference set in another form: JSON of version 0 or 1, gzip, or parquet')
      .showHelpAfterError('(see: kerchunk convert --help)')
      .argument('<file>', SET_HELP),
  ).action(async (input: string, options: WriteArguments) => {
    exitWith(await convert(terminal, input, options));
  });
}

/** `kerchunk combine`. */
export function addCombine({ program, terminal, exitWith }: CommandLine): void {
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
    'give a variable another name, once for each; of one input only as <file>:<path>=<name>',
  ).action(async (files: string[], options: CombineArguments) => {
    exitWith(await combine(terminal, files, options));
  });
}

/** `kerchunk append`. */
export function addAppend({ program, terminal, exitWith }: CommandLine): void {
  withForm(
    program
      .command('append')
      .description('write sets behind one that there is, along one of its dimensions; none of its chunks is read')
      .showHelpAfterError('(see: kerchunk append --help)')
      .argument('<set>', `the set that there is: ${SET_HELP}`)
      .argument('<files...>', `what comes behind it: ${SET_HELP}`)
      .requiredOption('--concat <dimension>', 'the dimension; a set without it is one step')
      .option('-o, --output <file|folder>', 'where to write, by default in the place of the set'),
  ).action(async (set: string, files: string[], options: AppendArguments) => {
    exitWith(await append(terminal, set, files, options));
  });
}

/** `kerchunk diff`. */
export function addDiff({ program, terminal, exitWith }: CommandLine): void {
  program
    .command('diff')
    .description(
      'what two reference sets differ in, by what they mean and not how they are written; exit 0: nothing, 1: something, 2: one could not be read',
    )
    .showHelpAfterError('(see: kerchunk diff --help)')
    .argument('<before>', SET_HELP)
    .argument('<after>', SET_HELP)
    .option('--json', JSON_HELP, false)
    .action(async (before: string, after: string, options: { json: boolean }) => {
      exitWith(await diff(terminal, before, after, options.json));
    });
}

function parseValues(text: string): string[] {
  const values = text.split(',').map((value) => value.trim());
  if (values.every((value) => value !== '')) return values;
  throw new InvalidArgumentError('It is a value, or several with commas.');
}
