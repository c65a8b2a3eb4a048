import type { Step } from '@clawster/domain/bot/plan';
import { closeCode } from '@clawster/link/handshake';
import { type Configure, secretIds } from '@clawster/link/supervisor-methods';
import type { ConnectedTarget } from '@clawster/target/target';
import { sql } from 'kysely';
import { halt } from '../fleet/halt-held.ts';
import { change, keep } from '../change.ts';
import { apiKeyField } from '../connector/connector.queries.ts';
import { egressOfBot } from '../egress/egress-of-bots.ts';
import type { NewEvent } from '../event/recorder.ts';
import { copyOf } from '../installation/installation.queries.ts';
import { createJoinToken } from '../link/join-token.ts';
import type { ControlPlane } from '../plane.ts';
import { recordAccess } from '../secret/record-access.ts';
import { preparePlugins } from '../runtime/prepare-plugins.ts';
import { markAbsent, requestRuntime } from '../runtime/request-runtime.ts';
import { configurationOf } from './configuration.ts';
import { LeaseLost, type LeasedBot, renew } from './lease-bots.ts';
import { type Observed, withDeadline } from './observe.ts';
import { overtake } from './overtake.ts';
import { returnRuntime } from './return-runtime.ts';
import { takeStartSlot } from './start-slot.ts';

/** A gateway that does not end is killed after 25 s; beyond this the target itself hangs. */
const targetMs = 60_000;
const configureMs = 30_000;

/** The step a bot is to take, and what was seen when that was decided. */
export type Decided = { step: Step; observed: Observed };

/**
 * Does the step the plan decided on, and nothing else: there is no choice left to make here but the last look
 * whether the lease is still ours. Returns the step as it turned out; throws what went wrong.
 */
export async function carryOut(plane: ControlPlane, bot: LeasedBot, { step, observed }: Decided): Promise<Step> {
  if (step.do === 'rest' || step.do === 'wait') return step;
  if (step.do === 'apply' && !(await takeStartSlot(plane, bot, observed.target))) return { do: 'wait', for: 'slot' };
  if (!(await renew(plane, bot))) throw new LeaseLost(bot.name);
  await act(plane, bot, { step, observed });
  return step;
}

type Act = { step: Exclude<Step, { do: 'rest' | 'wait' }>; observed: Observed };

async function act(plane: ControlPlane, bot: LeasedBot, { step, observed }: Act): Promise<void> {
  switch (step.do) {
    case 'install-runtime':
      await requestRuntime(plane, bot.spec.runtimeVersion, by(bot));
      break;
    case 'apply':
      await refuseWithoutRoom(observed);
      await apply(plane, bot, targetOf(observed));
      break;
    case 'tell-address':
      await tellAddress(plane, bot, targetOf(observed));
      break;
    case 'configure':
      await configure(plane, bot, observed);
      break;
    case 'overtake':
      await overtake(plane, bot, step.generation);
      break;
    case 'return-runtime':
      await returnRuntime(plane, bot, step.version);
      break;
    case 'stop':
      await withDeadline(targetOf(observed).stop(bot.id), targetMs);
      break;
    case 'remove':
      await remove(plane, bot, observed);
      break;
  }
}

function targetOf({ connected }: Observed): ConnectedTarget {
  if (!connected) throw new Error('The target cannot be asked');
  return connected;
}

/** A bot that is there already starts where it is; a new one is not put where there is no room for it. */
async function refuseWithoutRoom(observed: Observed): Promise<void> {
  if (observed.facts.seen.state !== 'absent') return;
  const room = await withDeadline(targetOf(observed).probe(), targetMs);
  if (!room.ok) throw new Error(room.message);
}

async function apply(plane: ControlPlane, bot: LeasedBot, target: ConnectedTarget): Promise<void> {
  const joinToken = await keep(plane, async (tx) => {
    // What an earlier process said is no longer about this one.
    const blank = {
      report: null,
      configuredGeneration: 0,
      replica: null,
      lastSeenAt: null,
      disconnectedAt: sql<Date>`now()`,
    };
    await tx
      .insertInto('link')
      .values({ botId: bot.id, workspaceId: bot.workspaceId, epoch: 0, ...blank })
      .onConflict((conflict) => conflict.column('botId').doUpdateSet({ ...blank, epoch: sql<number>`link.epoch + 1` }))
      .execute();
    return createJoinToken(tx, bot);
  });
  await applyWorkload(plane, bot, { target, joinToken });
}

const nowhere = { directory: '', node: '', compileCacheDirectory: '' };

/** Of a workload that runs already, a target takes over the address to dial in at, and nothing else happens. */
async function applyWorkload(
  plane: ControlPlane,
  bot: LeasedBot,
  { target, joinToken }: { target: ConnectedTarget; joinToken: string },
): Promise<void> {
  const runtime = target.bringsRuntime
    ? { version: bot.spec.runtimeVersion, ...nowhere }
    : await plane.runtimes.installed(bot.spec.runtimeVersion);
  if (!runtime) {
    await markAbsent(plane, bot.spec.runtimeVersion);
    throw new Error(`OpenClaw ${bot.spec.runtimeVersion} is no longer installed; it will be installed again`);
  }
  await withDeadline(
    target.apply({
      botId: bot.id,
      workspaceId: bot.workspaceId,
      botName: bot.name,
      generation: bot.workloadGeneration,
      controlPlaneUrl: plane.settings.controlPlaneUrl,
      joinToken,
      memoryBytesMax: bot.spec.memoryBytesMax,
      ...(target.confine ? { egress: await egressOfBot(plane, bot) } : {}),
      copy: await copyOf(plane),
      runtime,
      supervisor: { file: plane.settings.supervisorFile, version: plane.settings.version },
    }),
    targetMs,
  );
}

/** The token is for one that ended since it was seen: it would be started. */
async function tellAddress(plane: ControlPlane, bot: LeasedBot, target: ConnectedTarget): Promise<void> {
  const joinToken = await keep(plane, (tx) => createJoinToken(tx, bot));
  await applyWorkload(plane, bot, { target, joinToken });
}

async function configure(plane: ControlPlane, bot: LeasedBot, observed: Observed): Promise<void> {
  const configuration = await change(plane, by(bot), async ({ tx, record }) => {
    const taken = await configurationOf(tx, plane, bot);
    await recordAccess(tx, bot, taken.credentials);
    await record(delivery(bot, taken));
    return taken;
  });
  await preparePlugins(plane, {
    version: bot.spec.runtimeVersion,
    channels: configuration.channels,
    target: observed.connected,
  });
  await plane.links.request(bot.id, { method: 'configure', params: configuration }, { timeoutMs: configureMs });
  await keep(plane, (tx) =>
    tx
      .updateTable('link')
      .set({ configuredGeneration: bot.generation })
      .where('botId', '=', bot.id)
      .where('epoch', '=', observed.link.epoch)
      .execute(),
  );
}

const by = ({ workspaceId }: LeasedBot) => ({ workspaceId, job: 'reconcile-bots' });

/** Recorded before they leave: a try that failed may have told them as well. Which secrets, and never what they are. */
function delivery(bot: LeasedBot, { generation, secrets, model, telegram }: Configure): NewEvent {
  const key = 'apiKey' in model && model.apiKey !== undefined ? { connectorId: bot.spec.connectorId } : {};
  const names = [
    ...Object.keys(secrets),
    ...(telegram ? [secretIds.telegramToken] : []),
    ...('connectorId' in key ? [apiKeyField] : []),
  ];
  const detail = { secrets: names, ...key, targetId: bot.targetId, generation };
  return { type: 'secret-delivered', subjectId: bot.id, subjectName: bot.name, detail };
}

async function remove(plane: ControlPlane, bot: LeasedBot, observed: Observed): Promise<void> {
  // It makes no calls any more and gives back what it was allowed of budgets, as long as it can say what it spent.
  await halt(plane.links, bot.id, 'stop');
  await plane.links.close(bot.id, closeCode.revoked, 'The bot was destroyed');
  const deleteState = bot.stateKeptUntil !== null && bot.stateKeptUntil <= observed.at;
  await withDeadline(targetOf(observed).remove(bot.id, { deleteState }), targetMs);
}
