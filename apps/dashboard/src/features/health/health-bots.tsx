'use client';

import { api } from '@clawster/contract/api';
import type { BotHealth } from '@clawster/contract/health';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { count } from '../../lib/time.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Time } from '../../ui/time.tsx';
import { lookAgainMs } from './use-fleet-health.ts';
import { Verdict, verdictLooks, verdicts } from './verdict.tsx';

const pageSize = 50;

/** Bots, the worst first; those of one cause or verdict where the address says so. */
export function useHealthBots() {
  const [params, setParams] = useUrlState();
  const verdict = oneOf(verdicts, params.get('verdict'));
  const cause = params.get('cause') ?? undefined;
  const query = useInfiniteQuery({
    ...qPages(api.health.bots, { ...(verdict ? { verdict } : {}), ...(cause ? { cause } : {}), limit: pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: lookAgainMs,
  });
  const bots = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const only = cause ?? (verdict && verdictLooks[verdict].word);
  return { query, bots, only, showAll: () => setParams({ verdict: null, cause: null }) };
}

/** Each bot with what is the matter in words. */
export function HealthBots({ query, bots = [], only, showAll }: ReturnType<typeof useHealthBots>) {
  return (
    <Card
      title="Bots"
      flush
      actions={
        only ? (
          <Button onClick={showAll} aria-label={`Only: ${only}. Show all`}>
            Show all
          </Button>
        ) : undefined
      }
    >
      {only ? (
        <p className="px-4 pt-3 text-sm text-muted" aria-live="polite">
          {only}: {count(query.data?.pages[0]?.total ?? 0, 'bot')}
        </p>
      ) : null}
      <ul className="divide-y divide-line" aria-label="Bots, the worst first">
        {bots.map((bot) => (
          <BotRow key={bot.botId} bot={bot} />
        ))}
        {bots.length === 0 ? <li className="p-4 text-sm text-muted">There is no such bot.</li> : null}
      </ul>
      <ShowMore query={query} className="border-t border-line p-3" />
    </Card>
  );
}

function BotRow({ bot: { botId, botName, verdict, why, fix, since, failing } }: { bot: BotHealth }) {
  return (
    <li className="px-4 py-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link href={paths.bot(botId, 'health')} className="font-medium underline-offset-2 hover:underline">
          {botName}
        </Link>
        <Verdict verdict={verdict} />
        <span className="text-muted">
          since <Time at={since} />
        </span>
      </p>
      {failing.length > 0 ? (
        <ul className="mt-1 space-y-0.5">
          {failing.map(({ kind, label, text }) => (
            <li key={kind + label} className="break-words">
              <span className="font-medium">{label}</span> <span className="text-muted">{text}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-1 break-words text-muted">{why}</p>
      )}
      {fix ? <p className="mt-1 break-words text-muted">{fix}.</p> : null}
    </li>
  );
}
