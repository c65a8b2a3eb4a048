import { api } from '@clawster/contract/api';
import { ConversationCost } from '@clawster/contract/cost';
import { query } from '../query.ts';
import { selectDearest } from './conversation-costs.queries.ts';
import { daysAsked } from './days.ts';

const daysMax = 31;

/** The conversations that cost most in some days. */
export const listConversationCosts = query(
  api.costs.conversations,
  async ({ tx, caller }, { from, to, botId, limit }) => {
    const days = await daysAsked(tx, { from, to }, daysMax);
    const rows = await selectDearest(tx, { workspaceId: caller.workspaceId, days, botId, limit });
    return { from: days.from, to: days.to, items: rows.map(toConversationCost) };
  },
);

function toConversationCost({
  botName,
  lastAt,
  person,
  personName,
  ...row
}: Record<string, unknown>): ConversationCost {
  return ConversationCost.parse({
    ...row,
    botName: botName ?? undefined,
    lastAt: lastAt instanceof Date ? lastAt.toISOString() : undefined,
    ...(person ? { person: { id: person, name: personName ?? undefined } } : {}),
  });
}
