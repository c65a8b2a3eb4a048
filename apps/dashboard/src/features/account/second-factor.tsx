'use client';

import { api } from '@clawster/contract/api';
import type { Factors } from '@clawster/contract/account';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';

const AddTotpDialog = lazily(() => import('./add-totp-dialog.tsx').then((module) => module.AddTotpDialog));
const RemoveTotpDialog = lazily(() => import('./remove-totp-dialog.tsx').then((module) => module.RemoveTotpDialog));
const NewCodesDialog = lazily(() => import('./new-codes-dialog.tsx').then((module) => module.NewCodesDialog));

type Asking = 'add' | 'remove' | 'codes';

/** What is asked for beside the passphrase. */
export function SecondFactor() {
  const { data, error } = useQuery(q(api.account.factors, {}));
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  return (
    <Card title="Second factor">
      <State factors={data} />
      <Actions factors={data} ask={setAsking} />
      {asking === 'add' ? <AddTotpDialog onClose={close} /> : null}
      {asking === 'remove' ? <RemoveTotpDialog onClose={close} /> : null}
      {asking === 'codes' ? <NewCodesDialog onClose={close} /> : null}
    </Card>
  );
}

function Actions({ factors, ask }: { factors: Factors | undefined; ask: (what: Asking) => void }) {
  const hasApp = factors?.totp !== undefined;
  const hasAny = hasApp || (factors?.passkeys ?? 0) > 0;
  return (
    <div className="flex flex-wrap gap-2">
      <Button look={hasAny ? 'plain' : 'primary'} onClick={() => ask('add')}>
        {hasApp ? 'Use another app…' : 'Add an authenticator app…'}
      </Button>
      {hasAny ? <Button onClick={() => ask('codes')}>Make fresh recovery codes…</Button> : null}
      {hasApp ? (
        <Button look="danger" onClick={() => ask('remove')}>
          Remove…
        </Button>
      ) : null}
    </div>
  );
}

function State({ factors }: { factors: Factors | undefined }) {
  if (!factors) return <Skeleton className="mb-3 h-10 w-full" />;
  const { totp, passkeys, recoveryCodesLeft } = factors;
  return (
    <p className="mb-3 max-w-prose text-sm text-muted">
      {totp ? (
        <>
          An authenticator app is asked for since <Time at={totp.since} />.{' '}
        </>
      ) : null}
      {!totp && passkeys > 0 ? 'After your passphrase, a passkey is asked for. ' : null}
      {totp || passkeys > 0
        ? codesLeft(recoveryCodesLeft)
        : 'Your passphrase alone lets you in. With an authenticator app on your phone, or a passkey, whoever learns the passphrase still cannot come in.'}
    </p>
  );
}

function codesLeft(left: number): string {
  if (left === 0) return 'No recovery code is left: make fresh ones, or a lost phone locks you out.';
  return `${left} recovery ${left === 1 ? 'code is' : 'codes are'} left for a lost phone.`;
}
