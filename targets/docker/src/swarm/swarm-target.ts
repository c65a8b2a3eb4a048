import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkBotId } from '@clawster/target/bot-id';
import { NoState } from '@clawster/target/no-state';
import type { ConnectedTarget, LyingBot } from '@clawster/target/target';
import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import { label, ours } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import { place } from '../place.ts';
import type { SwarmSettings } from '../settings.ts';
import { applyWorkload, stopBot, type Swarm } from './apply-service.ts';
import { isOvertaken, servicesWith, tasksOf, isOver, updateService } from './api.ts';
import { findBot, type KnownBot, restingService } from './bot-service.ts';
import { exportState, importState } from './hand-over.ts';
import { runHelper } from './helper-task.ts';
import { nameOf } from './names.ts';
import { choosePlace, listNodes, whyNotHeard, whyNotStarts } from './nodes.ts';
import { probeSwarm } from './probe-swarm.ts';
import { seenOf, taskLines } from './seen-service.ts';
import { ensureNetwork, removeWayHome } from './way-home-service.ts';

/** Shared by all connections of this process; between two processes the version of the bot's service decides. */
const inTurn = turns();
/** Whoever is overtaken this often in a row leaves it to the next pass. */
const triesMax = 4;

/** Bots as services of a Swarm, each on the node that has its state. */
export function swarmTarget(engine: Docker, settings: SwarmSettings): ConnectedTarget {
  const at: Swarm = { engine, settings };
  const find = (botId: string) => findBot(engine, settings.installation, botId);
  const onBot = async <T>(botId: string, work: () => Promise<T>): Promise<T> => {
    checkBotId(botId);
    return inTurn(`${settings.installation} ${botId}`, () => unlessOvertaken(work));
  };
  return {
    bringsRuntime: true,
    probe: () => probeSwarm(engine, settings),
    async inspect(botId) {
      checkBotId(botId);
      const known = await find(botId);
      return known && !known.isKept ? seenOf(engine, known) : { state: 'absent' };
    },
    apply: (workload) => onBot(workload.botId, () => applyWorkload(at, workload)),
    stop: (botId) =>
      onBot(botId, async () => {
        const known = await find(botId);
        if (known && !known.isKept) await stopBot(at, known);
      }),
    remove: (botId, { deleteState }) =>
      onBot(botId, async () => {
        const known = await find(botId);
        if (known) await (deleteState ? forget(at, known) : keep(at, known));
        await removeWayHome(engine, settings, botId);
      }),
    bots: () => botsThere(at),
    async logs(botId, lines) {
      checkBotId(botId);
      const known = await find(botId);
      const [task] = known ? await tasksOf(engine, known.service.ID) : [];
      return task ? taskLines(engine, task.ID, lines) : [];
    },
    async exportState(botId) {
      checkBotId(botId);
      const known = await find(botId);
      if (!known) throw new NoState();
      return exportState(at, { botId, node: await nodeThatAnswers(at, known) });
    },
    importState(botId, archive) {
      // Its sender may break off before there is what reads it; that is told below.
      archive.on('error', () => undefined);
      return onBot(botId, () => takeIn(at, archive, botId));
    },
  };
}

async function unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isOvertaken(error) || attempt === triesMax) throw error;
      await sleep(attempt * 250);
    }
  }
}

/** The node with the bot's state; throws why it cannot be asked. */
async function nodeThatAnswers({ engine }: Swarm, { node }: KnownBot) {
  const there = (await listNodes(engine)).find(({ id }) => id === node.id);
  if (!there) throw new NoState();
  const silent = whyNotHeard(there);
  if (silent) throw new Error(silent);
  return there;
}

/** No bot any more, and its state where it lies: the service says where that is, and which copy it obeyed. */
async function keep(at: Swarm, known: KnownBot): Promise<void> {
  if (known.isKept) return;
  const service = await stopBot(at, known);
  const { TaskTemplate, Labels, ...spec } = service.Spec;
  await updateService(at.engine, service, {
    ...spec,
    Labels: { ...Labels, [label.kept]: 'yes' },
    TaskTemplate: { ...TaskTemplate, Networks: [] },
  });
}

/** Ends the bot, and deletes its state; what lay on a node that was removed is gone with that. */
async function forget(at: Swarm, known: KnownBot): Promise<void> {
  const { engine, settings } = at;
  const botId = known.labels[label.bot] ?? '';
  const there = (await listNodes(engine)).find(({ id }) => id === known.node.id);
  const reason = there && whyNotStarts(there);
  if (reason) throw new Error(reason);
  await stopBot(at, known);
  if (there) {
    // A volume can be removed on its own node alone; empty, it holds nothing of the bot.
    const network = nameOf(botId);
    await ensureNetwork(engine, settings, { name: network, role: 'bot', botId });
    const failed = await runHelper(at, { botId, node: there, command: ['-e', emptyIt], network });
    if (failed) throw failed;
  }
  await unlessMissing(engine.getService(known.service.ID).remove());
}

const emptyIt = `const fs = require('node:fs');
for (const name of fs.readdirSync('${place.bot}')) fs.rmSync('${place.bot}/' + name, { recursive: true, force: true });`;

/** Gives the state to a bot that does not run; where its node is gone, on another one. */
async function takeIn(at: Swarm, archive: Readable, botId: string): Promise<void> {
  const { engine, settings } = at;
  const known = await findBot(engine, settings.installation, botId);
  const nodes = await listNodes(engine);
  const there = known && nodes.find(({ id }) => id === known.node.id);
  if (known && there && !(await tasksOf(engine, known.service.ID)).every(isOver))
    throw new Error('The bot runs: stop it to give it another state');
  const reason = there && whyNotStarts(there);
  if (reason) throw new Error(reason);
  const node = there ?? (await choosePlace(engine, settings));
  if (!there) await rest(at, known, restingService(settings, { botId, node }));
  await importState(at, archive, { botId, node });
}

/** A bot that lies on a node from now on, and does not run. */
async function rest({ engine }: Swarm, known: KnownBot | undefined, spec: ReturnType<typeof restingService>) {
  if (known) return updateService(engine, known.service, { ...spec, Labels: { ...known.labels, ...spec.Labels } });
  await engine.createService({ ...spec, Labels: { ...spec.Labels, [label.kept]: 'yes' } } as never);
}

async function botsThere({ engine, settings }: Swarm): Promise<LyingBot[]> {
  const services = await servicesWith(engine, ours(settings.installation, { [label.role]: 'bot' }));
  return services.flatMap(({ Spec, CreatedAt }) => {
    const { [label.bot]: botId, [label.botName]: name, [label.workspace]: workspaceId } = Spec.Labels ?? {};
    if (botId === undefined) return [];
    const runs = (Spec.Mode?.Replicated?.Replicas ?? 0) > 0;
    const whose = workspaceId === undefined ? {} : { workspaceId };
    const since = new Date(CreatedAt).toISOString();
    return [{ botId, name: name === undefined ? botId : (JSON.parse(name) as string), runs, since, ...whose }];
  });
}
