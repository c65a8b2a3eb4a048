'use client';

import { api } from '@clawster/contract/api';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { sayOutlook, saySpent, stateLooks, stateOf } from '../budget/say-budget.ts';
import type { OtherTrouble } from './use-attention.tsx';
import { useKnownTroubles } from './use-known-troubles.ts';

/** Budgets that stop their bots or are spent; undefined until it is known. */
export function useBudgetTroubles(): OtherTrouble[] | undefined {
  return useKnownTroubles({
    route: api.budgets.list,
    permission: 'budget:read',
    input: { limit: 200 },
    troubles: ({ items }) =>
      items
        .filter(({ use }) => use.spentAt !== undefined)
        .map((budget) => ({
          key: budget.id,
          name: `Budget ${budget.name}`,
          state: <StateWord look={stateLooks[stateOf(budget)]} />,
          cause: `${saySpent(budget)}. ${sayOutlook(budget)}${budget.hard ? ', or when it is lifted' : ''}.`,
          fix: (
            <ButtonLink href={paths.budgets(budget.id)}>
              {budget.hard ? 'Lift it or wait' : 'Open the budget'}
            </ButtonLink>
          ),
        })),
  });
}
