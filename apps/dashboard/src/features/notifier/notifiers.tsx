'use client';

import { api } from '@clawster/contract/api';
import type { Notifier } from '@clawster/contract/notifier';
import { useQuery } from '@tanstack/react-query';
import { BellRing, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { NotifierRow } from './notifier-row.tsx';

const NotifierDialog = lazily(() => import('./notifier-dialog.tsx').then((module) => module.NotifierDialog));

/** When something was told last changes without an event. */
const lookAgainMs = 10_000;

/** Who is told, and where, that something waits in the inbox. */
export function Notifiers() {
  const { data, error, refetch } = useQuery({ ...q(api.notifiers.list, {}), refetchInterval: lookAgainMs });
  const [asked, setAsked] = useState<Notifier | 'new'>();
  const [signing, setSigning] = useState<string>();
  const forbidden = useWhyForbidden('notifier:manage');
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  const add = (
    <Button icon={<Plus />} whyNot={forbidden} onClick={() => setAsked('new')}>
      Add a notifier
    </Button>
  );
  return (
    <Card title="Notifiers" actions={data?.items.length ? add : null} flush>
      <p className="max-w-prose px-4 py-3 text-sm text-muted">
        What waits in the inbox is told by Slack, mail or a webhook, with a link that decides it once, in the name of
        the person it was sent to.
      </p>
      <ul className="divide-y divide-line border-t border-line" aria-label="Notifiers">
        {data?.items.map((notifier) => (
          <NotifierRow key={notifier.id} notifier={notifier} onChange={() => setAsked(notifier)} />
        )) ?? <RowsWaiting rows={2} />}
      </ul>
      {data?.items.length === 0 ? (
        <Empty icon={<BellRing />} title="Nobody is told yet" action={add}>
          What waits is seen here and in the command line only.
        </Empty>
      ) : null}
      {asked ? (
        <NotifierDialog
          {...(asked === 'new' ? {} : { notifier: asked })}
          onClose={() => setAsked(undefined)}
          onDone={({ signingSecret }) => {
            setAsked(undefined);
            setSigning(signingSecret);
          }}
        />
      ) : null}
      {signing ? (
        <ShownOnceDialog
          title="The signing secret"
          lead="It signs each delivery: HMAC-SHA-256 of the body, in X-Clawster-Signature. It is shown this once."
          what="secret"
          value={signing}
          onClose={() => setSigning(undefined)}
        />
      ) : null}
    </Card>
  );
}
