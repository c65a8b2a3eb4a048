'use client';

import type { RuleReplay, TeamRule } from '@clawster/contract/team-rule';
import { useMutation } from '@tanstack/react-query';
import { History } from 'lucide-react';
import Link from 'next/link';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Trouble } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { decisionLooks } from './rule-row.tsx';

type ReplayProps = { teamId: string; rules: readonly TeamRule[]; isChanged: boolean };

/** What these rules would have made of the last week. */
export function Replay({ teamId, rules, isChanged }: ReplayProps) {
  const replay = useMutation({
    mutationFn: () => client.teamRules.replay({ teamId, rules: [...rules], days: 7 }),
  });
  return (
    <Card
      title="What they would have made of the last week"
      actions={
        <Button icon={<History />} busy={replay.isPending} onClick={() => replay.mutate()}>
          Look
        </Button>
      }
    >
      {replay.error ? (
        <Trouble message={sentenceOf(replay.error)} retry={() => replay.mutate()} />
      ) : replay.data ? (
        <Outcome replay={replay.data} teamId={teamId} />
      ) : (
        <p className="text-sm text-muted">
          {isChanged ? 'The rules as you changed them' : 'The rules that hold'} are held against what was really asked.
          Nothing is done.
        </p>
      )}
    </Card>
  );
}

function Outcome({ replay: { looked, more, same, changed }, teamId }: { replay: RuleReplay; teamId: string }) {
  return (
    <div className="space-y-3 text-sm">
      <p role="status">
        {count(looked, 'delegation')} looked at{more > 0 ? `, ${count(more, 'older one')} not` : ''}: {same} as they
        were decided, {changed.length} otherwise.
      </p>
      <ul className="divide-y divide-line" aria-label="Decided otherwise">
        {changed.map(({ delegationId, at, text, fromName, toName, was, wouldBe, why }) => (
          <li key={delegationId} className="space-y-1 py-2">
            <p>
              <Link
                href={paths.team(teamId, 'delegations', delegationId)}
                className="font-medium break-words hover:underline"
              >
                {text}
              </Link>{' '}
              <span className="text-muted">
                {fromName} → {toName}, <Time at={at} />
              </span>
            </p>
            <p className="flex flex-wrap items-center gap-x-2">
              <StateWord look={decisionLooks[was]} /> <span aria-hidden>→</span>
              <span className="sr-only">would be</span> <StateWord look={decisionLooks[wouldBe]} />
              <span className="break-words text-muted">{why}</span>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
