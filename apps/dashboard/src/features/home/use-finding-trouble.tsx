'use client';

import { api } from '@clawster/contract/api';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { sayPlace } from '../scan/say-finding.ts';
import type { OtherTrouble } from './use-attention.tsx';
import { useKnownTroubles } from './use-known-troubles.ts';

/** That secrets lie in plain sight; undefined until it is known. */
export function useFindingTrouble(): OtherTrouble[] | undefined {
  return useKnownTroubles({
    route: api.findings.list,
    permission: 'secret:read',
    input: { limit: 1 },
    troubles: ({ items: [gravest], total }) =>
      gravest
        ? [
            {
              key: 'findings',
              name: total === 1 ? 'A secret in plain sight' : `${total.toLocaleString('en')} secrets in plain sight`,
              state: <span className="text-sm font-medium text-bad">✕ Found</span>,
              cause: `${gravest.secretName}: ${sayPlace(gravest.place)}`,
              fix: <ButtonLink href={paths.secrets()}>See what to do</ButtonLink>,
            },
          ]
        : [],
  });
}
