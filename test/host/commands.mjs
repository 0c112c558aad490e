import { spawn } from 'node:child_process';

const MINUTE = 60_000;

/** A command that ended with another code than 0, or that had to be stopped. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {string} output standard output so far, where it was captured
   */
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/**
 * The environment without what npm adds for the script it runs: it names this repository as the place of every further `npm install`.
 * Settings of the user's (registry, proxy, cache) stay.
 *
 * @returns {Record<string, string | undefined>}
 */
export function plainEnvironment() {
  const added = /^npm_(?:package|lifecycle|config_local_prefix|config_prefix|config_global_prefix|command)/u;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}

/**
 * Runs a command to its end. Its output goes to the terminal, or is returned with `capture: true`; `onText` gets it as it comes.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, capture?: boolean, minutes?: number, onText?: (text: string) => void }} [options]
 *   `minutes`: how long it may take, 20 by default
 * @returns {Promise<string>} standard output where it was captured, else ''
 * @throws {CommandError} where it cannot start, ends with another code than 0, or takes too long
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, capture = false, minutes = 20, onText } = options;
  const piped = capture || onText !== undefined;
  const title = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', piped ? 'pipe' : 'inherit', onText === undefined ? 'inherit' : 'pipe'],
    });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, minutes * MINUTE);
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      output += chunk.toString('utf8');
      onText?.(chunk.toString('utf8'));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new CommandError(`${title} did not start: ${error.message}`, output));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (late) reject(new CommandError(`${title} was stopped after ${minutes} minutes.`, output));
      else if (code !== 0) reject(new CommandError(`${title} ended with ${signal ?? `code ${code}`}.`, output));
      else resolve(output);
    });
  });
}

/**
 * Runs npm, the one that runs this script where there is one.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options = {}) {
  const script = process.env['npm_execpath'];
  const settings = { env: plainEnvironment(), ...options };
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], settings);
  // Windows starts no .cmd file without its shell.
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/c', 'npm', ...args], settings);
  return run('npm', args, settings);
}
