import { z } from 'zod';
import { DockerEngine } from './engine.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Where bots run. */
export const Target = z.object({
  id: Id,
  name: z.string(),
  /** Names an entry of targets/built-in, such as `process`. */
  kind: z.string(),
  botCount: z.int(),
  /** Whether a bot could be put there now, and why not. */
  health: z.object({ ok: z.boolean(), message: z.string(), checkedAt: Timestamp }).optional(),
  /** What lies there of bots this Clawster does not know, such as those made after the backup it was restored from. */
  orphans: z.array(z.object({ botId: z.string(), name: z.string() })).default([]),
  createdAt: Timestamp,
});
export type Target = z.infer<typeof Target>;

/** This machine is there from the start; a stand-in runs nothing, and shows what a fleet looks like. */
export const CreateTarget = z.object({
  name: z.string().trim().min(1, 'Name the target').max(80),
  kind: z.enum(['docker', 'docker-swarm', 'stand-in'], 'A docker engine, a docker-swarm or a stand-in can be added'),
  /** What follows is of an engine or a Swarm alone. */
  ...DockerEngine.shape,
});
export type CreateTarget = z.infer<typeof CreateTarget>;

export const targets = {
  list: route({
    method: 'GET',
    path: '/targets',
    permission: 'target:read',
    summary: 'Where bots can run',
    input: PageInput,
    output: pageOf(Target),
  }),
  create: route({
    method: 'POST',
    path: '/targets',
    permission: 'target:manage',
    summary: 'Add a place where bots can run; an engine is asked first, and refused if it does not answer',
    input: CreateTarget,
    output: Target,
  }),
};
