'use client';

import { api } from '@clawster/contract/api';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { Table2, Waypoints } from 'lucide-react';
import { lazily } from '../../../lib/lazily.tsx';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { useUrlState } from '../../../lib/use-url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../../ui/page.tsx';
import { WordSelect } from '../../../ui/word-select.tsx';
import { FlowTable } from './flow-table.tsx';

const waiting = <Skeleton className="h-[26rem] w-full" />;
const TeamGraph = lazily(() => import('./team-graph.tsx').then((module) => module.TeamGraph), waiting);

const spans = { 1: 'Last hour', 168: 'Last week', 720: 'Last 30 days' };

/** What went from whom to whom: as a picture, or as a table. */
export function FlowCard({ team }: { team: TeamDetail }) {
  const [params, setParams] = useUrlState();
  const hours = Number(params.get('hours')) || 24;
  const asTable = params.get('view') === 'table';
  const { data, error, refetch } = useQuery(q(api.teams.flow, { teamId: team.id, hours }));
  return (
    <Card
      title="Who asks whom"
      flush
      actions={
        <span className="flex flex-wrap items-center justify-end gap-2">
          <WordSelect
            label="Of which time"
            all="Last 24 hours"
            words={spans}
            value={hours === 24 ? '' : String(hours)}
            onChange={(value) => setParams({ hours: value || null })}
          />
          <Button
            aria-pressed={asTable}
            icon={asTable ? <Waypoints /> : <Table2 />}
            onClick={() => setParams({ view: asTable ? null : 'table' })}
          >
            {asTable ? 'Show as a picture' : 'Show as a table'}
          </Button>
        </span>
      }
    >
      {error && !data ? (
        <div className="p-4">
          <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
        </div>
      ) : !data ? (
        waiting
      ) : asTable ? (
        // As high as the picture and what was waited with, so that nothing moves.
        <div className="min-h-[26rem]">
          <FlowTable edges={data.edges} members={team.members} />
        </div>
      ) : (
        <TeamGraph edges={data.edges} members={team.members} />
      )}
    </Card>
  );
}
