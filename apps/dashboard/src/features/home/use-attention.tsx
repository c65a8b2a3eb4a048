'use client';

import { api } from '@clawster/contract/api';
import type { BotPhase, ListedBot } from '@clawster/contract/bot';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { useNow } from '../../lib/use-now.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { useBudgetTroubles } from './use-budget-troubles.tsx';
import { useExporterTroubles } from './use-exporter-troubles.tsx';
import { useFindingTrouble } from './use-finding-trouble.tsx';
import { useInboxTroubles } from './use-inbox-troubles.tsx';
import { useLastHalt } from './use-last-halt.tsx';
import { useSpikeTroubles } from './use-spike-troubles.tsx';
import { useSecretTroubles } from './use-secret-troubles.tsx';

const shownOfEach = 5;
/** The worst first. */
const unwell = ['failed', 'degraded', 'unknown'] as const;
/** On their way somewhere, which takes seconds: of these only who is stuck needs anyone. */
const passing = ['pausing', 'stopping', 'destroying'] as const;
const stuckAfterMs = 120_000;

export type OtherTrouble = { key: string; name: string; cause: ReactNode; fix: ReactNode; state?: ReactNode };
export type Attention = { halt: OtherTrouble | undefined; bots: ListedBot[]; hidden: number; others: OtherTrouble[] };

/** Everything that waits for a person; undefined until all of it is known, so that nothing moves afterwards. */
export function useAttention(): Attention | undefined {
  const now = useNow();
  const ill = useBotsIn(unwell);
  const onTheWay = useBotsIn(passing);
  const halt = useLastHalt();
  const found = useFindingTrouble();
  const others = useOtherTroubles();
  const secrets = useSecretTroubles();
  const spikes = useSpikeTroubles();
  const budgets = useBudgetTroubles();
  const exports = useExporterTroubles();
  const inbox = useInboxTroubles();
  if (!ill.known || !onTheWay.known || !halt.known) return undefined;
  if (!found || !others || !secrets || !spikes || !budgets || !exports || !inbox) return undefined;
  const stuck = onTheWay.bots.filter(({ status }) => isStuck(status, now));
  return {
    halt: halt.trouble,
    bots: [...ill.bots, ...stuck],
    hidden: ill.total - ill.bots.length,
    others: [...inbox, ...budgets, ...found, ...secrets, ...others, ...spikes, ...exports],
  };
}

/** The first few of each phase, longest in it first. */
function useBotsIn(phases: readonly BotPhase[]) {
  return useQueries({
    queries: phases.map((phase) => q(api.bots.list, { phase, order: 'since', limit: shownOfEach })),
    combine: (results) => ({
      known: results.every(({ data, error }) => data ?? error),
      bots: results.flatMap(({ data }) => data?.items ?? []),
      total: results.reduce((sum, { data }) => sum + (data?.total ?? 0), 0),
    }),
  });
}

function isStuck({ nextTryAt, since }: ListedBot['status'], now: number): boolean {
  return nextTryAt !== undefined || now - new Date(since).getTime() > stuckAfterMs;
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
