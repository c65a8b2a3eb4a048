import type { Delegation } from '@clawster/contract/delegation';
import { ShieldAlert } from 'lucide-react';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { LinkedRow } from '../../ui/linked-row.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { delegationLooks, isOver } from './delegation-look.ts';

/** What one was asked for by another, how far it is and what it cost. */
export function DelegationRow({ delegation, index }: { delegation: Delegation; index?: number }) {
  const { id, teamId, title, fromName, toName, capability, state, reason, progress, requestedAt, costUsd } = delegation;
  return (
    <LinkedRow
      index={index}
      href={paths.team(teamId, 'delegations', id)}
      title={title}
      marks={
        <>
          <StateWord look={delegationLooks[state]} />
          {delegation.untrusted ? <UntrustedMark /> : null}
        </>
      }
      about={
        <p className="break-words">
          {fromName} → {toName ?? capability ?? 'nobody'} · {(!isOver(state) && progress?.text) || reason}
        </p>
      }
    >
      <p className="text-right text-sm text-muted tabular-nums">
        <span className="block">
          <Time at={requestedAt} />
        </span>
        {usd(costUsd)}
      </p>
    </LinkedRow>
  );
}

/** Beside what people outside of the team had a hand in. */
export function UntrustedMark() {
  return (
    <span className="inline-flex items-center gap-1 text-sm font-medium text-warn">
      <ShieldAlert aria-hidden className="size-3.5" />
      From outside
    </span>
  );
}
