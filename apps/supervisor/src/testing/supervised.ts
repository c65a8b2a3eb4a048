import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Report } from '@clawster/link/report';
import { installStandIn } from '@clawster/gateway/stand-in/runtime';
import type { Timing } from '../host.ts';
import { startSupervisor, type Supervisor } from '../supervisor.ts';
import type { Workload } from '../workload.ts';
import { configuration } from './configuration.ts';
import { startLinkServer, until } from './link-server.ts';

/** A supervisor in this process with the stand-in for its OpenClaw, linked to a control plane of the test's. */
export async function supervised(
  options: {
    timing?: Partial<Timing>;
    controlPlaneUrl?: (url: string) => Promise<string>;
    runtime?: Workload['runtime'];
    waitMs?: number;
    egress?: Workload['egress'];
  } = {},
) {
  const waitMs = options.waitMs ?? 60_000;
  const folder = await mkdtemp(join(tmpdir(), 'supervised-'));
  const directory = join(folder, 'bot');
  const link = await startLinkServer();
  const workload: Workload = {
    botId: randomUUID(),
    botName: 'Ada',
    generation: 1,
    controlPlaneUrl: (await options.controlPlaneUrl?.(link.url)) ?? link.url,
    memoryBytesMax: 4e9,
    runtime: options.runtime ?? (await installStandIn(join(folder, 'runtime'))),
    supervisor: { file: '', version: '0.1.0' },
    ...(options.egress ? { egress: options.egress } : {}),
  };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const start = async (joinToken?: string) => {
    await writeFile(join(directory, 'workload.json'), JSON.stringify(workload));
    return startSupervisor({ workload, directory, joinToken }, options.timing);
  };
  let supervisor: Supervisor = await start('canary-join-token');
  await until(() => link.introductions[0], waitMs, 'an introduction');
  const wanted = configuration();
  const report = () => link.reports.at(-1);
  const untilReport = (look: (report: Report) => boolean, what: string) =>
    until(
      () => {
        const last = report();
        return last && look(last) && last;
      },
      waitMs,
      `${what}; last was ${JSON.stringify(report())}`,
    );
  return {
    botId: workload.botId,
    directory,
    link,
    wanted,
    report,
    untilReport,
    reaches: (state: string, generation = 0) =>
      untilReport((last) => last.state === state && last.generation >= generation, state),
    configure: (change: Partial<Configure>) => link.ask('configure', { ...wanted, ...change }),
    /** A second supervisor on the same folder, beside the one that is there. */
    startAnother: () => start(),
    ended: () => supervisor.ended,
    /** The supervisor ends, its gateway with it, and one starts on what lies in the folder. */
    async restart() {
      supervisor.stop();
      await supervisor.ended;
      const before = link.introductions.length;
      supervisor = await start();
      await until(() => link.introductions.length > before, waitMs, 'another introduction');
    },
    async close() {
      supervisor.stop();
      await supervisor.ended;
      await link.close();
      // What was under way may still be written down.
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
export type Supervised = Awaited<ReturnType<typeof supervised>>;
