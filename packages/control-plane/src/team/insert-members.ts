import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

export type Place = { botId: string; title: string; capabilities: string[]; mayDelegate: boolean };

/** Gives bots their places in a team; refuses a bot that is not there, or is in another. */
export async function insertMembers(
  tx: Tx,
  { id, workspaceId }: { id: string; workspaceId: string },
  places: readonly Place[],
): Promise<void> {
  const ids = places.map(({ botId }) => botId);
  if (new Set(ids).size < ids.length)
    throw Refusal.at('members', 'invalid', 'A bot is named twice: it has one place in a team');
  const bots = await tx
    .selectFrom('bot')
    .leftJoin('teamMember', 'teamMember.botId', 'bot.id')
    .leftJoin('team', 'team.id', 'teamMember.teamId')
    .select(['bot.id', 'bot.name', 'teamMember.teamId', 'team.name as teamName'])
    .where('bot.workspaceId', '=', workspaceId)
    .where('bot.removedAt', 'is', null)
    .where(sql<boolean>`bot.spec->>'desired' <> 'destroyed'`)
    .where(sql<boolean>`bot.id = any(${ids}::uuid[])`)
    .execute();
  if (bots.length < ids.length) throw Refusal.at('botId', 'not-found', 'There is no such bot in this workspace');
  const elsewhere = bots.find(({ teamId }) => teamId !== null && teamId !== id);
  if (elsewhere)
    throw new Refusal(
      'conflict',
      `${elsewhere.name} is in the team ${elsewhere.teamName}: take it out there first, a bot is in one team at most`,
    );
  await tx
    .insertInto('teamMember')
    .values(places.map((place) => ({ ...place, teamId: id, workspaceId })))
    .onConflict((conflict) =>
      conflict.column('botId').doUpdateSet((row) => ({
        title: row.ref('excluded.title'),
        capabilities: row.ref('excluded.capabilities'),
        mayDelegate: row.ref('excluded.mayDelegate'),
      })),
    )
    .execute();
}
