import { Command, CommanderError } from 'commander';
import { describeError } from '../errors';
import type { CommandLine } from './commands/command-line';
import { addGenerate } from './commands/generate';
import { addAppend, addCombine, addConvert, addDiff } from './commands/rewrite';
import { addMosaic, addScene, addStack } from './commands/sets';
import { addChunk, addInfo, addRead } from './commands/show';
import { addExplain, addValidate } from './commands/validate';
import { exitCodes, type Terminal } from './terminal';

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
  for (const add of commands) add({ program, terminal, version, exitWith });
  return program;
}

/** What adds each command, in the order in which --help lists them. */
const commands: ((line: CommandLine) => void)[] = [
  addGenerate,
  addScene,
  addStack,
  addMosaic,
  addInfo,
  addValidate,
  addExplain,
  addChunk,
  addRead,
  addConvert,
  addCombine,
  addAppend,
  addDiff,
];
