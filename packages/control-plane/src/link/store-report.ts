import type { Report } from '@clawster/link/report';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import { keepProofs } from '../secret/keep-proofs.ts';
import type { ControlPlane } from '../plane.ts';

export type ReceivedReport = {
  botId: string;
  epoch: number;
  report: Report;
  /** Whether it says something new, for the loop to look at. */ news: boolean;
};

/** Stores the last report of many bots in one statement; those of a link that was replaced are dropped. */
export async function storeReports(plane: ControlPlane, received: ReceivedReport[]): Promise<void> {
  if (received.length === 0) return;
  const botIds = received.map((one) => one.botId);
  const news = received.filter((one) => one.news).map((one) => one.botId);
  // One text for all: the driver writes a list of texts one character after the other.
  const told = JSON.stringify(received.map(({ botId, epoch, report }) => ({ bot_id: botId, epoch, report })));
  // Not in one transaction: who dials in anew holds a bot and waits for its link.
  await keep(plane, (tx) =>
    sql`
      update link set report = told.report, last_seen_at = now()
      from jsonb_to_recordset(${told}::jsonb) as told (bot_id uuid, epoch int, report jsonb)
      where link.bot_id = told.bot_id and link.epoch = told.epoch`.execute(tx),
  );
  // One that was given up for silent is looked at again, however little news it brings.
  await keep(plane, (tx) =>
    sql`
      update bot set reconcile_at = now() where id in (
        select id from bot
        where id = any(${botIds}::uuid[]) and (phase = 'unknown' or id = any(${news}::uuid[]))
        order by id for no key update)`.execute(tx),
  );
  await keepProofs(
    plane,
    received.filter((one) => one.news),
  );
  if (news.length > 0) plane.wake(['link']);
}
