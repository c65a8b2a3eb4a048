import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { RuleSet, TeamRule } from '@clawster/contract/team-rule';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { useChange } from '../../lib/use-change.ts';

/**
 * Rules as they are being changed, over those that are saved. Nothing that is saved meanwhile by somebody else takes
 * what was written away: it is told when this is to be saved.
 */
export function useRulesDraft(saved: RuleSet) {
  const { teamId } = saved;
  const [draft, setDraft] = useState<{ rules: TeamRule[]; over: RuleSet }>();
  const queryClient = useQueryClient();
  const rules = draft?.rules ?? saved.rules;
  const over = draft?.over ?? saved;
  const change = (next: TeamRule[]) => setDraft({ rules: next, over });
  const save = useChange<RuleSet, string>({
    call: (note) => client.teamRules.set({ teamId, baseVersion: over.version, rules, note }),
    nouns: ['teamRules', 'teams'],
    said: ({ version }) => `The rules hold as version ${version}. What is under way stays as it was decided.`,
    onDone: () => setDraft(undefined),
  });
  const isConflict = save.error instanceof ProblemError && save.error.code === 'conflict';
  const fetchSaved = () => queryClient.fetchQuery({ ...q(api.teamRules.get, { teamId }), staleTime: 0 });
  return {
    rules,
    isChanged: draft !== undefined && JSON.stringify(draft.rules) !== JSON.stringify(draft.over.rules),
    change,
    save,
    isConflict,
    discard: () => {
      setDraft(undefined);
      save.reset();
    },
    /** Somebody else's are let go, with what was written here put over them. */
    keepMine: async () => {
      setDraft({ rules, over: await fetchSaved() });
      save.reset();
    },
    takeTheirs: async () => {
      await fetchSaved();
      setDraft(undefined);
      save.reset();
    },
  };
}
