import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { botNames } from '../trace/bot-names.ts';
import { rangeAsked } from './counted.ts';
import { latencies, overview } from './overview.ts';

const of = (column: 'count' | 'failed', kind: string) =>
  sql`coalesce(sum(usage.${sql.ref(column)}) filter (where usage.kind = ${kind}), 0)`;
const sums = {
  count: of('count', 'message-in'),
  failed: of('failed', 'turn'),
  more: sql`${of('count', 'message-out')}::float8 as sent, ${of('count', 'turn')}::float8 as turns`,
};

/** What came in and went out on each channel of each bot, and how quickly and how well it was answered. */
export const messageUse = query(api.traces.messages, async ({ tx, caller }, { botId, channel, ...asked }) => {
  const range = await rangeAsked(tx, asked);
  const counted = { caller, range, botId, channel, kinds: ['message-in', 'message-out', 'turn'] };
  const { rows, more, series } = await overview<{ sent: number; turns: number }>(tx, counted, { by: 'channel', sums });
  const took = await latencies(tx, { ...counted, kinds: ['turn'], name: '' }, { by: 'channel', rows });
  const bot = await botNames(
    tx,
    caller,
    rows.map((row) => row.botId),
  );
  const items = rows.map((row) => {
    const { key, count: received, sent, turns, failed } = row;
    const unanswered = Math.max(0, received - (turns - failed));
    return { ...bot(row.botId), channel: key, received, sent, turns, failed, unanswered, ...took(row) };
  });
  return { from: range.from, to: range.to, items, more, series };
});
