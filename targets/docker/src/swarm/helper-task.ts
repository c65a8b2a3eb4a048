import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { whyNotDone } from '@clawster/target/state-maker';
import type Docker from 'dockerode';
import type { MountSettings } from 'dockerode';
import { label, ours } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import { place } from '../place.ts';
import { helperLimits } from '../state-archive.ts';
import { isOver, replicas, servicesWith, type SwarmTask, tasksOf } from './api.ts';
import type { Swarm } from './apply-service.ts';
import { hardenedTask } from './hardened-task.ts';
import { nameOf } from './names.ts';
import { taskLines } from './seen-service.ts';

/** One that its node cannot even begin with is given up on. */
const beginMsMax = 60_000;

type Ask = {
  botId: string;
  node: { id: string; name: string };
  command: string[];
  /** An internal one; in none at all it would be in its node’s own, which leads out. */
  network: string;
  /** What it is told. */
  secret?: { id: string; name: string };
};

/** Lets something be done on the node with the bot's volume. Answers how it went once it is over, and leaves nothing. */
export async function runHelper(at: Swarm, ask: Ask): Promise<Error | undefined> {
  const { engine } = at;
  const { id } = await engine.createService(helperService(at, ask) as never);
  try {
    return await over(engine, id, ask.node.name);
  } finally {
    await unlessMissing(engine.getService(id).remove());
  }
}

/** Removes what helpers of the bot's left that nobody waited for to the end. */
export async function removeHelpers({ engine, settings }: Swarm, botId: string): Promise<void> {
  const filters = ours(settings.installation, { [label.role]: 'helper', [label.bot]: botId });
  for (const { ID } of await servicesWith(engine, filters)) await unlessMissing(engine.getService(ID).remove());
}

async function over(engine: Docker, serviceId: string, nodeName: string): Promise<Error | undefined> {
  for (const begun = Date.now(); ; await sleep(200)) {
    const [task] = await tasksOf(engine, serviceId);
    if (task && isOver(task)) return howItWent(engine, task, nodeName);
    if (task?.Status.State !== 'running' && Date.now() - begun > beginMsMax)
      return new Error(`The node ${nodeName} did not begin with it within a minute`);
  }
}

async function howItWent(engine: Docker, task: SwarmTask, nodeName: string): Promise<Error | undefined> {
  const { State, Err, ContainerStatus } = task.Status;
  if (State === 'complete') return undefined;
  if (State === 'rejected' || State === 'orphaned') return new Error(`The node ${nodeName} could not do it: ${Err}`);
  const words = await taskLines(engine, task.ID, 20).catch(() => []);
  return whyNotDone(ContainerStatus?.ExitCode || 1, words.join('\n'));
}

function helperService({ settings }: Swarm, { botId, node, command, network, secret }: Ask) {
  const { installation, image, cpusMax } = settings;
  const labels = { [label.installation]: installation, [label.role]: 'helper', [label.bot]: botId };
  return {
    Name: `${nameOf(botId)}-${randomBytes(5).toString('hex')}`,
    Labels: labels,
    TaskTemplate: hardenedTask({
      node,
      limits: { ...helperLimits, cpus: cpusMax },
      container: {
        Image: image,
        Command: [place.node],
        Args: command,
        Labels: labels,
        Mounts: [{ Type: 'volume', Source: nameOf(botId), Target: place.bot } as MountSettings],
        Secrets: secret ? [{ SecretID: secret.id, SecretName: secret.name, File: keyFile }] : [],
      },
      Networks: [{ Target: network }],
    }),
    Mode: replicas(1),
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

const keyFile = { Name: 'key', UID: '1000', GID: '1000', Mode: 0o400 };
