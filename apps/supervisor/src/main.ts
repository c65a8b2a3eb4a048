import { parseArgs } from 'node:util';

const options = { 'start-from': { type: 'string' }, over: { type: 'string' }, key: { type: 'string' } } as const;

/**
 * `node supervisor.mjs [directory]`: takes its one line on standard input, or starts the bot of that folder again.
 * `node supervisor.mjs <directory> --start-from <file>` takes the line from there, and does not start without one.
 * `node supervisor.mjs export|import <directory>` packs or unpacks a bot's state, without loading the rest, and
 * `node supervisor.mjs bridge export|import <port>` is spoken to on its behalf.
 */
async function main(): Promise<number> {
  process.umask(0o077);
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [first, second, third] = positionals;
  if (first === 'export' || first === 'import') {
    const { runArchiveCommand } = await import('./archive/command.ts');
    return runArchiveCommand(first, second, values);
  }
  if (first === 'bridge') {
    const { runBridge } = await import('./archive/bridge.ts');
    return runBridge(second, Number(third));
  }
  return supervise(first ?? process.cwd(), values['start-from']);
}

async function supervise(directory: string, startFrom: string | undefined): Promise<number> {
  const [{ AlreadySupervised, startSupervisor }, { readStart, readStartFrom }] = await Promise.all([
    import('./supervisor.ts'),
    import('./workload.ts'),
  ]);
  const start = startFrom === undefined ? await readStart(process.stdin, directory) : await readStartFrom(startFrom);
  process.title = `clawster-supervisor ${start.workload.botName}`;
  const supervisor = await startSupervisor(start).catch((error: unknown) => {
    if (!(error instanceof AlreadySupervised)) throw error;
    console.error(error.message);
  });
  if (!supervisor) return 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, supervisor.stop);
  process.on('SIGHUP', () => {});
  await supervisor.ended;
  return 0;
}

function sentenceOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
    return 'The disk is full. Free some space; the bot is tried again by itself';
  return error instanceof Error ? error.message : String(error);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
