import { randomUUID } from 'node:crypto';
import type { KeyJob, KeyOverview } from '@clawster/contract/key';
import { ago } from './fleet.ts';
import type { Handler, World } from './world.ts';

/** One key in a file, with nothing done to it yet. */
export const oneKey = (): KeyOverview => ({
  items: [{ id: 'file:4c1f0a9be2d7', kind: 'file', use: 'current', dataKeys: 4, secrets: 12, lookedAt: ago(20) }],
  retired: { keys: 0, secrets: 0, backups: 0, answers: 0 },
  jobs: [],
});

/** A vault's key that was rotated, a former file, one that is lost, and jobs that go on. */
export const manyKeys = (): KeyOverview => ({
  items: [
    { id: 'vault:transit/clawster:v3', kind: 'vault', use: 'current', dataKeys: 1, secrets: 8, lookedAt: ago(20) },
    {
      id: 'vault:transit/clawster:v2',
      kind: 'vault',
      use: 'former',
      dataKeys: 3,
      secrets: 40,
      lookedAt: ago(20),
      trouble: 'The key vault:transit/clawster:v2 cannot be reached: check its service and the network',
    },
    { id: 'file:4c1f0a9be2d7', kind: 'file', use: 'former', dataKeys: 0, secrets: 0, lookedAt: ago(20) },
    { id: 'file:00000000beef', use: 'missing', dataKeys: 1, secrets: 2 },
  ],
  retired: { keys: 1, secrets: 0, backups: 2, answers: 31 },
  jobs: [
    {
      ...begun('rewrap', 3),
      done: 2,
      trouble: 'The key vault:transit/clawster:v2 cannot be reached: check its service and the network',
      nextTryAt: ago(-90),
    },
    { ...begun('reencrypt', 0), done: 51, endedAt: ago(3_600) },
  ],
});

function begun(kind: KeyJob['kind'], left: number): KeyJob {
  return { id: randomUUID(), kind, done: 0, left, begunAt: ago(0) };
}

export const secretKeyHandlers: Record<string, Handler> = {
  'keys.list': (world) => {
    const now = world.secretKeys;
    // Asked the next time, a job is further.
    const jobs = now.jobs.map((job) => (job.endedAt || job.trouble ? job : further(job)));
    world.secretKeys = { ...now, jobs };
    return now;
  },
  'keys.rewrap': (world) => begin(world, 'rewrap', 4),
  'keys.reencrypt': (world) => begin(world, 'reencrypt', 12),
};

function begin(world: World, kind: KeyJob['kind'], left: number): KeyJob {
  const job = begun(kind, left);
  world.secretKeys = { ...world.secretKeys, jobs: [...world.secretKeys.jobs.filter((one) => one.kind !== kind), job] };
  return job;
}

function further(job: KeyJob): KeyJob {
  const step = Math.min(job.left, 2);
  const [done, left] = [job.done + step, job.left - step];
  return { ...job, done, left, ...(left === 0 ? { endedAt: ago(0) } : {}) };
}
