// Loaded before a program with `node --import`: when it ends, what it took goes to the file that KERCHUNK_USAGE_FILE names, as JSON:
// its peak memory in KiB, and its seconds of processor time, which do not hang on what else the machine does.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  const { KERCHUNK_USAGE_FILE: file } = process.env;
  if (file === undefined) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ kib: maxRSS, seconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
