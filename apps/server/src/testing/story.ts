import { randomUUID } from 'node:crypto';
import { keep } from '@clawster/control-plane/change';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { readSpan } from '@clawster/control-plane/span/read-span';
import { storeSpans } from '@clawster/control-plane/span/store-spans';

export type Owner = { workspaceId: string; botId: string };
type Item = { kind: string; data: Record<string, unknown> };

let sequence = 0;

/** Stores what a supervisor would have told of a bot, in one transaction, which is open for as long as it is told. */
export function tellSpans(
  plane: ControlPlane,
  { until, ...owner }: Owner & { until?: Promise<unknown> },
  items: Item[],
): Promise<unknown> {
  const at = new Date().toISOString();
  const spans = items.map((item) => readSpan({ ...item, at, sequence: (sequence += 1) }, { ...owner, epoch: 1 }));
  return keep(plane, async (tx) => {
    await storeSpans(tx, spans);
    await until;
  });
}

/** A turn with a call to a model that OpenClaw has used already, and a tool, as a supervisor tells it. */
export function aTurn(more: { ms?: number; text?: string; connectorId?: string } = {}): { id: string; items: Item[] } {
  const id = randomUUID();
  const startedAt = new Date(Date.now() - (more.ms ?? 3_000)).toISOString();
  const common = { startedAt, traceId: id, session: `agent:main:telegram:${id}`, channel: 'telegram' };
  const text = more.text === undefined ? {} : { text: { in: more.text, out: `${more.text}!` } };
  const person = { id: 'p-1' };
  const usage = { inputTokens: 100, outputTokens: 20, cacheReadTokens: 30, cacheWriteTokens: 5 };
  const call = { startedAt, model: 'gpt-5', responseId: `r-${id}`, usage, costUsd: 0.25, durationMs: 800 };
  return {
    id,
    items: [
      { kind: 'message-in', data: { ...common, ...text, person, id: `${id}-in`, parentId: id } },
      { kind: 'model-call', data: { ...call, id: `${id}-call`, connectorId: more.connectorId } },
      {
        kind: 'model-message',
        data: { ...common, id: `${id}-message`, parentId: id, responseId: `r-${id}`, model: 'gpt-5' },
      },
      {
        kind: 'tool-call',
        data: {
          ...common,
          ...text,
          id: `${id}-tool`,
          parentId: id,
          name: 'read',
          durationMs: 70,
          outcome: 'failed',
          failure: 'No such file',
        },
      },
      {
        kind: 'turn',
        data: { ...common, ...text, person, id, durationMs: 1_500, tools: ['read'], toolCalls: 1, modelCalls: 1 },
      },
    ],
  };
}
