import type { Delegation } from '@clawster/contract/delegation';
import { ShieldAlert } from 'lucide-react';
import Link from 'next/link';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { delegationLooks, isOver } from './delegation-look.ts';

/** What one was asked for by another, how far it is and what it cost. */
export function DelegationRow({ delegation, index }: { delegation: Delegation; index?: number }) {
  const { id, teamId, title, fromName, toName, capability, state, reason, progress, requestedAt, costUsd } = delegation;
  return (
    <li data-row={index} className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3">
          <Link
            data-opens
            href={paths.team(teamId, 'delegations', id)}
            className="font-medium break-words after:absolute after:inset-0"
          >
            {title}
          </Link>
          <StateWord look={delegationLooks[state]} />
          {delegation.untrusted ? <UntrustedMark /> : null}
        </p>
        <p className="text-sm break-words text-muted">
          {fromName} → {toName ?? capability ?? 'nobody'} · {(!isOver(state) && progress?.text) || reason}
        </p>
      </div>
      <p className="text-right text-sm text-muted tabular-nums">
        <span className="block">
          <Time at={requestedAt} />
        </span>
        {usd(costUsd)}
      </p>
    </li>
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
