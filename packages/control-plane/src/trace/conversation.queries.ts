import type { Conversation } from '@clawster/contract/trace';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { botNames } from './bot-names.ts';
import { exactly } from './place.ts';
import { isSeen } from './seen.ts';

/** A conversation as it is stored. */
export type ConversationRow = Omit<Conversation, 'botName' | 'person'> & {
  person: string | null;
  personName: string | null;
};

/** The conversations that the caller sees and that are meant, those last heard of first. */
export async function selectConversations(
  tx: Tx,
  caller: SignedIn,
  { where, limit }: { where: RawBuilder<unknown>; limit: number },
): Promise<ConversationRow[]> {
  const { rows } = await sql<ConversationRow>`
    select bot_id as "botId", session, channel, person, person_name as "personName", ${exactly(sql`first_at`)} as "firstAt",
      ${exactly(sql`last_at`)} as "lastAt", turns, failed
    from conversation where ${isSeen('conversation', caller)} and ${where}
    order by last_at desc, bot_id desc, session desc limit ${limit}`.execute(tx);
  return rows;
}

/** Conversations as they are told, with the names of their bots. */
export async function toConversations(tx: Tx, caller: SignedIn, rows: ConversationRow[]): Promise<Conversation[]> {
  const bot = await botNames(
    tx,
    caller,
    rows.map(({ botId }) => botId),
  );
  return rows.map(({ person, personName, ...row }) => ({
    ...row,
    ...bot(row.botId),
    ...(person === null ? {} : { person: { id: person, ...(personName === null ? {} : { name: personName }) } }),
  }));
}
