import { join } from 'node:path';
import { z } from 'zod';
import { CliRefusal, exitCodes } from '../failure.ts';
import type { Output } from '../output.ts';
import type { World } from '../world.ts';
import { builtApps } from './build.ts';
import { type ChildSpec, keepRunning, type KeptChild } from './keep-running.ts';
import { sentencesOf } from './log-lines.ts';
import { freePort } from './ports.ts';
import { identityOf, type ProcessIdentity } from './process-identity.ts';
import type { Claim } from './run-file.ts';
import type { Steps } from './steps.ts';

/** What the server says over its channel when it takes requests; the token leaves it this once. */
const Ready = z.object({ type: z.literal('ready'), url: z.url(), setupToken: z.string().optional() });
export type Ready = z.infer<typeof Ready>;

export type Plan = {
  world: World;
  out: Output;
  steps: Steps;
  claim: Claim;
  clone: string;
  dataFolder: string;
  logFolder: string;
  port: number;
  signal: AbortSignal;
};
export type Running = { ready: Ready; stop(): Promise<void>; givenUp: Promise<never> };

const stopGraceMs = 8_000;

/** Starts server and dashboard and waits until both answer; when one does not, everything is stopped again. */
export async function startEverything(plan: Plan): Promise<Running> {
  const dashboardPort = await freePort(0);
  const dashboardUrl = `http://127.0.0.1:${dashboardPort}`;
  const crew = createCrew(plan);
  const started = Promise.withResolvers<Ready>();
  crew.add('dashboard', dashboardEnv(plan, dashboardPort ?? 0));
  crew.add('server', serverEnv(plan, dashboardUrl), (message) => {
    const ready = Ready.safeParse(message).data;
    if (ready) started.resolve(ready);
  });
  try {
    const trouble = Promise.race([crew.givenUp, aborted(plan.signal)]);
    trouble.catch(() => undefined);
    const ready = await plan.steps.run('Starting the database and the server', () =>
      Promise.race([started.promise, trouble]),
    );
    await plan.steps.run('Starting the dashboard', () => Promise.race([answering(dashboardUrl), trouble]));
    crew.ready();
    plan.claim.update({ url: ready.url, dashboardUrl });
    return { ready, stop: crew.stop, givenUp: crew.givenUp };
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

type Crew = {
  add(name: 'server' | 'dashboard', env: NodeJS.ProcessEnv, onMessage?: ChildSpec['onMessage']): void;
  /** From now on a death is mended instead of ending the start. */
  ready(): void;
  stop(): Promise<void>;
  givenUp: Promise<never>;
};

function createCrew({ claim, clone, logFolder, out }: Plan): Crew {
  const kept = new Map<string, KeptChild>();
  const identities = new Map<string, ProcessIdentity>();
  const { promise: givenUp, reject: giveUp } = Promise.withResolvers<never>();
  // Looked at only while starting and running; stopping must not count it as unhandled.
  givenUp.catch(() => undefined);
  let isStarting = true;

  function onDeath(name: string, why: string, againInMs: number | undefined): void {
    if (!isStarting && againInMs !== undefined)
      return out.note(`The ${name} ${why}. Starting it again in ${againInMs / 1000} s.`);
    const said = sentencesOf(kept.get(name)?.lastLines() ?? []).map((line) => `    ${line}`);
    const sentence = `The ${name} ${why}${isStarting ? ' while it started' : ' five times within a minute'}.`;
    giveUp(
      new CliRefusal(
        [sentence, ...said, `Its whole log: ${join(logFolder, `${name}.log`)}`].join('\n'),
        exitCodes.trouble,
      ),
    );
  }
  return {
    givenUp,
    ready: () => void (isStarting = false),
    add(name, env, onMessage) {
      const file = join(clone, builtApps.find((app) => app.name === name)?.file ?? '');
      const onStart = (pid: number) => {
        const identity = identityOf(pid);
        if (identity) identities.set(name, identity);
        claim.update({ children: [...identities].map(([child, one]) => ({ name: child, ...one })) });
      };
      const spec = {
        name,
        file,
        env,
        logPath: join(logFolder, `${name}.log`),
        onStart,
        onDeath: onDeath.bind(undefined, name),
      };
      kept.set(name, keepRunning(onMessage ? { ...spec, onMessage } : spec));
    },
    async stop() {
      await Promise.all([...kept.values()].map((child) => child.stop(stopGraceMs)));
    },
  };
}

function serverEnv({ world, dataFolder, port }: Plan, dashboardUrl: string): NodeJS.ProcessEnv {
  return {
    ...world.env,
    CLAWSTER_DATA_DIR: dataFolder,
    CLAWSTER_PORT: String(port),
    CLAWSTER_DASHBOARD_URL: dashboardUrl,
    NODE_ENV: 'production',
  };
}

/** The dashboard is a client of the API and gets no more than it needs: no database, no secret. */
function dashboardEnv({ world, port }: Plan, dashboardPort: number): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TZ } = world.env;
  return {
    PATH,
    HOME,
    LANG,
    TZ,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '127.0.0.1',
    PORT: String(dashboardPort),
    CLAWSTER_SERVER_URL: `http://127.0.0.1:${port}`,
  };
}

async function answering(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    if (response) {
      await response.body?.cancel();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
