'use client';

import type { Turn } from '@clawster/contract/trace';
import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { shortCount, usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { count, took } from '../../lib/time.ts';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { BotName } from './bot-and-channel.tsx';
import { channelWord, outcomeLooks, personWord } from './words.ts';

export const turnColumns =
  'grid content-center items-center gap-x-3 gap-y-0.5 px-4 sm:px-6 grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[5rem_minmax(0,9rem)_minmax(0,1fr)_minmax(0,8rem)] lg:grid-cols-[5rem_minmax(0,10rem)_minmax(0,1fr)_minmax(0,9rem)_4rem_4.5rem_4.5rem]';
const toolsNamed = 3;

type TurnRowProps = { turn: Turn; index: number; current: boolean; showsBot: boolean };

/** One turn: when, which bot, with whom, what it was about and how it ended. */
export const TurnRow = memo(function TurnRow({ turn, index, current, showsBot }: TurnRowProps) {
  const { at, outcome, failure, inputTokens, outputTokens, costUsd, unpriced, durationMs } = turn;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={clsx(
        turnColumns,
        'relative h-full border-b border-line text-sm hover:bg-hover',
        current && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <span role="cell" className="hidden text-muted md:block">
        <Time at={at} />
      </span>
      <span role="cell" className="order-3 flex min-w-0 gap-2 text-xs text-muted md:order-0 md:block md:text-sm">
        {showsBot ? <BotName bot={turn} className="relative z-10 truncate font-medium text-text md:block" /> : null}
        <span className="block truncate text-xs">{where(turn)}</span>
      </span>
      <span role="cell" className="min-w-0">
        <Link
          href={paths.trace(turn.traceId)}
          prefetch={false}
          data-opens
          className="block truncate outline-offset-[-2px] after:absolute after:inset-0"
        >
          <Words turn={turn} />
        </Link>
        <span className="hidden min-w-0 md:block">
          <Tools turn={turn} />
        </span>
      </span>
      <span role="cell" className="min-w-0">
        <StateWord look={outcomeLooks[outcome]} />
        {failure ? (
          <span className="hidden truncate text-xs text-muted md:block" title={failure}>
            {failure}
          </span>
        ) : null}
      </span>
      <Figure title={`${count(inputTokens, 'token')} in, ${outputTokens.toLocaleString('en')} out`}>
        {shortCount(inputTokens + outputTokens)}
      </Figure>
      <Figure title={unpriced > 0 ? `${count(unpriced, 'call')} without a known price not counted` : undefined}>
        {usd(costUsd)}
        {unpriced > 0 ? '+' : ''}
      </Figure>
      <Figure>{took(durationMs)}</Figure>
      <span role="cell" className="order-4 text-right text-xs text-muted md:hidden">
        <Time at={at} />
      </span>
    </div>
  );
});

function Figure({ title, children }: { title?: string | undefined; children: React.ReactNode }) {
  return (
    <span role="cell" title={title} className="hidden text-right text-muted lg:block">
      {children}
    </span>
  );
}

/** What was asked, or that it is not there to read; the name of the link either way. */
function Words({ turn: { text } }: { turn: Turn }) {
  const said = text?.in ?? text?.out;
  return said ? said.replaceAll(/\s+/g, ' ') : <span className="text-muted">Words not shown</span>;
}

function Tools({ turn: { tools, toolCalls } }: { turn: Turn }) {
  if (tools.length === 0) return <span className="text-xs text-faint">No tools</span>;
  const more = tools.length - toolsNamed;
  return (
    <span className="flex min-w-0 items-center gap-1 text-xs text-muted" title={tools.join(', ')}>
      {tools.slice(0, toolsNamed).map((tool) => (
        <span key={tool} className="min-w-0 truncate rounded border border-line bg-ground px-1">
          {tool}
        </span>
      ))}
      <span className="shrink-0">
        {more > 0 ? `and ${more} more, ` : ''}
        {count(toolCalls, 'call')}
      </span>
    </span>
  );
}

function where({ channel, person }: Turn): string {
  return [channelWord(channel), personWord(person)].filter(Boolean).join(' · ');
}
