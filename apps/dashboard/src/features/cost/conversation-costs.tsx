'use client';

import { api } from '@clawster/contract/api';
import type { ConversationCost } from '@clawster/contract/cost';
import { usdColumn } from '@clawster/domain/cost/money';
import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useRange } from './use-range.ts';

const shownMax = 100;

type Line = ConversationCost & { amount: string };
const whole = (value: number) => value.toLocaleString('en');
const columns: Column<Line>[] = [
  {
    name: 'Bot',
    of: ({ botId, botName }) =>
      botName ? (
        <Link href={paths.bot(botId, 'cost')} className="font-medium hover:underline">
          {botName}
        </Link>
      ) : (
        <span className="text-muted">A bot that is gone</span>
      ),
  },
  { name: 'With', of: ({ person, channel }) => [person?.name ?? person?.id, channel].filter(Boolean).join(', ') },
  { name: 'Conversation', of: ({ session }) => <span className="font-mono text-xs">{session}</span> },
  { name: 'Cost', of: ({ amount }) => <span className="font-medium">{amount}</span>, figure: true },
  { name: 'Calls', of: ({ calls }) => whole(calls), figure: true },
  { name: 'Without a price', of: ({ unpriced }) => whole(unpriced), figure: true },
  { name: 'Tokens', of: ({ tokens }) => whole(tokens), figure: true },
  { name: 'Last heard', of: ({ lastAt }) => (lastAt ? <Time at={lastAt} /> : ''), figure: true },
];

/** The conversations that cost most. */
export function ConversationCosts() {
  const { days } = useRange();
  const { data, error, refetch } = useQuery(q(api.costs.conversations, { ...days, limit: shownMax }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" />;
  const { texts } = usdColumn(data.items.map(({ usd }) => usd));
  return (
    <Card title={`The dearest conversations from ${data.from} to ${data.to}`} flush>
      {data.items.length === 0 ? (
        <Empty icon={<MessagesSquare />} title="No conversation cost anything in these days">
          Where it is kept whose a call was, the calls of a conversation are summed up here.
        </Empty>
      ) : (
        <DataTable
          label="Conversations"
          columns={columns}
          rows={data.items.map((item, at) => ({ ...item, amount: texts[at] ?? '' }))}
          keyOf={({ botId, session }) => `${botId} ${session}`}
        />
      )}
    </Card>
  );
}
