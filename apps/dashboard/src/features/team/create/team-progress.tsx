'use client';

import { api } from '@clawster/contract/api';
import type { TeamMember } from '@clawster/contract/team';
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
import { Progress } from '../../../ui/progress.tsx';
import { FixButton } from '../../bot/fix-button.tsx';
import { Phase } from '../../bot/phase.tsx';

/** Watches the bots of a new team come up, and ends at the team's page. */
export function TeamProgress({ teamId }: { teamId: string }) {
  const router = useRouter();
  const { data: team, error, refetch } = useQuery({ ...q(api.teams.get, { teamId }), refetchInterval: 1_000 });
  const now = useNow(500);
  const ready = team?.members.filter(({ phase }) => phase === 'ready').length ?? 0;
  const isUp = team !== undefined && ready === team.members.length;
  useEffect(() => {
    if (isUp) router.push(paths.team(teamId));
  }, [isUp, router, teamId]);
  if (error && !team) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!team) return <Skeleton className="h-96 w-full" />;
  return (
    <>
      <Card
        title={team.name}
        flush
        actions={<span className="text-sm text-muted">{duration(now - Date.parse(team.createdAt))}</span>}
      >
        <div className="space-y-2 p-4">
          <p role="status">
            {ready} of {team.members.length} bots are ready.
          </p>
          <Progress value={ready / team.members.length} label="Bots that are ready" />
        </div>
        <ul className="divide-y divide-line border-t border-line" aria-label="Bots">
          {team.members.map((member) => (
            <Coming key={member.botId} member={member} />
          ))}
        </ul>
      </Card>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">You may leave: it goes on by itself, and you find it under Teams.</p>
        <ButtonLink href={paths.team(teamId)}>Open the team</ButtonLink>
      </div>
    </>
  );
}

function Coming({ member: { botId, botName, title } }: { member: TeamMember }) {
  const { data: bot } = useQuery({ ...q(api.bots.get, { botId }), refetchInterval: 1_000 });
  const status = bot?.status;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-all">
          {botName} <span className="text-sm font-normal text-muted">{title}</span>
        </p>
        <p className="text-sm text-muted">{status?.reason ?? ' '}</p>
      </div>
      {status ? <Phase phase={status.phase} /> : null}
      {bot && (status?.phase === 'failed' || status?.phase === 'degraded') ? <FixButton bot={bot} /> : null}
    </li>
  );
}
