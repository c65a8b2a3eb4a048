import { DatabaseTrouble } from '@clawster/database/trouble';
import { ConfigTrouble, parseConfig } from './config.ts';
import { createLog } from './log.ts';
import { StartTrouble } from './server-file.ts';
import { type RunningServer, startServer } from './start-server.ts';

const log = createLog(process.env['CLAWSTER_LOG_LEVEL'] || 'info');

/** Ends the process for a reason a person can mend, or with the whole error for one they cannot. */
function fail(error: unknown): never {
  const known = error instanceof ConfigTrouble || error instanceof DatabaseTrouble || error instanceof StartTrouble;
  if (known) log.fatal(error.message);
  else
    log.fatal({ err: error }, `The server could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(known ? 2 : 1);
}

/** The token goes once to whoever started us, and never into a log. */
function sayReady({ url, setupToken }: RunningServer): void {
  if (process.send) process.send({ type: 'ready', url, ...(setupToken ? { setupToken } : {}) });
  else if (setupToken) process.stdout.write(`Open ${url}/setup#token=${setupToken} to make the owner account\n`);
  log.info({ url }, 'Clawster is ready');
}

function stopOn(server: RunningServer): void {
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'Stopping had trouble');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  // A parent that died without a word leaves nobody to stop us later.
  process.on('disconnect', stop);
}

try {
  const server = await startServer(parseConfig(process.env), log);
  stopOn(server);
  sayReady(server);
} catch (error) {
  fail(error);
}
