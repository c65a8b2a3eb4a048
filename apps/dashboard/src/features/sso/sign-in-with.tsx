'use client';

import { api } from '@clawster/contract/api';
import { returnPath } from '@clawster/domain/session/return-path';
import { useMutation, useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';

/** A button for each identity provider one may sign in with; nothing where there is none. */
export function SignInWith() {
  const offers = useQuery(q(api.sso.offers, {}));
  const begin = useMutation({
    mutationFn: (providerId: string) => client.sso.begin({ providerId, returnTo: wanted() }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (!offers.data || offers.data.items.length === 0) return null;
  return (
    <div className="mt-6 space-y-3 border-t border-line pt-6">
      <FormProblem message={begin.error ? sentenceOf(begin.error) : undefined} />
      {offers.data.items.map(({ id, name }) => (
        <Button
          key={id}
          className="h-9 w-full"
          icon={<LogIn />}
          busy={begin.isPending && begin.variables === id}
          onClick={() => begin.mutate(id)}
        >
          Sign in with {name}
        </Button>
      ))}
    </div>
  );
}

function wanted(): string {
  return returnPath(new URLSearchParams(window.location.search).get('next'));
}
