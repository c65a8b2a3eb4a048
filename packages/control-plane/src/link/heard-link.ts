import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { OpenLink } from './open-link.ts';

type Heard = {
  /** It is to run. What a bot that is not asks for is not done. */
  mayAct: boolean;
  /** An emergency stop ended it, and it was not let go on since: what it says of its work is not listened to either. */
  isHalted: boolean;
};

/** How the bot of a link is to be listened to at this moment; refuses one whose place a newer link has taken. */
export async function heardLink(tx: Tx, { botId, epoch }: Pick<OpenLink, 'botId' | 'epoch'>): Promise<Heard> {
  const row = await tx
    .selectFrom('link')
    .innerJoin('bot', 'bot.id', 'link.botId')
    .where('link.botId', '=', botId)
    .select('link.epoch')
    .select(sql<boolean>`spec->>'desired' = 'running'`.as('mayAct'))
    .select(sql<boolean>`halted_at is not null and spec->>'desired' <> 'running'`.as('isHalted'))
    .executeTakeFirst();
  if (row?.epoch !== epoch) throw takenOver();
  return row;
}

/** Refuses what a bot asks for that is to stand still. */
export async function refuseUnlessActing(tx: Tx, link: Pick<OpenLink, 'botId' | 'epoch'>): Promise<void> {
  const { mayAct } = await heardLink(tx, link);
  if (!mayAct) throw standsStill();
}

/** What the host behind an older link is told. */
export function takenOver(): Refusal {
  return new Refusal('conflict', 'A newer link of this bot has taken over');
}

/** What a bot is told that was paused or stopped. */
export function standsStill(): Refusal {
  return new Refusal('refused', 'This bot is to stand still: nothing is done for it until people let it go on');
}
