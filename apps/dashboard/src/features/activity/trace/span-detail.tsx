import type { Span } from '@clawster/contract/trace';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { usd } from '../../../lib/amount.ts';
import { paths } from '../../../lib/paths.ts';
import { exactTime, took } from '../../../lib/time.ts';
import { Facts } from '../../../ui/facts.tsx';
import { StateWord } from '../../../ui/state-word.tsx';
import { Warning } from '../../../ui/warning.tsx';
import { BotName, ChannelName } from '../bot-and-channel.tsx';
import { kindWords, outcomeLook, personWord, spanName } from '../words.ts';
import { DelegationOfSpan } from './delegation-of-span.tsx';
import { SpanTexts } from './span-texts.tsx';

const whole = (value: number) => value.toLocaleString('en');

/** All that is known of one piece of a trace. */
export function SpanDetail({ span }: { span: Span }) {
  const { failure, difference } = span;
  return (
    <section aria-label="Details" className="space-y-4 rounded-lg border border-line bg-surface p-4">
      <header>
        <p className="text-xs text-muted">{kindWords[span.kind]}</p>
        <h2 className="font-semibold break-words">{spanName(span)}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm">
          <StateWord look={outcomeLook(span)} />
          <span className="text-muted">{took(span.durationMs)}</span>
        </p>
      </header>
      {failure ? <p className="rounded-md bg-bad-soft px-3 py-2 text-sm break-words text-bad">{failure}</p> : null}
      {difference ? (
        <Warning>
          {difference.why} OpenClaw counted {whole(difference.openclaw.inputTokens)} in and{' '}
          {whole(difference.openclaw.outputTokens)} out.
        </Warning>
      ) : null}
      <Facts facts={factsOf(span)} columns="grid-cols-[7.5rem_minmax(0,1fr)]" />
      {span.kind === 'delegation' ? <DelegationOfSpan spanId={span.id} /> : null}
      <SpanTexts span={span} />
    </section>
  );
}

function factsOf(span: Span): [string, ReactNode][] {
  const { kind, at, channel, person, provider, tries, ttfbMs } = span;
  const isCall = kind === 'model-call';
  return [
    ['Bot', <BotName key="bot" bot={span} />],
    ['Began', exactTime(at)],
    ['Channel', channel ? <ChannelName key="channel" channel={channel} /> : undefined],
    ['Person', personWord(person)],
    [
      'Tool',
      kind === 'tool-call' ? (
        <Link key="tool" href={paths.activity('tools', { tool: span.name })} className="font-mono hover:underline">
          {span.name}
        </Link>
      ) : undefined,
    ],
    ['Provider', provider],
    ['First word after', ttfbMs === undefined ? undefined : took(ttfbMs)],
    ['Tries', tries !== undefined && tries > 1 ? tries : undefined],
    ...(isCall ? tokenFacts(span) : []),
  ];
}

function tokenFacts(span: Span): [string, ReactNode][] {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, estimated, costUsd, priceVersion } = span;
  const ofCache = (tokens: number) => (tokens > 0 ? whole(tokens) : undefined);
  return [
    ['Tokens in', whole(inputTokens)],
    ['Read from cache', ofCache(cacheReadTokens)],
    ['Written to cache', ofCache(cacheWriteTokens)],
    ['Tokens out', whole(outputTokens)],
    ['Counted', estimated ? 'Here: the provider did not say' : 'By the provider'],
    ['Cost', costUsd === undefined ? 'No known price' : usd(costUsd)],
    ['Price table', priceVersion],
  ];
}
