import { randomUUID } from 'node:crypto';
import { createBudget } from '@clawster/control-plane/budget/create-budget';
import { drawBudget } from '@clawster/control-plane/budget/draw-budget';
import { showBudget } from '@clawster/control-plane/budget/get-budget';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import { storeTelemetry } from '@clawster/control-plane/link/store-telemetry';
import type { DrawBudget } from '@clawster/link/budget';
import type { TestInstallation } from './test-installation.ts';

/** What tests of budgets do: make bots and budgets, draw and spend. The installation is asked for when it is there. */
export function testBudgets(installed: () => TestInstallation) {
  let sequence = 0;
  const call = (costUsd: number, more: Record<string, unknown> = {}) => ({
    sequence: (sequence += 1),
    at: new Date().toISOString(),
    kind: 'model-call',
    data: {
      id: randomUUID(),
      startedAt: new Date().toISOString(),
      model: 'm',
      costUsd,
      usage: { inputTokens: 1, outputTokens: 1 },
      ...more,
    },
  });
  return {
    call,
    async linked(labels: Record<string, string> = {}): Promise<OpenLink> {
      const { caller, createBot } = installed();
      const { id, name } = await createBot({ labels, start: false });
      return { botId: id, botName: name, workspaceId: caller.workspaceId, epoch: 1 };
    },
    made: (some: Record<string, unknown> = {}) =>
      createBudget(installed().plane, installed().caller, {
        name: `Budget ${randomUUID()}`,
        period: 'month',
        limitUsd: 10,
        ...some,
      }),
    shown: (budgetId: string) => showBudget(installed().plane, installed().caller, { budgetId }),
    draw: (link: OpenLink, budgetId: string, some: Partial<DrawBudget> = {}) =>
      drawBudget(installed().plane, link, { budgetId, book: 'one', spentUsd: 0, allowedUsd: 0, wantsUsd: 1, ...some }),
    spend: ({ botId, workspaceId }: OpenLink, ...items: ReturnType<typeof call>[]) =>
      storeTelemetry(installed().plane, [{ botId, workspaceId, batch: { epoch: 1, dropped: 0, items } }]),
    async generationOf({ botId }: OpenLink): Promise<number> {
      const [row] = await installed().database.rows(`select generation from bot where id = '${botId}'`);
      return Number(row?.['generation']);
    },
  };
}
