import { captureUsual } from '@clawster/link/span';
import { secretIds } from '@clawster/link/supervisor-methods';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { settleImport } from './archive/settle-import.ts';
import { botFolder, type BotFolder, makeFolder } from './gateway/folder.ts';
import { CredentialProofs } from './credentials/credential-proofs.ts';
import { openTelegramRelay, type TelegramRelay } from './channels/telegram-relay.ts';
import { createHandlers } from './handlers.ts';
import { watchDisk } from './disk/watch-disk.ts';
import { openKnownGood } from './gateway/known-good.ts';
import { endOrphan } from './gateway/orphan.ts';
import { type Host, type Timing, usualTiming } from './host.ts';
import { openLog } from './host/log.ts';
import { keepSecret } from './host/mask.ts';
import { takePidFile } from './host/pid-file.ts';
import { processStart } from './host/process-start.ts';
import { watchContainer } from './host/watch-container.ts';
import { goOutThrough } from './host/way-out.ts';
import { openIdentity } from './identity.ts';
import type { Keeper } from './keeper.ts';
import { Keeping } from './keeping.ts';
import { createAnswering } from './link/serve-request.ts';
import { watchDisconnect } from './link/disconnect.ts';
import { unlinked } from './link/ask-control-plane.ts';
import { type LinkClient, openLink } from './link/link-client.ts';
import { openObeyedCopy } from './obeyed-copy.ts';
import { openModelGateway } from './model-gateway/model-gateway.ts';
import { tellCalls } from './model-gateway/tell-calls.ts';
import { createSecrets, type SecretServer, serveSecrets } from './secrets.ts';
import { openSpool } from './telemetry/spool.ts';
import { createStatus } from './status.ts';
import { openTeam } from './team/team.ts';
import { readWorkload } from './workload.ts';
import type { Start } from './workload.ts';

/** One bot's supervisor, at work until `ended`. */
export type Supervisor = { ended: Promise<void>; stop(): void };

/** Another supervisor already cares for this bot. */
export class AlreadySupervised extends Error {}

/** Begins to care for one bot. Two that are started for the same bot never both run: the second is refused. */
export async function startSupervisor(start: Start, timing: Partial<Timing> = {}): Promise<Supervisor> {
  const folder = await takeFolder(start.directory);
  takeStart(start);

  let tellControlPlane = () => {};
  let askControlPlane: LinkClient['ask'] = () => Promise.reject(unlinked());
  const identity = await openIdentity(folder.directory);
  const telegramRelay = await openTelegramRelay(identity.derive('telegram').slice(0, 35));
  const { host, secretServer } = await openHost(start, folder, {
    telegramRelay,
    timing: { ...usualTiming, ...timing },
    onReport: () => tellControlPlane(),
    ask: (method, params) => askControlPlane(method, params),
  });
  const { log, spool, status, modelGateway } = host;
  // While the link is being made: the gateway can be started as soon as its configuration is here.
  void endOrphan(folder).then((had) => had && tellOrphan(host));
  const keeper = host.team.careFor(new Keeping(host));
  const stopping = Promise.withResolvers<void>();
  const socketFolder = secretServer.temporary;
  const stopSelf = () => setImmediate(stopping.resolve);
  const answering = createAnswering(createHandlers(host, { keeper, socketFolder, stopSelf }));
  const link = openLink({
    ...about(start),
    spool,
    obeyedCopy: openObeyedCopy(folder.directory),
    answering,
    log,
    // As it is now: it changes with every item, and each heartbeat tells it.
    report: () => ({ ...status.report(), spool: spool.waiting() }),
    onRevoked: stopping.resolve,
    onLinked: host.team.linked,
    identity,
  });
  const watches = [...watchLimits(host, keeper, link), watchDrift(host, keeper)];
  tellControlPlane = link.reportNow;
  askControlPlane = link.ask;
  await publish(folder.published, start);
  log('info', 'supervisor started', { pid: process.pid, version: start.workload.supervisor.version });

  const ended = stopping.promise.then(async () => {
    for (const watch of watches) watch.stop();
    await keeper.shutDown();
    await modelGateway.giveBack();
    // The last report is on its way before the link goes.
    await sleep(100);
    await link.close();
    await secretServer.close();
    await Promise.all([modelGateway.close(), telegramRelay.close(), host.team.close()]);
    await spool.flush();
    await Promise.all([rm(folder.published, { force: true }), rm(folder.supervisorPid, { force: true })]);
    log('info', 'supervisor ended');
  });
  return { ended, stop: stopping.resolve };
}

/** What can make the gateway stand still for a while: a full disk, a control plane that is away. */
function watchLimits(host: Host, keeper: Keeper, link: LinkClient): { stop(): void }[] {
  return [
    watchContainer(host),
    watchDisk(host, {
      bytesMax: () => keeper.wanted()?.diskBytesMax,
      runningSince: keeper.runningSince,
      onFull: (sentence) => keeper.hold('disk', sentence === undefined ? undefined : { sentence, state: 'failed' }),
    }),
    watchDisconnect({
      policy: () => keeper.wanted()?.disconnect,
      isUp: link.isUp,
      onAway: (hold) => keeper.hold('disconnect', hold),
    }),
  ];
}

function watchDrift({ timing }: Host, keeper: Keeper): { stop(): void } {
  const timer = setInterval(() => keeper.lookForDrift(), timing.driftLookMs);
  return { stop: () => clearInterval(timer) };
}

/** The bot's folder for this supervisor alone, with the state in it that was given last. */
async function takeFolder(directory: string): Promise<BotFolder> {
  const folder = botFolder(directory);
  await mkdir(folder.directory, { recursive: true, mode: 0o700 });
  const holder = await takePidFile(folder.supervisorPid);
  if (holder) throw new AlreadySupervised(`A supervisor with pid ${holder.pid} cares for this bot already`);
  await settleImport(folder);
  await makeFolder(folder);
  return folder;
}

/** Before anything is said or asked: what nobody is to read, and the way that all takes. */
function takeStart({ workload, joinToken }: Start): void {
  if (joinToken) keepSecret(joinToken);
  goOutThrough(workload.egress);
}

function about({ workload, directory, joinToken }: Start) {
  return {
    botId: workload.botId,
    supervisorVersion: workload.supervisor.version,
    joinToken,
    controlPlaneUrl: async () => (await readWorkload(directory)).controlPlaneUrl,
  };
}

type HostOptions = {
  timing: Timing;
  telegramRelay: TelegramRelay;
  onReport: () => void;
  ask: LinkClient['ask'];
};

/** What the parts of this supervisor share, with what the gateway is to ask while it runs: for its secrets, and for its model. */
async function openHost(
  { workload }: Start,
  folder: BotFolder,
  { timing, telegramRelay, onReport, ask }: HostOptions,
): Promise<{ host: Host; secretServer: SecretServer }> {
  const log = openLog(folder.supervisorLog);
  let lastState = '';
  const status = createStatus((report) => {
    if (report.state !== lastState) log('info', `the bot is ${report.state}`, { reason: report.reason });
    lastState = report.state;
    onReport();
  });
  const spool = await openSpool(folder.spool);
  const knownGood = await openKnownGood(folder.knownGood, workload.runtime.version);
  const modelGateway = await openModelGateway({
    spentFile: folder.spent,
    allowance: { file: folder.allowance, drawFrom: (draw) => ask('budget.draw', draw) },
    onCall: tellCalls({ spool, status }),
  });
  const ownSecrets = { [secretIds.modelKey]: modelGateway.key };
  const secrets = createSecrets();
  secrets.replace(ownSecrets);
  const secretServer = await serveSecrets(secrets, {
    directory: folder.directory,
    resolver: folder.resolver,
    node: workload.runtime.node,
  });
  const proofs = new CredentialProofs({ status, log, timing });
  const team = await openTeam({ folder, log, status, modelGateway, timing, ask });
  const host = {
    workload,
    folder,
    log,
    status,
    spool,
    secrets,
    ownSecrets,
    modelGateway,
    telegramRelay,
    knownGood,
    proofs,
    team,
    timing,
    capture: { current: captureUsual },
  };
  return { host, secretServer };
}

function tellOrphan({ log, status, spool }: Host): void {
  const sentence =
    'An earlier supervisor ended without its gateway, whose model and output went through it: the gateway is started anew';
  log('warn', sentence);
  status.evidence('supervisor', false, sentence);
  spool.add('gateway-failed', { reason: sentence });
}

/** What the target reads to find this supervisor again, also after a restart of the control plane. */
async function publish(file: string, { workload }: Start): Promise<void> {
  const published = {
    pid: process.pid,
    processStart: await processStart(process.pid),
    startedAt: new Date().toISOString(),
    botId: workload.botId,
    generation: workload.generation,
    version: workload.supervisor.version,
  };
  await writeFileAtomic(file, `${JSON.stringify(published)}\n`, { mode: 0o600 });
}
