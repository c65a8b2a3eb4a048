import { setTimeout as sleep } from 'node:timers/promises';
import type { Workload } from '@clawster/target/target';
import type Docker from 'dockerode';
import type { ServiceSpec } from 'dockerode';
import { checkOurs, label } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import type { SwarmSettings } from '../settings.ts';
import { startLine } from '../start-bot.ts';
import { type WayHome, wayHome } from '../way-home.ts';
import { isOver, type SwarmService, tasksOf, updateService } from './api.ts';
import { botService, copyText, findBot, type KnownBot, refuseOlderCopy, restingSpec } from './bot-service.ts';
import { choosePlace, listNodes, type Node, whyNotHeard, whyNotStarts } from './nodes.ts';
import { keepSecret, removeSecrets } from './start-secret.ts';
import { letHome, restRelay } from './way-home-service.ts';

export type Swarm = { engine: Docker; settings: SwarmSettings };

/** Beside the time its supervisor is given: for what is said and heard in between. */
const hearsayMs = 15_000;

/**
 * Starts the bot on the node that has its state, or on the one with most room where it has none. A copy is started only
 * when the one before was seen to end: a Swarm waits a minute for that at most, and then starts a second one.
 */
export async function applyWorkload(at: Swarm, workload: Workload): Promise<void> {
  const { engine, settings } = at;
  const { botId } = workload;
  const home = homeOf(settings);
  const known = await findBot(engine, settings.installation, botId);
  refuseOlderCopy(known, workload);
  if (known && !known.isKept && known.generation > workload.generation) return noteCopy(at, known, workload);
  if (known && (await runsSo(at, known, { workload, home }))) {
    await letHome(engine, settings, { botId, node: known.node, home });
    return noteCopy(at, known, workload);
  }
  const node = known ? await nodeToStart(engine, known) : await choosePlace(engine, settings);
  await letHome(engine, settings, { botId, node, home });
  const ended = known && (await end(at, known));
  const start = await keepSecret(
    engine,
    { installation: settings.installation, botId },
    startLine({ workload, home, settings }),
  );
  try {
    await put(at, ended, botService({ workload, node, home, settings, start }));
  } finally {
    await removeSecrets(engine, { installation: settings.installation, botId });
  }
}

/** Ends the bot and keeps its service, which says where its state lies. */
export async function stopBot(at: Swarm, known: KnownBot): Promise<KnownBot['service']> {
  const { engine, settings } = at;
  const botId = known.labels[label.bot] ?? '';
  const service = await end(at, known);
  await restRelay(engine, settings, botId);
  await removeSecrets(engine, { installation: settings.installation, botId });
  return service;
}

/** The way home of a Swarm’s bots; throws a sentence where there is none. */
function homeOf(settings: SwarmSettings): WayHome {
  const home = wayHome({ ...settings, linkDirectory: undefined });
  if (typeof home === 'string') throw new Error(home);
  return home;
}

async function runsSo(
  { engine }: Swarm,
  { service, generation, isOn, labels, node }: KnownBot,
  { workload, home }: { workload: Workload; home: WayHome },
): Promise<boolean> {
  if (!isOn || generation !== workload.generation || labels[label.home] !== home.url) return false;
  const [task] = await tasksOf(engine, service.ID);
  if (task && isOver(task)) return false;
  const there = (await listNodes(engine)).find(({ id }) => id === node.id);
  const silent = there && whyNotHeard(there);
  if (silent) throw new Error(silent);
  return there !== undefined && task?.DesiredState !== 'shutdown';
}

/** The node with the bot's state; throws why nothing can be started there. */
async function nodeToStart(engine: Docker, { node }: KnownBot): Promise<Node> {
  const there = (await listNodes(engine)).find(({ id }) => id === node.id);
  const reason = there ? whyNotStarts(there) : goneNode(node);
  if (!there || reason) throw new Error(reason);
  return there;
}

/** What is to be said of a bot whose node a person took out of the Swarm. */
export const goneNode = ({ name }: { name: string }): string =>
  `Its node ${name} was removed from the Swarm, and its state with it. Restore it from a backup, and it is put on another node`;

/** Tells the Swarm to end it, and waits until its node says that it did; throws what stands against that. */
async function end(at: Swarm, known: KnownBot): Promise<SwarmService> {
  const { engine, settings } = at;
  if (known.isOn) await updateService(engine, known.service, restingSpec(known.service));
  for (const until = Date.now() + settings.stopTimeoutMs + hearsayMs; ; await sleep(150)) {
    if ((await tasksOf(engine, known.service.ID)).every(isOver)) break;
    const node = (await listNodes(engine)).find(({ id }) => id === known.node.id);
    const silent = node && whyNotHeard(node);
    if (silent) throw new Error(`${silent}. What still runs there ends as soon as that node is back`);
    if (Date.now() > until)
      throw new Error(`The bot has not ended yet on its node ${known.node.name}; nothing is started before it has`);
  }
  return (await engine.getService(known.service.ID).inspect()) as SwarmService;
}

/** A service as it was read, so that of two processes one decides; a new one only where its name is nobody's. */
async function put({ engine, settings }: Swarm, service: SwarmService | undefined, spec: ServiceSpec): Promise<void> {
  if (service) return updateService(engine, service, spec);
  const named = (await unlessMissing(engine.getService(spec.Name ?? '').inspect())) as SwarmService | undefined;
  if (named) checkOurs(named.Spec.Labels, `The service ${spec.Name}`, settings.installation);
  await engine.createService(spec as never);
}

/** Which copy has the bot from now on; what runs is left alone. */
async function noteCopy({ engine }: Swarm, { service, labels }: KnownBot, workload: Workload): Promise<void> {
  if (labels[label.copy] === copyText(workload)) return;
  await updateService(engine, service, { ...service.Spec, Labels: { ...labels, [label.copy]: copyText(workload) } });
}
