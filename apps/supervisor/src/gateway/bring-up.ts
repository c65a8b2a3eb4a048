import type { Configure } from '@clawster/link/supervisor-methods';
import type { GatewayClient } from '@clawster/gateway/client';
import { secretIds } from '@clawster/link/supervisor-methods';
import { addPlugins, tellNeedsNode } from '../channels/add-plugins.ts';
import { placeNoNpm } from '../channels/no-npm.ts';
import { watchChannels } from '../channels/watch-channels.ts';
import type { Host } from '../host.ts';
import { openLedger } from '../telemetry/ledger.ts';
import { fillDocument, writeDocument } from './document.ts';
import { exitReason, type ExitReason } from './exit-reason.ts';
import { openGatewayLink } from './gateway-link.ts';
import type { GatewayLink } from './gateway-link.ts';
import { checkThere } from './folder.ts';
import { freePort, startGatewayProcess } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { patience } from './known-good.ts';
import { tellMissedEvents } from './missed-events.ts';
import { untilReadyz } from './readiness.ts';
import { writeSkills } from './skills.ts';
import { writeWorkspaceFiles } from './workspace.ts';

/** A busy two-core machine took four minutes for a first start. */
const firstStartMs = 6 * 60_000;

/** A gateway that is up, and the configuration it runs with. */
export type Running = {
  process: GatewayProcess;
  link: GatewayLink;
  port: number;
  applied: Configure;
  /** When the secrets were last told anew to the gateway that runs. */
  secretsAt?: number;
  /** The document as it lies on the disk. */
  documentText: string;
  /** Set before we end it ourselves. */
  endReason?: string;
  /** Aborted when the process has exited: nothing is to be waited for any more. */
  gone: AbortSignal;
  stopWatching?: () => void;
  close(): void;
};
export type BringUpFailure = {
  failure: ExitReason;
  hasCrashed: boolean;
  /** How long the gateway asks to be left alone. */
  retryAfterMs?: number | undefined;
};

type BringingUp = {
  signal: AbortSignal;
  onSpawn: (process: GatewayProcess) => void;
};

/** Writes what the gateway reads, starts it, and returns when it answers as ready over HTTP and over its own WebSocket. */
export async function bringUp(
  host: Host,
  wanted: Configure,
  { signal, onSpawn }: BringingUp,
): Promise<Running | BringUpFailure> {
  signal.throwIfAborted();
  const { status, folder, log } = host;
  status.set('starting', 'Starting the gateway');
  status.step('model', 'waiting');
  tellNeedsNode(host, wanted.channels);
  await checkThere(folder);
  await placeNoNpm(folder);
  await addPlugins(host, wanted.channels);
  status.step('gateway', 'running', `Starting OpenClaw ${host.workload.runtime.version}`);
  const port = await freePort();
  const documentText = documentFor(host, wanted, port);
  host.modelGateway.setUpstream(wanted.model);
  await writeDocument(folder.config, documentText);
  if (!isLeft(host, wanted)) await writeWorkspaceFiles(folder.workspace, wanted.files);
  await writeSkills(folder.workspace, wanted.skills);
  const process = await startGatewayProcess(host.workload, folder, {
    ...(wanted.team ? { teamToken: host.team.server.token } : {}),
    signal,
  });
  onSpawn(process);
  log('info', 'gateway started', { pid: process.pid, port });
  const running = connect(host, { process, port, wanted, documentText });
  const readyWithinMs = patience(host, wanted) ?? firstStartMs;
  try {
    const outcome = await readyOrExited(running, { signal, readyWithinMs });
    if ('hello' in outcome) return describeReady(host, running, outcome);
    running.close();
    return { failure: outcome, hasCrashed: true };
  } catch (error) {
    running.close();
    await process.stop();
    if (signal.aborted) throw error;
    const sentence = error instanceof Error ? error.message : String(error);
    return { failure: { sentence, kind: 'late' }, hasCrashed: false };
  }
}

/** Whether the files were written for this very generation before: what differs was changed since, and is for someone to decide. */
function isLeft({ knownGood }: Host, wanted: Configure): boolean {
  const isSame = knownGood.current()?.generation === wanted.generation && knownGood.isCurrent(wanted);
  return wanted.drift === 'report' && isSame;
}

export function documentFor(host: Host, wanted: Configure, port: number): string {
  return fillDocument(wanted.document, {
    port,
    modelUrl: `http://127.0.0.1:${host.modelGateway.port}/v1`,
    telegramUrl: host.telegramRelay.url,
    teamUrl: host.team.server.url,
    bridge: host.folder.bridge,
    workspace: host.folder.workspace,
    logFile: host.folder.openclawLog,
    resolver: host.folder.resolver,
  });
}

async function readyOrExited(
  running: Running,
  { signal, readyWithinMs }: { signal: AbortSignal; readyWithinMs: number },
): Promise<GatewayClient | ExitReason> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const ready = untilReadyz(running.port, { timeoutMs: readyWithinMs, signal: either }).then(() =>
    running.link.client(60_000, either),
  );
  const exited = running.process.exited.then(exitReason);
  try {
    return await Promise.race([ready, exited]);
  } finally {
    ready.catch(() => {});
    done.abort(new Error('The gateway ended'));
  }
}

function describeReady(host: Host, running: Running, { hello }: GatewayClient): Running {
  const seconds = ((Date.now() - running.process.startedAt) / 1000).toFixed(1);
  host.status.gatewayVersion(hello.server.version);
  host.status.evidence(
    'gateway',
    true,
    `OpenClaw ${hello.server.version} answered on its own connection, ${seconds} s after its start`,
  );
  host.status.step('gateway', 'done', `Ready after ${seconds} s`);
  host.spool.add('gateway-ready', {
    version: hello.server.version,
    durationMs: Date.now() - running.process.startedAt,
  });
  return running;
}

function connect(
  host: Host,
  start: { process: GatewayProcess; port: number; wanted: Configure; documentText: string },
): Running {
  // A bot may be degraded for another reason, which a connection that comes back does not cure.
  let lostFor: string | undefined;
  const link = openGatewayLink({
    address: () => ({ port: start.port, token: host.secrets.get(secretIds.gatewayToken) ?? '' }),
    onUp: () => {
      ledger.connected();
      host.team.connected(running);
      if (lostFor === undefined || host.status.state() !== 'degraded') return;
      lostFor = undefined;
      host.status.evidence('gateway', true, 'The gateway answers again');
      host.status.set('ready', 'The gateway answers again');
    },
    onDown: (reason) => {
      const isKnown = lostFor !== undefined && host.status.state() === 'degraded';
      // Tried again, it may be another thing that stands in the way.
      if (isKnown ? lostFor === reason : host.status.state() !== 'ready') return;
      lostFor = reason;
      host.status.evidence('gateway', false, reason);
      host.status.set('degraded', `The connection to the gateway was lost: ${reason}`);
    },
  });
  const ledger = openLedger(host, link);
  const stopTelling = tellMissedEvents(host, link);
  const gone = new AbortController();
  void start.process.exited.then(() => gone.abort(new Error('The gateway ended')));
  const running: Running = {
    process: start.process,
    link,
    port: start.port,
    applied: start.wanted,
    documentText: start.documentText,
    gone: gone.signal,
    close() {
      running.stopWatching?.();
      ledger.close();
      stopTelling();
      stopWatchingChannels();
      stopWatchingTeam();
      link.close();
    },
  };
  const stopWatchingChannels = watchChannels(host, running);
  const stopWatchingTeam = host.team.watch(running);
  return running;
}
