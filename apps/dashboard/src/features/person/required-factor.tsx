'use client';

import { api } from '@clawster/contract/api';
import { type RequiredOf, requiredOf } from '@clawster/contract/workspace';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Choice } from '../../ui/choice.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** Of whom a second factor is required; owners decide. */
export function RequiredFactor() {
  const { data, error } = useQuery(q(api.workspace.settings, {}));
  const mayChange = useWhyForbidden('workspace:manage') === undefined;
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (next: RequiredOf) => client.workspace.requireSecondFactor({ requiredOf: next }),
    onSuccess: async (_, next) => {
      await Promise.all(['workspace', 'sessions'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
      tell(`A second factor is required of ${next} from now on.`);
    },
    onError: tellTrouble,
  });
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  const chosen = change.isPending ? change.variables : data?.secondFactor.requiredOf;
  return (
    <Card title="Second factor">
      <p className="mb-3 max-w-prose text-sm text-muted">
        An authenticator app or a passkey. Whoever it is required of and who has none gets a day to add one; after that,
        adding one is all they can do. API keys go on working. {mayChange ? '' : 'Owners decide this.'}
      </p>
      {data ? (
        <div role="radiogroup" aria-label="Required of" className="grid gap-2 md:grid-cols-3">
          {requiredOf.map((one) => (
            <Choice
              key={one}
              name="required-of"
              value={one}
              title={titles[one]}
              checked={chosen === one}
              disabled={!mayChange || change.isPending}
              onChoose={() => change.mutate(one)}
            />
          ))}
        </div>
      ) : (
        <Skeleton className="h-12 w-full" />
      )}
    </Card>
  );
}

const titles: Record<RequiredOf, string> = {
  owners: 'Required of owners',
  everyone: 'Required of everyone',
  nobody: 'Required of nobody',
};
