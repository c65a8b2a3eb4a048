'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { ButtonLink } from '../../ui/button.tsx';

const shownOfEach = 5;
/** The worst first. */
const phases = ['failed', 'degraded', 'unknown'] as const;

export type OtherTrouble = { key: string; name: string; cause: string | undefined; fix: ReactNode };
export type Attention = { bots: Bot[]; hidden: number; others: OtherTrouble[] };

/** Everything that waits for a person; undefined until all of it is known, so that nothing moves afterwards. */
export function useAttention(): Attention | undefined {
  const bots = useQueries({
    queries: phases.map((phase) => q(api.bots.list, { phase, order: 'since', limit: shownOfEach })),
    combine: (results) => ({
      known: results.every(({ data, error }) => data ?? error),
      lists: results.flatMap(({ data }) => data ?? []),
    }),
  });
  const others = useOtherTroubles();
  if (!bots.known || !others) return undefined;
  return {
    bots: bots.lists.flatMap(({ items }) => items),
    hidden: bots.lists.reduce((sum, { items, total }) => sum + total - items.length, 0),
    others,
  };
}

/** What is wrong beside the bots: a provider that refuses its key, a target that takes no bots, a runtime that did not install. */
function useOtherTroubles(): OtherTrouble[] | undefined {
  const connectors = useQuery(q(api.connectors.list, {}));
  const targets = useQuery(q(api.targets.list, {}));
  const runtimes = useQuery(q(api.runtimes.list, {}));
  if ([connectors, targets, runtimes].some(({ isPending }) => isPending)) return undefined;
  return [
    ...(connectors.data?.items ?? [])
      .filter(({ check }) => check && !check.ok)
      .map(({ id, name, check }) => ({
        key: id,
        name,
        cause: check?.message,
        fix: <ButtonLink href={paths.connectors}>Open connectors</ButtonLink>,
      })),
    ...(targets.data?.items ?? [])
      .filter(({ health }) => health && !health.ok)
      .map(({ id, name, health }) => ({
        key: id,
        name,
        cause: health?.message,
        fix: <ButtonLink href={paths.targets}>Open targets</ButtonLink>,
      })),
    ...(runtimes.data?.items ?? [])
      .filter(({ phase }) => phase === 'failed')
      .map(({ version, message }) => ({
        key: version,
        name: `OpenClaw ${version}`,
        cause: message,
        fix: <ButtonLink href={paths.runtimes}>Open runtimes</ButtonLink>,
      })),
  ];
}
