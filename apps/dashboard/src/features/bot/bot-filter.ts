import type { BotPhase } from '@clawster/contract/bot';
import { useMemo } from 'react';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';

export const shownPhases = [
  'ready',
  'degraded',
  'failed',
  'unknown',
  'pending',
  'installing',
  'starting',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'destroying',
  'destroyed',
] as const satisfies BotPhase[];

export const botOrders = ['name', 'phase', 'since', 'created'] as const;
export const orderWords: Record<BotOrder, string> = {
  name: 'Name',
  phase: 'Phase',
  since: 'Phase since',
  created: 'Created',
};

type BotOrder = (typeof botOrders)[number];
export type BotFilter = {
  search: string;
  phase: (typeof shownPhases)[number] | undefined;
  order: BotOrder;
  descending: boolean;
};
export type SetBotFilter = (change: Partial<BotFilter>) => void;

/** Which bots are shown and in which order; lives in the URL, so that any view can be sent to a colleague. */
export function useBotFilter(): [BotFilter, SetBotFilter] {
  const [params, setParams] = useUrlState();
  const filter = useMemo(
    () => ({
      search: params.get('search') ?? '',
      phase: oneOf(shownPhases, params.get('phase')),
      order: oneOf(botOrders, params.get('order')) ?? 'name',
      descending: params.get('descending') === 'true',
    }),
    [params],
  );
  const setFilter: SetBotFilter = (change) => {
    const { search, phase, order, descending } = { ...filter, ...change };
    setParams({
      search: search || null,
      phase: phase ?? null,
      order: order === 'name' ? null : order,
      descending: descending ? 'true' : null,
    });
  };
  return [filter, setFilter];
}
