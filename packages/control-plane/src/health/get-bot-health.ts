import { api } from '@clawster/contract/api';
import type { BotPhase } from '@clawster/contract/bot';
import { signalsOf, verdictOf } from '@clawster/domain/health/verdict';
import { notFound } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import { query } from '../query.ts';
import { factsIn } from './read-facts.ts';
import { selectHealthFacts } from './select-facts.ts';

/** One bot's signals as they are now, and not as the loop found them last. */
export const getBotHealth = query(api.health.bot, async ({ tx }, { botId }) => {
  const row = await selectHealthFacts(tx, 'all').where('bot.id', '=', botId).where(isVisible('bot')).executeTakeFirst();
  if (!row) throw notFound();
  const { facts } = factsIn(row);
  const signals = signalsOf(facts, row.now);
  const verdict = verdictOf(facts, signals, row.now);
  const isAsBefore = row.verdict === verdict.verdict && row.cause === (verdict.cause?.text ?? null);
  return {
    botId,
    botName: row.name,
    phase: row.phase as BotPhase,
    ...verdict,
    since: ((isAsBefore ? row.since : undefined) ?? row.now).toISOString(),
    ...(row.incidentId ? { incidentId: row.incidentId } : {}),
    signals,
    checkedAt: row.now.toISOString(),
  };
});
