import type { BotPhase } from '@clawster/contract/bot';
import { debounce, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const shownPhases = [
  'ready',
  'degraded',
  'failed',
  'unknown',
  'pending',
  'installing',
  'starting',
  'stopping',
  'stopped',
  'destroying',
  'destroyed',
] as const satisfies BotPhase[];

export const botOrders = { name: 'Name', phase: 'Phase', since: 'Phase since', created: 'Created' } as const;

const filter = {
  search: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(150) }),
  phase: parseAsStringLiteral(shownPhases),
  order: parseAsStringLiteral(['name', 'phase', 'created', 'since']).withDefault('name'),
  descending: parseAsBoolean.withDefault(false),
};

/** Which bots are shown and in which order; lives in the URL, so that any view can be sent to a colleague. */
export function useBotFilter() {
  return useQueryStates(filter, { history: 'replace', clearOnDefault: true });
}
