'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../../lib/paths.ts';
import { q } from '../../../lib/query.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { StateWord } from '../../../ui/state-word.tsx';
import { delegationLooks } from '../../delegation/delegation-look.ts';
import { useWhyForbidden } from '../../session/use-identity.ts';

/** As the control plane names the pieces that it makes of delegations. */
const named = /^(?:delegation:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What was asked for in a piece of a trace, as its team has it; nothing of what OpenClaw handed on by itself. */
export function DelegationOfSpan({ spanId }: { spanId: string }) {
  const forbidden = useWhyForbidden('team:read');
  const delegationId = named.exec(spanId)?.[1];
  const isOne = delegationId !== undefined && forbidden === undefined;
  const ask = q(api.delegations.get, { delegationId: delegationId ?? '' });
  const { data } = useQuery({ ...ask, enabled: isOne, retry: false });
  if (!data) return null;
  return (
    <div className="space-y-2">
      <p className="text-sm break-words">
        {data.fromName} asked {data.toName ?? data.capability}: {data.title}
      </p>
      <p className="flex flex-wrap items-center gap-3">
        <StateWord look={delegationLooks[data.state]} />
        <ButtonLink href={paths.team(data.teamId, 'delegations', data.id)}>Open the delegation</ButtonLink>
      </p>
    </div>
  );
}
