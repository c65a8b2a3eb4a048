import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { OpenLink } from './open-link.ts';

/** Whether a bot is to run: what one that is not asks for is not done. */
export const mayAct = sql<boolean>`(bot.spec->>'desired' = 'running')`;
/** Whether an emergency stop ended a bot that nobody let go on since: what it says of its work is not listened to either. */
export const isHalted = sql<boolean>`(bot.halted_at is not null and bot.spec->>'desired' <> 'running')`;

/** Refuses a link whose place a newer one of the same bot has taken; `mayAct`: its bot is to run. */
export async function heardLink(
  tx: Tx,
  { botId, epoch }: Pick<OpenLink, 'botId' | 'epoch'>,
): Promise<{ mayAct: boolean }> {
  const row = await tx
    .selectFrom('link')
    .innerJoin('bot', 'bot.id', 'link.botId')
    .where('link.botId', '=', botId)
    .select('link.epoch')
    .select(mayAct.as('mayAct'))
    .executeTakeFirst();
  if (row?.epoch !== epoch) throw takenOver();
  return row;
}

/** Refuses what a bot asks for that is to stand still. */
export async function refuseUnlessActing(tx: Tx, link: Pick<OpenLink, 'botId' | 'epoch'>): Promise<void> {
  const heard = await heardLink(tx, link);
  if (!heard.mayAct) throw standsStill();
}

/** What the host behind an older link is told. */
export function takenOver(): Refusal {
  return new Refusal('conflict', 'A newer link of this bot has taken over');
}

/** What a bot is told that was paused or stopped. */
export function standsStill(): Refusal {
  return new Refusal('refused', 'This bot is to stand still: nothing is done for it until people let it go on');
}
