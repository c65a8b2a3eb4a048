'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { paths } from '../../../lib/paths.ts';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { duration } from '../../../lib/time.ts';
import { useNow } from '../../../lib/use-now.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { Card, Skeleton, Trouble } from '../../../ui/page.tsx';
import { FixButton } from '../fix-button.tsx';
import { Phase } from '../phase.tsx';
import { StepList } from '../step-list.tsx';

/** Watches the new bot come up, and ends in its chat. */
export function ProgressStep({ botId }: { botId: string }) {
  const router = useRouter();
  // Beside the events, for the seconds count here and an event may be late.
  const { data: bot, error, refetch } = useQuery({ ...q(api.bots.get, { botId }), refetchInterval: 1_000 });
  const now = useNow(500);
  const ready = bot?.status.phase === 'ready';
  useEffect(() => {
    if (ready) router.push(paths.greetedBot(botId));
  }, [ready, router, botId]);
  if (error && !bot) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!bot) return <Skeleton className="h-72 w-full" />;
  const { status } = bot;
  const stuck = status.phase === 'failed' || status.phase === 'degraded';
  return (
    <>
      <Card
        title={bot.name}
        actions={<span className="text-sm text-muted">{duration(now - new Date(bot.createdAt).getTime())}</span>}
      >
        <p className="mb-5 flex flex-wrap items-center gap-2.5" role="status">
          <Phase phase={status.phase} pill />
          {status.reason}
        </p>
        <StepList steps={status.steps} />
      </Card>
      {stuck ? <Trouble message={`${bot.name} did not come up: ${status.reason}`} /> : null}
      <div className="mt-4 flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          {stuck ? 'Its logs say more.' : 'You may leave: it goes on by itself, and you find it under Bots.'}
        </p>
        <div className="flex gap-2">
          {stuck ? <FixButton bot={bot} /> : null}
          <ButtonLink href={paths.bot(botId, stuck ? 'logs' : 'overview')}>
            {stuck ? 'Open its logs' : 'Open the bot'}
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
