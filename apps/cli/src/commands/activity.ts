import { setTimeout as sleep } from 'node:timers/promises';
import { ListTurns, SpanOutcome, type Turn } from '@clawster/contract/trace';
import { z } from 'zod';
import { saidLines, turnHead, turnRow } from '../activity-text.ts';
import { cliCommand, type Context } from '../command.ts';
import { findBot } from '../find.ts';
import { Moment } from '../moment.ts';
import { table } from '../output.ts';

const pollMs = 2_000;
const { channel, session, tool, outcome, search } = ListTurns.shape;
type Filter = Omit<z.input<typeof ListTurns>, 'cursor' | 'limit'>;

export const activity = cliCommand({
  usage: 'activity',
  summary: 'List what bots were asked and did, the latest first; of the last 24 hours unless --since says otherwise',
  options: [
    ['--bot <bot>', 'only this bot'],
    ['--channel <channel>', 'only on this channel, such as telegram'],
    ['--session <session>', "only in this conversation, by OpenClaw's key of it"],
    ['--tool <tool>', 'only what used this tool'],
    ['--outcome <outcome>', `only what ended so: ${[...SpanOutcome.options, 'not-ok'].join(', ')}`],
    ['--search <words>', 'only where all these words were said; "in quotes" they follow one another'],
    ['--since <moment>', 'only from then on: a date, a time, or how long ago such as 24h'],
    ['--until <moment>', 'only before then'],
    ['--limit <count>', 'how many (50)'],
    ['--follow', 'go on with what comes, until Ctrl-C'],
  ],
  input: z.object({
    channel,
    session,
    tool,
    outcome,
    search,
    bot: z.string().optional(),
    since: Moment.optional(),
    until: Moment.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    follow: z.boolean().default(false),
  }),
  run(context, { bot, since, until, limit, follow, ...rest }) {
    const filterOf = async (): Promise<Filter> => ({
      ...rest,
      from: since,
      to: until,
      botId: bot && (await findBot(context.client, bot)).id,
    });
    return follow ? followTurns(context, { filterOf, limit }) : listTurns(context, { filterOf, limit });
  },
  show: (turns: Turn | Turn[]) =>
    Array.isArray(turns)
      ? table(turnHead, turns.map(turnRow), 'No bot was asked anything that fits. Look further back with: --since 7d')
      : [turnRow(turns).join('  '), ...saidLines(turns)].join('\n'),
});

type Asked = { filterOf: () => Promise<Filter>; limit: number };

async function listTurns({ client }: Context, { filterOf, limit }: Asked): Promise<Turn[]> {
  return (await client.traces.turns({ ...(await filterOf()), limit })).items;
}

/** A turn is told when it is over, and so may have begun before some that were told already. */
async function* followTurns({ client, signal }: Context, { filterOf, limit }: Asked): AsyncGenerator<Turn> {
  const filter = await filterOf();
  const told = new Set<string>();
  for (let count = limit; !signal.aborted; count = 200) {
    const { items } = await client.traces.turns({ ...filter, limit: count }, { signal });
    for (const turn of items.toReversed()) {
      const key = `${turn.botId} ${turn.id}`;
      if (!told.has(key)) yield turn;
      told.add(key);
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
