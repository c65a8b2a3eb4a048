'use client';

import { api } from '@clawster/contract/api';
import { paths } from '../../lib/paths.ts';
import { useNow } from '../../lib/use-now.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import type { OtherTrouble } from './use-attention.tsx';
import { useKnownTroubles } from './use-known-troubles.ts';

/** What is longer ago waits for nobody. */
const freshMs = 24 * 3_600_000;
const shownMax = 3;

/** Bots that cost far more than usual within a day; undefined until it is known. */
export function useSpikeTroubles(): OtherTrouble[] | undefined {
  const now = useNow();
  return useKnownTroubles({
    route: api.costs.spikes,
    permission: 'telemetry:read',
    input: {},
    troubles: ({ items }) =>
      items
        .filter(({ at }) => now - Date.parse(at) < freshMs)
        .slice(0, shownMax)
        .map(({ botId, botName, at, why }) => ({
          key: `spike ${botId} ${at}`,
          name: botName ?? 'A bot that is gone',
          state: <span className="text-sm font-medium text-warn">↑ Costs far more than usual</span>,
          cause: why,
          fix: <ButtonLink href={botName ? paths.bot(botId, 'cost') : paths.cost()}>See its cost</ButtonLink>,
        })),
  });
}
