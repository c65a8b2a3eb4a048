'use client';

import type { ChatMessage } from '@clawster/contract/turn';
import { RotateCw, Wrench } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { Button, Spinner } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import type { LiveTurn, ToolCall } from './turn-state.ts';

const Markdown = lazily(() => import('../../ui/markdown.tsx').then((module) => module.Markdown));

/** What Clawster says to a new bot, so that it greets the person who made it. */
export const introduction = 'Introduce yourself in two or three sentences: who you are and what you can help with.';

export function Message({ message, botName }: { message: ChatMessage; botName: string }) {
  const { role, text, at, toolName, failed, turnId } = message;
  if (role === 'tool')
    return (
      <div>
        <ToolChip call={{ id: message.id, name: toolName ?? 'tool', state: failed ? 'failed' : 'done' }} />
      </div>
    );
  if (role === 'user') return text === introduction ? <Introduced botName={botName} /> : <Said at={at}>{text}</Said>;
  return text.trim() === '' ? null : (
    <Answer botName={botName} at={at} turnId={turnId}>
      <Markdown text={text} />
    </Answer>
  );
}

/** The turn that is going on, or how it ended when it did not end well. */
export function LiveMessages({ turn, botName, onRetry }: { turn: LiveTurn; botName: string; onRetry: () => void }) {
  const { question, text, tools, state, progress, trouble } = turn;
  const waiting = (state === 'asking' || state === 'answering') && text === '';
  return (
    <>
      {question === introduction ? <Introduced botName={botName} /> : <Said>{question}</Said>}
      {tools.length > 0 ? (
        <div className="flex flex-wrap gap-1.5">
          {tools.map((call) => (
            <ToolChip key={call.id} call={call} />
          ))}
        </div>
      ) : null}
      {text ? (
        <Answer botName={botName}>
          <Markdown text={text} />
        </Answer>
      ) : null}
      <div aria-live="polite" className="text-sm">
        {waiting ? (
          <p className="flex items-center gap-2 text-muted">
            <Spinner />
            {progress ?? (state === 'asking' ? 'Sending' : `${botName} is thinking`)}
          </p>
        ) : null}
        {state === 'aborted' ? <p className="text-muted">You stopped this answer.</p> : null}
        {state === 'lost' ? (
          <p className="text-warn">
            The connection was lost. {botName} goes on answering; the answer appears here when it is there.
          </p>
        ) : null}
        {state === 'failed' ? (
          <div
            className="flex flex-wrap items-center gap-3 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2 text-bad"
            role="alert"
          >
            <span className="min-w-0 flex-1">{trouble}</span>
            <Button icon={<RotateCw />} onClick={onRetry}>
              Try again
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

function Introduced({ botName }: { botName: string }) {
  return <p className="text-center text-xs text-muted">Clawster asked {botName} to introduce itself</p>;
}

type SaidProps = { children: ReactNode; at?: string | undefined; who?: string };

/** What someone said to a bot. */
export function Said({ children, at, who = 'You' }: SaidProps) {
  return (
    <div className="ml-auto max-w-[85%]">
      <p className="sr-only">{who}:</p>
      <div className="rounded-2xl rounded-br-md bg-accent-soft px-3.5 py-2 break-words whitespace-pre-wrap">
        {children}
      </div>
      {at ? <Time at={at} className="mt-0.5 block text-right text-xs text-faint" /> : null}
    </div>
  );
}

type AnswerProps = {
  children: ReactNode;
  botName: string;
  at?: string | undefined;
  /** The way to its trace. */
  turnId?: string | undefined;
};

/** What a bot answered. */
export function Answer({ children, botName, at, turnId }: AnswerProps) {
  return (
    <div className="max-w-full" data-role="assistant">
      <div className="mb-0.5 flex items-baseline gap-2 text-xs text-muted">
        <span className="font-medium text-text">{botName}</span>
        {at ? <Time at={at} /> : null}
        {turnId ? (
          <Link href={paths.trace(turnId)} prefetch={false} className="hover:text-text hover:underline">
            Trace
          </Link>
        ) : null}
      </div>
      {children}
    </div>
  );
}

const toolLook: Record<ToolCall['state'], string> = { running: 'text-muted', done: 'text-muted', failed: 'text-bad' };
const toolWord: Record<ToolCall['state'], string> = { running: 'running', done: 'done', failed: 'failed' };

function ToolChip({ call }: { call: ToolCall }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 py-0.5 text-xs ${toolLook[call.state]}`}
    >
      {call.state === 'running' ? <Spinner className="size-3!" /> : <Wrench aria-hidden className="size-3" />}
      <span className="truncate font-mono">
        {call.name}
        {call.title ? ` ${call.title}` : ''}
      </span>
      <span>{toolWord[call.state]}</span>
    </span>
  );
}
