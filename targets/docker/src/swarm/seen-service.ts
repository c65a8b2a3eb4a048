import { gigabytes } from '@clawster/target/gigabytes';
import type { Seen } from '@clawster/target/target';
import type Docker from 'dockerode';
import { label } from '../labels.ts';
import { linesIn } from '../output.ts';
import { goneNode } from './apply-service.ts';
import { isOver, type SwarmTask, tasksOf } from './api.ts';
import type { KnownBot } from './bot-service.ts';
import { listNodes, type Node, whyNotHeard } from './nodes.ts';

/** What is to be said of a bot by its service and that one's tasks; throws when its node is not heard of. */
export async function seenOf(engine: Docker, known: KnownBot): Promise<Seen> {
  const { generation, copy, node } = known;
  const what = { generation, ...(copy ? { copy } : {}) };
  const [tasks, nodes] = await Promise.all([tasksOf(engine, known.service.ID), listNodes(engine)]);
  const there = nodes.find(({ id }) => id === node.id);
  if (!there) return { state: 'exited', reason: goneNode(node), ...what };
  if (!tasks.every(isOver)) return { state: stateOf(known, there, tasks[0]), ...what };
  // The Swarm has not begun with it yet.
  if (known.isOn && !tasks[0]) return { state: 'starting', ...what };
  return { state: 'exited', reason: await whyEnded(engine, known, { node: there, task: tasks[0] }), ...what };
}

function stateOf({ isOn }: KnownBot, node: Node, task: SwarmTask | undefined) {
  const silent = whyNotHeard(node);
  if (silent) throw new Error(silent);
  if (!isOn || task?.DesiredState === 'shutdown') return 'stopping';
  return task?.Status.State === 'running' ? 'running' : 'starting';
}

type Ended = { node: Node; task: SwarmTask | undefined };

async function whyEnded(engine: Docker, { isOn, labels }: KnownBot, { node, task }: Ended): Promise<string> {
  if (!isOn || !task) return 'Stopped';
  if (node.about.Spec.Availability === 'drain') return `Its node ${node.name} is drained`;
  return exitReason(engine, task, labels);
}

async function exitReason(engine: Docker, task: SwarmTask, labels: KnownBot['labels']): Promise<string> {
  const { State, Err, ContainerStatus } = task.Status;
  const code = ContainerStatus?.ExitCode ?? 0;
  if (State === 'rejected') return `Its node could not start it: ${Err ?? 'it did not say why'}`;
  if (State === 'complete') return 'Stopped';
  if (State === 'shutdown') return 'The Swarm ended it, as it does when its node was away or drained';
  if (State === 'orphaned') return 'Its node was not heard of for a day, and the Swarm gave it up';
  const last = (await taskLines(engine, task.ID, 1).catch(() => []))[0];
  if (last) return `It ended with code ${code}; its last words: ${last.slice(0, 500)}`;
  if (code === 137)
    return `It was killed: it took more than the ${gigabytes(Number(labels[label.memory]))} of memory it may have, or its machine restarted`;
  return `It ended with code ${code}${Err ? `: ${Err}` : ''}`;
}

type LoggingTask = { logs(options: object): Promise<Buffer> };

/** The last lines a task wrote, oldest first; its node is asked for them. */
export async function taskLines(engine: Docker, taskId: string, lines: number): Promise<string[]> {
  const task = engine.getTask(taskId) as unknown as LoggingTask;
  const framed = await task.logs({ stdout: true, stderr: true, tail: lines, follow: false });
  return linesIn(framed, lines);
}
