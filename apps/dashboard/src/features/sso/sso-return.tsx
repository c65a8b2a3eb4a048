'use client';

import type { SsoAnswer } from '@clawster/contract/sso';
import { returnPath } from '@clawster/domain/session/return-path';
import { useEffect, useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';

/** Where an identity provider sends the browser back to: hands its answer in, and goes on to where one wanted to go. */
export function SsoReturn() {
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const answer = takeAnswer();
    if (!answer) return;
    client.sso.finish(answer).then(
      // A full load, so that nothing fetched for someone else stays.
      ({ returnTo }) => window.location.assign(returnPath(returnTo)),
      (error: unknown) => setProblem(sentenceOf(error)),
    );
  }, []);
  if (!problem)
    return (
      <>
        <h1 className="mb-6 text-xl font-semibold tracking-tight">Signing you in…</h1>
        <Skeleton className="h-24 w-full" />
      </>
    );
  return (
    <div className="space-y-4">
      <h1 className="text-xl font-semibold tracking-tight">You are not signed in</h1>
      <Trouble message={problem} />
      <ButtonLink href={paths.signIn()}>Back to the sign-in page</ButtonLink>
    </div>
  );
}

/** Taken out of the address at once, so that the code stays in no history; what is handed in twice is refused. */
function takeAnswer(): SsoAnswer | undefined {
  const { search, pathname } = window.location;
  // React may look twice.
  if (!search && isTaken) return undefined;
  isTaken = true;
  const told = new URLSearchParams(search);
  window.history.replaceState(null, '', pathname);
  const of = (name: string) => told.get(name) ?? undefined;
  return { state: of('state') ?? '', code: of('code'), iss: of('iss'), error: of('error') };
}

let isTaken = false;
