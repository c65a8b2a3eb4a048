import type { DelegationDetail } from '@clawster/contract/delegation';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { shortTime } from '../../lib/time.ts';
import { Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';
import { channelWord } from '../activity/words.ts';
import { sayRights } from '../team/rights.ts';

/** Who asked whom, by which rule, with what, and what it took. */
export function DelegationFacts({ delegation }: { delegation: DelegationDetail }) {
  return (
    <Card title="Details">
      <Facts facts={factsOf(delegation)} columns="grid-cols-[6.5rem_minmax(0,1fr)]" />
    </Card>
  );
}

function factsOf(delegation: DelegationDetail): [string, ReactNode][] {
  const { teamId, fromBotId, fromName, toBotId, toName, capability, taskType, origin, ruleId, rulesVersion } =
    delegation;
  const { inputTokens, outputTokens, costUsd, attempt, hops, deadlineAt, rights, shared, goalId } = delegation;
  return [
    ['Asked by', bot(fromBotId, fromName)],
    ['Asked of', toName ? bot(toBotId, toName) : capability ? `Whoever can do ${capability}` : 'Nobody'],
    ['Capability', capability],
    ['Kind', taskType],
    [
      'Goal',
      goalId ? (
        <Link key="goal" className="hover:underline" href={paths.team(teamId, 'goals', goalId)}>
          Open the goal
        </Link>
      ) : undefined,
    ],
    ['Came of', sayOrigin(origin)],
    ['Rule', ruleId ? `${ruleId}, version ${rulesVersion}` : undefined],
    ['May', sayRights(rights)],
    [
      'Was given',
      shared.length > 0 ? shared.map(({ key, version }) => `${key} (${version})`).join(', ') : 'Nothing of the context',
    ],
    ['Passed on', hops],
    ['Attempt', attempt],
    ['Until', shortTime(deadlineAt)],
    ['Tokens', `${inputTokens.toLocaleString('en')} in, ${outputTokens.toLocaleString('en')} out`],
    ['Cost', usd(costUsd)],
  ];
}

function bot(botId: string | undefined, name: string): ReactNode {
  return botId ? (
    <Link href={paths.bot(botId)} className="hover:underline">
      {name}
    </Link>
  ) : (
    name
  );
}

/** Who set going what it comes of. */
function sayOrigin({ kind, channel, personName }: DelegationDetail['origin']): string {
  if (kind === 'goal') return 'A goal';
  if (kind === 'person') return personName ?? 'A person here';
  return `People on ${channelWord(channel ?? '')}`;
}
