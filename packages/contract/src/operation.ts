import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

export const OperationKind = z.enum(['backup', 'restore', 'move', 'clone', 'adoption']);
export type OperationKind = z.infer<typeof OperationKind>;

export const OperationPhase = z.enum(['pending', 'running', 'done', 'failed', 'cancelled']);
export type OperationPhase = z.infer<typeof OperationPhase>;

export const OperationStepName = z.enum([
  'write',
  'verify',
  'check',
  'stop',
  'halt',
  'import',
  'copy',
  'switch',
  'start',
  'clean-up',
]);
export type OperationStepName = z.infer<typeof OperationStepName>;

/** One step of an operation, told as a bot's steps are. */
export const OperationStep = z.object({
  name: OperationStepName,
  label: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  detail: z.string().optional(),
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
});
export type OperationStep = z.infer<typeof OperationStep>;

/** Work on a bot's state that takes many steps and goes on whatever happens to the server. */
export const Operation = z.object({
  id: Id,
  kind: OperationKind,
  phase: OperationPhase,
  /** What is going on, or how it ended, in a sentence. */
  reason: z.string(),
  steps: z.array(OperationStep),
  /** Whose state is written: the bot that is moved, restored, backed up, or the new one of a clone or an adoption. */
  botId: Id,
  botName: z.string(),
  backupId: Id.optional(),
  /** Where a bot is moved to. */
  targetId: Id.optional(),
  targetName: z.string().optional(),
  /** Why it cannot be cancelled, in a sentence; absent while it can. */
  whyNotCancel: z.string().optional(),
  cancelAsked: z.boolean(),
  /** When a step that failed is tried again. */
  nextTryAt: Timestamp.optional(),
  createdAt: Timestamp,
  endedAt: Timestamp.optional(),
});
export type Operation = z.infer<typeof Operation>;

export const OperationInput = z.object({ operationId: Id });

export const operations = {
  list: route({
    method: 'GET',
    path: '/operations',
    permission: 'bot:read',
    summary: 'Backups, restores, moves, clones and adoptions that run or ran, newest first',
    input: PageInput.extend({ botId: Id.optional(), active: z.stringbool().or(z.boolean()).default(false) }),
    output: pageOf(Operation),
  }),
  get: route({
    method: 'GET',
    path: '/operations/{operationId}',
    permission: 'bot:read',
    summary: 'One operation with its steps',
    input: OperationInput,
    output: Operation,
  }),
  cancel: route({
    method: 'POST',
    path: '/operations/{operationId}/cancel',
    permission: 'bot:operate',
    summary: 'Cancel an operation before its point of no return; all is left as it was before',
    input: OperationInput,
    output: Operation,
  }),
};
