'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { sayOutlook, saySpent, stateLooks, stateOf } from '../budget/say-budget.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import type { OtherTrouble } from './use-attention.tsx';

/** Budgets that stop their bots or are spent, for those who may know; undefined until it is known. */
export function useBudgetTroubles(): OtherTrouble[] | undefined {
  const identity = useIdentity();
  const mayKnow = identity !== undefined && whyForbidden(identity, 'budget:read') === undefined;
  const { data, error } = useQuery({ ...q(api.budgets.list, { limit: 200 }), enabled: mayKnow });
  if (!data) return (identity && !mayKnow) || error ? [] : undefined;
  return data.items
    .filter(({ use }) => use.spentAt !== undefined)
    .map((budget) => ({
      key: budget.id,
      name: `Budget ${budget.name}`,
      state: <StateWord look={stateLooks[stateOf(budget)]} />,
      cause: `${saySpent(budget)}. ${sayOutlook(budget)}${budget.hard ? ', or when it is lifted' : ''}.`,
      fix: (
        <ButtonLink href={paths.budgets(budget.id)}>{budget.hard ? 'Lift it or wait' : 'Open the budget'}</ButtonLink>
      ),
    }));
}
