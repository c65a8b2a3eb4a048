'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { useNow } from '../../lib/use-now.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import type { OtherTrouble } from './use-attention.tsx';

/** What is longer ago waits for nobody. */
const freshMs = 24 * 3_600_000;
const shownMax = 3;

/** Bots that cost far more than usual within a day, for those who may know; `known` once it is known whether they do. */
export function useSpikeTroubles(): { known: boolean; troubles: OtherTrouble[] } {
  const now = useNow();
  const identity = useIdentity();
  const mayKnow = identity !== undefined && whyForbidden(identity, 'telemetry:read') === undefined;
  const { data, error } = useQuery({ ...q(api.costs.spikes, {}), enabled: mayKnow });
  const fresh = (data?.items ?? []).filter(({ at }) => now - Date.parse(at) < freshMs);
  return {
    known: (identity && !mayKnow) === true || Boolean(data ?? error),
    troubles: fresh.slice(0, shownMax).map(({ botId, botName, at, why }) => ({
      key: `spike ${botId} ${at}`,
      name: botName ?? 'A bot that is gone',
      state: <span className="text-sm font-medium text-warn">↑ Costs far more than usual</span>,
      cause: why,
      fix: <ButtonLink href={botName ? paths.bot(botId, 'cost') : paths.cost()}>See its cost</ButtonLink>,
    })),
  };
}
