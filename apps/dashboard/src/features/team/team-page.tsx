'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { Flag, Send, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths, type TeamTab } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const waiting = <Skeleton className="h-[32rem] w-full" />;
const Overview = lazily(() => import('./overview/overview.tsx').then((module) => module.Overview), waiting);
const Goals = lazily(() => import('../goal/goals.tsx').then((module) => module.Goals), waiting);
const Board = lazily(() => import('../goal/board.tsx').then((module) => module.Board), waiting);
const Delegations = lazily(() => import('../delegation/delegations.tsx').then((module) => module.Delegations), waiting);
const Context = lazily(() => import('../context-entry/context.tsx').then((module) => module.Context), waiting);
const Rules = lazily(() => import('../team-rule/rules.tsx').then((module) => module.Rules), waiting);
const GoalDialog = lazily(() => import('../goal/goal-dialog.tsx').then((module) => module.GoalDialog));
const AskDialog = lazily(() => import('../delegation/ask-dialog.tsx').then((module) => module.AskDialog));

const tabs = ['overview', 'goals', 'board', 'delegations', 'context', 'rules'] as const satisfies TeamTab[];
const names: Record<TeamTab, string> = {
  overview: 'Overview',
  goals: 'Goals',
  board: 'Board',
  delegations: 'Delegations',
  context: 'Context',
  rules: 'Rules',
};

/** What members do changes with each of their turns. */
const lookAgainMs = 10_000;

/** A team: how it works, what it is to reach, and what it does. */
export function TeamPage({ teamId }: { teamId: string }) {
  const { data, error, refetch } = useQuery({ ...q(api.teams.get, { teamId }), refetchInterval: lookAgainMs });
  // Times and what an address opens are known to the browser alone.
  const isHydrated = useHydrated();
  if (data && isHydrated) return <KnownTeam team={data} />;
  return (
    <Page title="Team">
      {!error ? (
        waiting
      ) : error instanceof ProblemError && error.code === 'not-found' ? (
        <NoSuchTeam />
      ) : (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      )}
    </Page>
  );
}

function KnownTeam({ team }: { team: TeamDetail }) {
  const [params, setParams] = useUrlState();
  const tab = oneOf(tabs, params.get('tab')) ?? 'overview';
  const teamId = team.id;
  return (
    <Page
      title={team.name}
      lead={`${team.lead.botName} leads ${count(team.memberCount - 1, 'member')} · ${team.open} open · ${team.held} held`}
      actions={<Actions team={team} />}
    >
      <Tabs
        label="Parts of the team"
        tabs={tabs}
        names={names}
        value={tab}
        onChange={(next) => setParams({ ...closed, tab: next === 'overview' ? null : next }, { push: true })}
      >
        <TabPanel value="overview">
          <Overview team={team} />
        </TabPanel>
        <TabPanel value="goals">
          <Goals team={team} />
        </TabPanel>
        <TabPanel value="board">
          <Board team={team} />
        </TabPanel>
        <TabPanel value="delegations">
          <Delegations teamId={teamId} />
        </TabPanel>
        <TabPanel value="context">
          <Context team={team} />
        </TabPanel>
        <TabPanel value="rules">
          <Rules team={team} />
        </TabPanel>
      </Tabs>
    </Page>
  );
}

/** What a part of the team keeps in the address, which means nothing in another. */
const closed = { open: null, view: null, state: null, search: null, goal: null };

function Actions({ team }: { team: TeamDetail }) {
  const [asked, setAsked] = useState<'goal' | 'ask'>();
  const forbidden = useWhyForbidden('team:direct');
  const close = () => setAsked(undefined);
  return (
    <>
      <Button icon={<Send />} whyNot={forbidden} onClick={() => setAsked('ask')}>
        Ask the team
      </Button>
      <Button look="primary" icon={<Flag />} whyNot={forbidden} onClick={() => setAsked('goal')}>
        Set a goal
      </Button>
      {asked === 'goal' ? <GoalDialog teamId={team.id} leadName={team.lead.botName} onClose={close} /> : null}
      {asked === 'ask' ? <AskDialog team={team} onClose={close} /> : null}
    </>
  );
}

function NoSuchTeam() {
  return (
    <Empty
      icon={<UsersRound />}
      title="There is no such team"
      action={
        <ButtonLink look="primary" href={paths.teams}>
          See all teams
        </ButtonLink>
      }
    >
      It was disbanded, or belongs to another workspace.
    </Empty>
  );
}
