import { gigabytes } from '@clawster/target/gigabytes';
import type { Seen } from '@clawster/target/target';
import type Docker from 'dockerode';
import { label } from '../labels.ts';
import { linesIn } from '../output.ts';
import { goneNode } from './apply-service.ts';
import { isOver, type SwarmTask, tasksOf } from './api.ts';
import type { KnownBot } from './bot-service.ts';
import { listNodes, whyNotHeard } from './nodes.ts';

/** What is to be said of a bot by its service and that one's tasks; throws when its node is not heard of. */
export async function seenOf(engine: Docker, known: KnownBot): Promise<Seen> {
  const { generation, copy, isOn, node } = known;
  const what = { generation, ...(copy ? { copy } : {}) };
  const [tasks, nodes] = await Promise.all([tasksOf(engine, known.service.ID), listNodes(engine)]);
  const there = nodes.find(({ id }) => id === node.id);
  const exited = (reason: string): Seen => ({ state: 'exited', reason, ...what });
  if (!there) return exited(goneNode(node));
  const [task] = tasks;
  if (tasks.every(isOver)) {
    if (!isOn) return exited('Stopped');
    // The Swarm has not begun with it.
    if (!task) return { state: 'starting', ...what };
    if (there.about.Spec.Availability === 'drain') return exited(`Its node ${node.name} is drained`);
    return exited(await exitReason(engine, task, known.labels));
  }
  const silent = whyNotHeard(there);
  if (silent) throw new Error(silent);
  if (!isOn || task?.DesiredState !== 'running')
    return { state: isOn && isNew(task) ? 'starting' : 'stopping', ...what };
  return { state: task.Status.State === 'running' ? 'running' : 'starting', ...what };
}

/** A task is wanted to be ready first, and to run then. */
const isNew = (task: SwarmTask | undefined) => task?.DesiredState === 'ready' || task?.DesiredState === 'accepted';

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
