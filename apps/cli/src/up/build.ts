import { spawn } from 'node:child_process';
import { access, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliRefusal, exitCodes } from '../failure.ts';
import { exclusively } from './exclusive.ts';
import { hashSources } from './sources.ts';
import type { Steps } from './steps.ts';

/** What is built before it runs; all else runs as TypeScript. */
export const builtApps = [
  { name: 'supervisor', file: 'apps/supervisor/dist/supervisor.mjs' },
  { name: 'egress', file: 'apps/egress/dist/egress.mjs' },
  { name: 'server', file: 'apps/server/dist/main.js' },
  { name: 'dashboard', file: 'apps/dashboard/.next/standalone/apps/dashboard/server.js' },
] as const;

type App = { name: string; file: string };
type Place = { clone: string; tools: string };

/** Builds the apps whose sources changed since they were built last; a second process waits for the first. */
export async function buildWhatChanged(place: Place, steps: Steps, apps: readonly App[] = builtApps): Promise<void> {
  const stale = await Promise.all(apps.map((app) => staleHash(place, app)));
  if (stale.every((hash) => hash === undefined)) return;
  await mkdir(join(place.tools, 'built'), { recursive: true });
  await exclusively(join(place.tools, 'build.lock'), async () => {
    for (const app of apps) {
      const hash = await staleHash(place, app);
      if (hash === undefined) continue;
      await steps.run(`Building the ${app.name}`, () => build(place, app));
      await writeFile(join(place.tools, 'built', app.name), hash);
    }
  });
}

/** The hash of the sources when they differ from what was built, else undefined. */
async function staleHash({ clone, tools }: Place, app: App): Promise<string | undefined> {
  const [hash, built, there] = await Promise.all([
    hashSources(clone, app.name),
    readFile(join(tools, 'built', app.name), 'utf8').catch(() => undefined),
    access(join(clone, app.file)).then(
      () => true,
      () => false,
    ),
  ]);
  return there && built === hash ? undefined : hash;
}

async function build({ clone, tools }: Place, app: App): Promise<void> {
  const logPath = join(tools, `build-${app.name}.log`);
  await using log = await open(logPath, 'w');
  const child = spawn('pnpm', ['--filter', `@clawster/${app.name}`, 'run', 'build'], {
    cwd: clone,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: 'true' },
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code === 0) return;
  const lines = (await readFile(logPath, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(-15)
    .map((line) => `    ${line}`);
  const advice = 'Undo your last change to its sources, or look at the whole log; then run the same command again.';
  throw new CliRefusal(
    `The ${app.name} could not be built. The last lines of ${logPath}:\n${lines.join('\n')}\n${advice}`,
    exitCodes.trouble,
  );
}
