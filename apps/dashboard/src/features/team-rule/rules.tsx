'use client';

import { api } from '@clawster/contract/api';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { RuleVersions } from './rule-versions.tsx';
import { RulesEditor } from './rules-editor.tsx';

/** Who may ask whom for what: in order, the first that fits decides. */
export function Rules({ team }: { team: TeamDetail }) {
  const teamId = team.id;
  const { data, error, refetch } = useQuery(q(api.teamRules.get, { teamId }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-[32rem] w-full" />;
  return (
    <div className="space-y-5">
      <RulesEditor team={team} saved={data} />
      <RuleVersions teamId={teamId} newest={data.version} />
    </div>
  );
}
