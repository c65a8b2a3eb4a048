'use client';

import type { Bot } from '@clawster/contract/bot';
import { factsOf, whyNot } from '@clawster/domain/bot/can';
import { MessagesSquare, Pause } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { sentenceOf } from '../../lib/sentence.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { ReviveButton } from '../bot/revive-button.tsx';
import { StepList } from '../bot/step-list.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { Composer } from './composer.tsx';
import { introduction, LiveMessages, Message } from './message.tsx';
import { isGoingOn } from './turn-state.ts';
import { useTurn } from './use-turn.ts';

/** Talking with a bot: what was said, what is being said, and the box to say more. */
export function Chat({ bot }: { bot: Bot }) {
  const unable = whyNot('chat', factsOf(bot));
  const forbidden = whyForbidden(useIdentity(), 'bot:chat', bot);
  const talk = useTurn(bot.id, unable === undefined);
  const { messages, turn, start, abort } = talk;
  const isEmpty = messages?.length === 0 && !turn && !unable;
  const bottom = useStickToBottom();
  useGreeting(isEmpty && !forbidden, () => void start(introduction));

  return (
    <>
      <div
        ref={bottom}
        tabIndex={0}
        role="log"
        aria-label={`Conversation with ${bot.name}`}
        className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
      >
        <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-4 px-4 py-5 sm:px-6">
          {messages ? null : <NoMessages bot={bot} unable={unable} history={talk.history} />}
          {isEmpty ? (
            <Empty
              icon={<MessagesSquare />}
              title={`Say something to ${bot.name}`}
              action={
                <Button whyNot={forbidden} onClick={() => void start(introduction)}>
                  Ask it to introduce itself
                </Button>
              }
            >
              The conversation is kept by the bot's own gateway.
            </Empty>
          ) : null}
          <Conversation botName={bot.name} talk={talk} />
        </div>
      </div>
      {messages && unable ? <Held bot={bot} reason={unable} /> : null}
      <Composer
        botName={bot.name}
        whyNot={forbidden ?? unable}
        goingOn={isGoingOn(turn)}
        canAbort={turn?.turnId !== undefined}
        onSend={(text) => void start(text)}
        onAbort={abort}
      />
    </>
  );
}

type Talk = ReturnType<typeof useTurn>;

/** Why there is nothing to read: it cannot be had, or is on its way. */
function NoMessages({ bot, unable, history }: { bot: Bot; unable: string | undefined; history: Talk['history'] }) {
  return (
    <>
      {unable ? <NotYet bot={bot} reason={unable} /> : null}
      {history.error ? <Trouble message={sentenceOf(history.error)} retry={() => void history.refetch()} /> : null}
      {!unable && history.isPending ? <Skeleton className="h-16 w-2/3" /> : null}
      {!unable && history.isPending && history.failureCount > 0 ? (
        <p role="status" className="text-sm text-muted">
          Waiting for {bot.name} to be linked again; what was said appears here then.
        </p>
      ) : null}
    </>
  );
}

function Conversation({ botName, talk }: { botName: string; talk: Talk }) {
  const { messages, turn, start } = talk;
  const isAwaited = !turn && messages?.at(-1)?.role === 'user';
  return (
    <>
      {messages?.map((message) => (
        <Message key={message.id} message={message} botName={botName} />
      ))}
      {isAwaited ? (
        <p className="text-sm text-muted" role="status">
          {botName} is still answering; it appears here.
        </p>
      ) : null}
      {turn ? <LiveMessages turn={turn} botName={botName} onRetry={() => void start(turn.question)} /> : null}
    </>
  );
}

function NotYet({ bot, reason }: { bot: Bot; reason: string }) {
  const { desired } = bot.spec;
  if (desired === 'running' && bot.status.steps.length > 0)
    return (
      <div className="my-auto rounded-lg border border-line bg-surface p-5">
        <p className="mb-4 font-semibold">{reason}.</p>
        <StepList steps={bot.status.steps} />
      </div>
    );
  if (desired === 'paused')
    return (
      <Empty icon={<Pause />} title={`${bot.name} is paused`} action={<ReviveButton bot={bot} />}>
        It takes no turns from anyone, and keeps what it was about. The conversation is shown again when it is resumed.
      </Empty>
    );
  return (
    <Empty title="Not to be talked to now" action={<ReviveButton bot={bot} />}>
      {reason}.
    </Empty>
  );
}

/** While what was said can still be read: why nothing can be added, and the way to go on. */
function Held({ bot, reason }: { bot: Bot; reason: string }) {
  return (
    <div role="status" className="px-4 pb-2 sm:px-6">
      <div className="mx-auto flex max-w-3xl flex-wrap items-center justify-between gap-2 rounded-lg bg-off-soft py-1.5 pr-1.5 pl-3.5 text-sm">
        {reason}.
        <ReviveButton bot={bot} />
      </div>
    </div>
  );
}

/** A new bot says hello by itself: the first turn is Clawster's, and is marked as such. */
function useGreeting(possible: boolean, greet: () => void): void {
  const [params, setParams] = useUrlState();
  const wanted = params.get('greet') === '1';
  const done = useRef(false);
  useEffect(() => {
    if (!wanted || !possible || done.current) return;
    done.current = true;
    setParams({ greet: null });
    greet();
  }, [wanted, possible, setParams, greet]);
}

/** Keeps the newest in sight unless someone scrolled up to read. */
function useStickToBottom() {
  const element = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  useEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const note = () => void (stuck.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80);
    scroller.addEventListener('scroll', note, { passive: true });
    return () => scroller.removeEventListener('scroll', note);
  }, []);
  // After every render: whatever was shown may have grown.
  useLayoutEffect(() => {
    if (stuck.current) element.current?.scrollTo({ top: element.current.scrollHeight });
  });
  return element;
}
