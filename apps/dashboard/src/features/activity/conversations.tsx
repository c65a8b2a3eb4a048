'use client';

import { api } from '@clawster/contract/api';
import type { Conversation } from '@clawster/contract/trace';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue } from 'react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Time } from '../../ui/time.tsx';
import { ActivityFilterBar } from './activity-filter-bar.tsx';
import { askedWhere, cleared, useActivityFilter } from './activity-filter.ts';
import { BotName } from './bot-and-channel.tsx';
import { channelWord, personWord } from './words.ts';

const parts = ['bot', 'channel'] as const;

/** Who talks with bots, those last heard of first. */
export function Conversations() {
  const [filter, setFilter] = useActivityFilter();
  const asked = askedWhere(useDeferredValue(filter));
  const query = useInfiniteQuery({
    ...qPages(api.traces.conversations, { ...asked, limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const conversations = query.data?.pages.flatMap((page) => page.items);
  const isNarrow = filter.bot !== '' || filter.channel !== '';
  return (
    <>
      <div className="mb-3">
        <ActivityFilterBar filter={filter} setFilter={setFilter} parts={parts} />
      </div>
      {query.error && !conversations ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <Card flush>
          {conversations?.length === 0 ? (
            <NoConversations clear={isNarrow ? () => setFilter(cleared, { push: true }) : undefined} />
          ) : (
            <ul aria-label="Conversations" aria-busy={!conversations} className="divide-y divide-line">
              {conversations ? null : <RowsWaiting rows={8} />}
              {conversations?.map((conversation) => (
                <ConversationRow key={`${conversation.botId} ${conversation.session}`} conversation={conversation} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <ShowMore query={query} />
    </>
  );
}

function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { botId, session, channel, person, firstAt, lastAt, turns, failed } = conversation;
  return (
    <li className="relative flex min-h-14 items-center gap-3 px-4 py-1.5 text-sm hover:bg-hover">
      <span className="min-w-0 flex-1">
        <Link
          href={paths.conversation(botId, session)}
          prefetch={false}
          className="block truncate font-medium outline-offset-[-2px] after:absolute after:inset-0"
        >
          {personWord(person) ?? 'Someone'} <span className="font-normal text-muted">on {channelWord(channel)}</span>
        </Link>
        <span className="block truncate text-xs text-muted">
          with <BotName bot={conversation} className="relative z-10" />, since <Time at={firstAt} />
        </span>
      </span>
      {failed > 0 ? <span className="shrink-0 text-bad">{failed} failed</span> : null}
      <span className="hidden w-20 shrink-0 text-right text-muted sm:block">{count(turns, 'turn')}</span>
      <Time at={lastAt} className="w-20 shrink-0 text-right text-muted" />
    </li>
  );
}

function NoConversations({ clear }: { clear: (() => void) | undefined }) {
  return (
    <Empty
      icon={<MessagesSquare />}
      title={clear ? 'Nothing matches' : 'No conversations yet'}
      action={clear ? <Button onClick={clear}>Clear the filters</Button> : undefined}
    >
      {clear
        ? 'No conversation is of this bot and channel.'
        : 'A conversation is here once a bot has answered someone, in this dashboard or on a channel.'}
    </Empty>
  );
}
