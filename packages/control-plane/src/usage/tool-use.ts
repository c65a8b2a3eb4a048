import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { botNames } from '../trace/bot-names.ts';
import { rangeAsked } from './counted.ts';
import { latencies, overview } from './overview.ts';

const sums = { count: sql`sum(usage.count)`, failed: sql`sum(usage.failed)` };

/** How each bot used each of its tools, and how well it went. */
export const toolUse = query(api.traces.tools, async ({ tx, caller }, { botId, channel, tool, ...asked }) => {
  const range = await rangeAsked(tx, asked);
  const counted = { caller, range, botId, channel, name: tool, kinds: ['tool-call'] };
  const { rows, more, series } = await overview(tx, counted, { by: 'name', sums });
  const took = await latencies(tx, counted, { by: 'name', rows });
  const bot = await botNames(
    tx,
    caller,
    rows.map((row) => row.botId),
  );
  const items = rows.map((row) => {
    const { key, count: uses, failed } = row;
    return { ...bot(row.botId), tool: key, uses, failed, ...took(row) };
  });
  return { from: range.from, to: range.to, items, more, series };
});
