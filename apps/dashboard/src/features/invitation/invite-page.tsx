'use client';

import { api } from '@clawster/contract/api';
import type { Offer } from '@clawster/contract/invitation';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useTokenOfAddress } from '../session/use-token-of-address.ts';
import { JoinForm } from './join-form.tsx';
import { NewAccountForm } from './new-account-form.tsx';

/** Where an invitation's link leads: says what it is for, and lets its holder in. */
export function InvitePage() {
  const token = useTokenOfAddress();
  const offer = useQuery({ ...q(api.invitations.lookUp, { token: token ?? '' }), enabled: !!token, retry: false });
  if (token === '')
    return (
      <Heading title="Open the whole link">
        An invitation is a link with a one-time token in it, which is missing here. Open the link as it was given to
        you, or ask for a new one.
      </Heading>
    );
  if (offer.error)
    return (
      <>
        <Heading title="This invitation is not good any more" />
        <Trouble message={sentenceOf(offer.error)} />
      </>
    );
  if (!token || !offer.data) return <Skeleton className="h-96 w-full" />;
  return (
    <>
      <Welcome offer={offer.data} />
      {offer.data.hasAccount ? (
        <JoinForm token={token} offer={offer.data} />
      ) : (
        <NewAccountForm token={token} offer={offer.data} />
      )}
    </>
  );
}

function Welcome({ offer: { workspaceName, invitedBy, role, hasAccount, expiresAt } }: { offer: Offer }) {
  return (
    <Heading title={`Join ${workspaceName}`}>
      {invitedBy} invites you as <b className="font-medium text-text">{role}</b>.{' '}
      {hasAccount ? 'You have an account: sign in with it to accept.' : 'Make your account to accept.'} The invitation
      ends <Time at={expiresAt} />.
    </Heading>
  );
}

function Heading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 mb-6 text-muted">{children}</p>
    </>
  );
}
