import { AlreadySupervised, startSupervisor } from './supervisor.ts';
import { readStart } from './workload.ts';

/** `node supervisor.mjs [directory]`: takes its one line on standard input, or starts the bot of that folder again. */
async function main() {
  process.umask(0o077);
  const start = await readStart(process.stdin, process.argv[2] ?? process.cwd());
  process.title = `clawster-supervisor ${start.workload.botName}`;
  const supervisor = await startSupervisor(start);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, supervisor.stop);
  process.on('SIGHUP', () => {});
  await supervisor.ended;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof AlreadySupervised ? 0 : 1);
  },
);
