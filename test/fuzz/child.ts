import { runCase, targets } from './targets';

/** Runs seeds from the first argument on, until it is stopped; tells each case before it starts and each fault. */
async function main(): Promise<void> {
  for (let seed = Number(process.argv[2]); ; seed += 1) {
    for (const name of Object.keys(targets)) {
      process.stdout.write(`case ${name} ${seed}\n`);
      try {
        await runCase(name, seed);
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.stdout.write(`fault ${name} ${seed} ${JSON.stringify(reason)}\n`);
      }
    }
  }
}

void main();
