import type { BotSpec } from '@clawster/contract/bot';
import type { Actor } from '@clawster/contract/event';
import type { RevisionCause } from '@clawster/contract/revision';
import { sql } from 'kysely';
import type { BotConfiguration, ConfiguredBot } from '../configuration/configured-bot.ts';
import type { Tx } from '../transaction.ts';

export type Authored = { workspaceId: string; author: Actor; cause: RevisionCause; reason: string };
/** A bot, the number of its new revision, and what it came to before and comes to now. */
export type Revised = {
  bot: ConfiguredBot;
  number: number;
  before?: BotConfiguration;
  /** Absent: as it is. */
  specBefore?: BotSpec;
  after: BotConfiguration;
};

/** Writes what bots are to be from their next generation on; of a bot without a history what it was as well, to go back to. */
export async function insertRevisions(
  tx: Tx,
  { workspaceId, author, cause, reason }: Authored,
  revised: readonly Revised[],
) {
  const rows = revised.flatMap(({ bot, number, before, specBefore = bot.spec, after }) => [
    ...(before ? [rowOf({ ...bot, spec: specBefore }, before, { number: number - 1, first: true })] : []),
    rowOf(bot, after, { number, first: false }),
  ]);
  await sql`
    insert into revision (workspace_id, bot_id, number, author, cause, reason, spec, layers, document, files)
    select ${workspaceId}::uuid, fact.bot_id, number,
      case when first then '{"kind": "system", "job": "keep-revisions"}'::jsonb else ${JSON.stringify(author)}::jsonb end,
      case when first then '{"kind": "first"}'::jsonb else ${JSON.stringify(cause)}::jsonb end,
      case when first then '' else ${reason} end, spec, layers, document, files
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as fact (bot_id uuid, number bigint, first boolean, spec jsonb, layers jsonb, document jsonb, files jsonb)
    where not first or not exists (select from revision where revision.bot_id = fact.bot_id)
    on conflict (bot_id, number) do nothing`.execute(tx);
}

function rowOf(
  bot: ConfiguredBot,
  { document, files, layers }: BotConfiguration,
  { number, first }: { number: number; first: boolean },
) {
  return { bot_id: bot.id, number, first, spec: bot.spec, layers, document, files };
}
