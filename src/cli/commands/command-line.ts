import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** What the commands are added to, and what they run with. */
export interface CommandLine {
  program: Command;
  terminal: Terminal;
  /** Version of this program. */
  version: string;
  /** Takes the exit code of the command that ran. */
  exitWith: (code: number) => void;
}

export const JSON_HELP = 'print machine-readable results on standard output';
