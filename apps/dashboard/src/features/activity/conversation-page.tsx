'use client';

import { api } from '@clawster/contract/api';
import type { LookedAt } from '@clawster/contract/link-out';
import type { Conversation, ConversationTurn } from '@clawster/contract/trace';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { LinkOuts } from '../link-out/link-outs.tsx';
import { BotName, ChannelName } from './bot-and-channel.tsx';
import { OneTurn } from './conversation-turn.tsx';
import { TextNote } from './text-note.tsx';
import { turnKey } from './use-turn-feed.ts';
import { personWord } from './words.ts';

const pageSize = 20;
const lookEveryMs = 10_000;

/** A conversation as a chat: what was said, and what the bot did in between. */
export function ConversationPage({ botId }: { botId: string }) {
  const [params] = useUrlState();
  const session = params.get('session');
  return session ? (
    <OneConversation botId={botId} session={session} />
  ) : (
    <Page title="Conversation">
      <WhichConversation />
    </Page>
  );
}

function OneConversation({ botId, session }: { botId: string; session: string }) {
  const query = useInfiniteQuery({
    ...qPages(api.traces.conversation, { botId, session, limit: pageSize }),
    // Older pages were asked for by hand, and are read: then nothing moves by itself.
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? lookEveryMs : false),
  });
  const conversation = query.data?.pages[0]?.conversation;
  const name = personWord(conversation?.person);
  // How high its head will be is not known yet: what stands beneath comes with it, and never moves.
  if (query.isPending)
    return (
      <Page title="Conversation">
        <Skeleton className="mx-auto h-40 max-w-3xl" />
      </Page>
    );
  return (
    <Page
      title={name ? `Conversation with ${name}` : 'Conversation'}
      lead={conversation ? <Facts conversation={conversation} /> : undefined}
      actions={
        <>
          {conversation ? <LinkOuts at={lookedAt(conversation)} /> : null}
          <ButtonLink href={paths.activity('turns', { bot: botId })}>All turns of the bot</ButtonLink>
        </>
      }
    >
      <div className="mx-auto max-w-3xl space-y-5">
        {query.error ? <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} /> : null}
        {query.hasNextPage ? (
          <div className="flex justify-center">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older
            </Button>
          </div>
        ) : null}
        <Turns turns={query.data?.pages.flatMap((page) => page.items).toReversed() ?? []} />
      </div>
    </Page>
  );
}

/** What other tools are told of it. */
function lookedAt({ botId, session, firstAt, lastAt }: Conversation): LookedAt {
  return { botId, session, from: firstAt, to: lastAt };
}

function Turns({ turns }: { turns: ConversationTurn[] }) {
  const end = useRef<HTMLSpanElement>(null);
  // As any chat: it is opened at what was said last.
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), []);
  if (turns.length === 0) return null;
  return (
    <>
      <TextNote hasText={turns.some(({ text }) => text)} />
      <ol aria-label="Turns" className="space-y-6">
        {turns.map((turn) => (
          <OneTurn key={turnKey(turn)} turn={turn} />
        ))}
      </ol>
      <span ref={end} />
    </>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const { channel, turns, failed, firstAt, lastAt } = conversation;
  return (
    <>
      <BotName bot={conversation} className="font-medium text-text" /> on <ChannelName channel={channel} />,{' '}
      {count(turns, 'turn')}
      {failed > 0 ? `, ${failed} failed` : ''}, begun <Time at={firstAt} />, last heard of <Time at={lastAt} />
    </>
  );
}

function WhichConversation() {
  return (
    <Empty
      icon={<MessagesSquare />}
      title="Which conversation?"
      action={
        <ButtonLink look="primary" href={paths.activity('conversations')}>
          See all conversations
        </ButtonLink>
      }
    >
      The address does not say. Choose one from the list.
    </Empty>
  );
}
