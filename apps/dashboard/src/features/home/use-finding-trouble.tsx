'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { sayPlace } from '../scan/say-finding.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import type { OtherTrouble } from './use-attention.tsx';

/** That secrets lie in plain sight, for those who may know; `known` once it is known whether they do. */
export function useFindingTrouble(): { known: boolean; troubles: OtherTrouble[] } {
  const identity = useIdentity();
  const mayKnow = identity !== undefined && whyForbidden(identity, 'secret:read') === undefined;
  const { data, error } = useQuery({ ...q(api.findings.list, { limit: 1 }), enabled: mayKnow });
  const [gravest] = data?.items ?? [];
  if (!gravest || !data) return { known: (identity && !mayKnow) === true || Boolean(data ?? error), troubles: [] };
  const trouble = {
    key: 'findings',
    name: data.total === 1 ? 'A secret in plain sight' : `${data.total.toLocaleString('en')} secrets in plain sight`,
    state: <span className="text-sm font-medium text-bad">✕ Found</span>,
    cause: `${gravest.secretName}: ${sayPlace(gravest.place)}`,
    fix: <ButtonLink href={paths.secrets()}>See what to do</ButtonLink>,
  };
  return { known: true, troubles: [trouble] };
}
