import { z } from 'zod';
import { cliCommand, type Context } from '../command.ts';
import { CliRefusal } from '../failure.ts';
import { openInBrowser } from '../browser.ts';
import { dataFolderOf } from '../world.ts';
import { buildWhatChanged } from '../up/build.ts';
import { cloneFolder, toolsFolder } from '../up/clone.ts';
import { openDataFolder } from '../up/data-folder.ts';
import { choosePort, rememberPort } from '../up/ports.ts';
import { claimDataFolder, type Claim } from '../up/run-file.ts';
import { type Running, startEverything } from '../up/start-everything.ts';
import { createSteps } from '../up/steps.ts';

const Up = z.object({
  port: z.coerce.number('Give a port number, such as 4500').int().min(0).max(65_535).optional(),
  open: z.boolean(),
});

export const up = cliCommand({
  usage: 'up',
  summary: 'Start Clawster on this machine and stay until Ctrl-C',
  options: [
    ['--port <number>', 'where to listen; without it the port used last, or the first free one from 4500 on'],
    ['--no-open', 'do not open a browser'],
  ],
  input: Up,
  // Named one by one: spreading the context would ask for its client, and there is no server to sign in at yet.
  async run({ world, out, signal }, input): Promise<undefined> {
    const dataFolder = dataFolderOf(world);
    const logFolder = await openDataFolder(dataFolder);
    const claim = await claimDataFolder(dataFolder);
    if ('pid' in claim) {
      const where = claim.url ? `: ${claim.url}` : ', and is still starting';
      throw new CliRefusal(
        `Clawster already runs with ${dataFolder} (process ${claim.pid})${where}\nStop it with \`clawster down\`, or start another with --data-dir.`,
      );
    }
    try {
      await serve({ world, out, signal, claim, dataFolder, logFolder }, input);
    } finally {
      claim.release();
    }
  },
});

type Folders = { claim: Claim; dataFolder: string; logFolder: string };

async function serve(
  context: Pick<Context, 'world' | 'out' | 'signal'> & Folders,
  input: z.output<typeof Up>,
): Promise<void> {
  const { world, out, signal, dataFolder } = context;
  const steps = createSteps(world, out);
  await buildWhatChanged({ clone: cloneFolder, tools: toolsFolder }, steps);
  signal.throwIfAborted();
  const port = await choosePort(dataFolder, input.port, world.env['CLAWSTER_HOST'] ?? '127.0.0.1');
  const running = await startEverything({ ...context, steps, clone: cloneFolder, port });
  await rememberPort(dataFolder, port);
  const link = linkOf(running);
  announce(context, running, link);
  if (input.open && world.interactive) await openInBrowser(link, world);
  await Promise.race([running.givenUp, whenAborted(signal)]).finally(async () => {
    out.note('');
    await steps.run('Stopping', () => running.stop());
  });
}

/** Where to go now. The token sits in the fragment, which a browser never sends. */
function linkOf({ ready }: Running): string {
  return ready.setupToken ? `${ready.url}/setup#token=${ready.setupToken}` : ready.url;
}

function announce(
  { out, dataFolder, logFolder }: Pick<Context, 'out'> & Folders,
  { ready }: Running,
  link: string,
): void {
  if (out.json)
    return out.print(
      JSON.stringify({ url: ready.url, setupUrl: ready.setupToken ? link : undefined, dataFolder, logFolder }),
    );
  out.print('');
  out.print(ready.setupToken ? 'Clawster is up. Make your account here (the link works once):' : 'Clawster is up:');
  out.print(`\n  ${out.colour('bold', link)}\n`);
  out.print(`Data in ${dataFolder}, logs in ${logFolder}. Ctrl-C stops it; bots go on.`);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
