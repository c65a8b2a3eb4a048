'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { LookedAt } from '@clawster/contract/link-out';
import type { Span, Trace } from '@clawster/contract/trace';
import { useQuery } from '@tanstack/react-query';
import { ChartGantt, SearchX, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { usd } from '../../../lib/amount.ts';
import { paths } from '../../../lib/paths.ts';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { count, took } from '../../../lib/time.ts';
import { useUrlState } from '../../../lib/use-url-state.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Page, Skeleton, Trouble } from '../../../ui/page.tsx';
import { StateWord } from '../../../ui/state-word.tsx';
import { Time } from '../../../ui/time.tsx';
import { LinkOuts } from '../../link-out/link-outs.tsx';
import { BotName, ChannelName } from '../bot-and-channel.tsx';
import { TextNote } from '../text-note.tsx';
import { outcomeLook, personWord } from '../words.ts';
import { SpanDetail } from './span-detail.tsx';
import { SpanTable } from './span-table.tsx';
import { traceRows } from './trace-rows.ts';
import { Waterfall } from './waterfall.tsx';

/** Other bots may still be at it, and nothing tells when they are done. */
const lookEveryMs = 5_000;
const freshMsMax = 120_000;
const whole = (value: number) => value.toLocaleString('en');

/** All that one message led to, on whichever bot. */
export function TracePage({ traceId }: { traceId: string }) {
  const { data, error, refetch } = useQuery({
    ...q(api.traces.get, { traceId }),
    refetchInterval: ({ state }) =>
      state.data && Date.now() - Date.parse(state.data.endedAt) < freshMsMax ? lookEveryMs : false,
  });
  if (data) return <KnownTrace trace={data} />;
  return (
    <Page title="Trace">
      {error ? (
        error instanceof ProblemError && error.code === 'not-found' ? (
          <NoSuchTrace />
        ) : (
          <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
        )
      ) : (
        <div aria-busy className="space-y-4">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-80 w-full" />
        </div>
      )}
    </Page>
  );
}

/** What other tools are told of it: of several bots the one it began with. */
function lookedAt({ traceId, startedAt, endedAt, spans }: Trace): LookedAt {
  const [first] = spans;
  return { traceId, from: startedAt, to: endedAt, ...(first ? { botId: first.botId } : {}) };
}

function KnownTrace({ trace }: { trace: Trace }) {
  const [params, setParams] = useUrlState();
  const rows = useMemo(() => traceRows(trace), [trace]);
  const asTable = params.get('view') === 'table';
  const wanted = params.get('span');
  const selected = (rows.find(({ span }) => span.id === wanted) ?? rows[0])?.span;
  const select = (span: Span) => setParams({ span: span.id });
  return (
    <Page
      title="Trace"
      lead={<Head trace={trace} />}
      actions={
        <>
          <LinkOuts at={lookedAt(trace)} />
          <Button
            aria-pressed={asTable}
            icon={asTable ? <ChartGantt /> : <Table2 />}
            onClick={() => setParams({ view: asTable ? null : 'table' })}
          >
            {asTable ? 'Show as a waterfall' : 'Show as a table'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Sums trace={trace} />
        <TextNote hasText={trace.spans.some(({ text }) => text)} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="min-w-0 space-y-2">
            {asTable ? (
              <SpanTable rows={rows} onSelect={select} />
            ) : (
              <Waterfall rows={rows} selected={selected} onSelect={select} />
            )}
            {trace.more > 0 ? (
              <p className="text-sm text-muted">
                It has {count(trace.more, 'piece')} more: only the first {whole(trace.spans.length)} are shown. The sums
                are of all.
              </p>
            ) : null}
          </div>
          {selected ? <SpanDetail span={selected} /> : null}
        </div>
      </div>
    </Page>
  );
}

/** When, who, which bots and how it ended. */
function Head({ trace: { spans, startedAt } }: { trace: Trace }) {
  const turn =
    spans.find(({ kind, parentId }) => kind === 'turn' && !parentId) ?? spans.find(({ kind }) => kind === 'turn');
  const first = turn ?? spans[0];
  const person = personWord(first?.person);
  const bots = [...new Map(spans.map((span) => [span.botId, span])).values()];
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {first ? <StateWord look={outcomeLook(first)} /> : null}
      <span>
        <Time at={startedAt} />
        {person ? `, from ${person}` : ''}
        {first?.channel ? (
          <>
            {' '}
            on <ChannelName channel={first.channel} />
          </>
        ) : null}
      </span>
      <span>
        {bots.map((bot, at) => (
          <span key={bot.botId}>
            {at > 0 ? ', ' : ''}
            <BotName bot={bot} className="font-medium text-text" />
          </span>
        ))}
      </span>
    </span>
  );
}

function Sums({ trace }: { trace: Trace }) {
  const { spans, startedAt, endedAt, costUsd, unpriced } = trace;
  const countOf = (kind: Span['kind']) => spans.filter((span) => span.kind === kind).length;
  const sums: [string, string, string?][] = [
    ['Took', took(Date.parse(endedAt) - Date.parse(startedAt))],
    ['Turns', String(countOf('turn'))],
    ['Model calls', String(countOf('model-call'))],
    ['Tool calls', String(countOf('tool-call'))],
    [
      'Tokens',
      whole(trace.inputTokens + trace.outputTokens),
      `${whole(trace.inputTokens)} in, ${whole(trace.outputTokens)} out`,
    ],
    ['Cost', usd(costUsd), unpriced > 0 ? `${count(unpriced, 'call')} without a known price` : undefined],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
      {sums.map(([name, value, note]) => (
        <div key={name} className="bg-surface px-4 py-2.5">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="text-lg font-semibold">{value}</dd>
          {note ? <dd className="text-xs text-muted">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

function NoSuchTrace() {
  return (
    <Empty
      icon={<SearchX />}
      title="There is no such trace"
      action={
        <ButtonLink look="primary" href={paths.activity()}>
          See the latest turns
        </ButtonLink>
      }
    >
      It is older than traces are kept, belongs to bots you do not see, or its turn is not over yet.
    </Empty>
  );
}
