'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Send, Trash2 } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { MailServerForm } from './mail-server-form.tsx';

/** The mail server of the workspace, by which invitations are mailed. */
export function MailServer() {
  const identity = useIdentity();
  const forbidden = whyForbidden(identity, 'person:manage');
  if (!identity) return <Waiting />;
  if (forbidden) return <Trouble message={forbidden} />;
  return <Server own={identity.caller.kind === 'person' ? identity.caller.person.email : undefined} />;
}

function Server({ own }: { own: string | undefined }) {
  const { data, error } = useQuery(q(api.mail.show, {}));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data) return <Waiting />;
  return (
    <Card title="Mail server" actions={data.server ? <Actions own={own} /> : undefined}>
      <p className="mb-4 max-w-prose text-sm text-muted">
        Invitations can be mailed from here. Without it, whoever invites hands the link over.
      </p>
      <MailServerForm key={data.server?.updatedAt} server={data.server} />
    </Card>
  );
}

function Actions({ own }: { own: string | undefined }) {
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: (to: string) => client.mail.test({ to }),
    onSuccess: ({ ok, message }) => (ok ? tell(message) : tellTrouble(new Error(message))),
    onError: tellTrouble,
  });
  const remove = useMutation({
    mutationFn: () => client.mail.remove({}),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['mail'] });
      tell('The mail server is removed. Mails that wait go on waiting for another.');
    },
    onError: tellTrouble,
  });
  return (
    <div className="flex gap-2">
      {own ? (
        <Button icon={<Send />} busy={test.isPending} onClick={() => test.mutate(own)}>
          Send me a test mail
        </Button>
      ) : null}
      <Button look="danger" icon={<Trash2 />} busy={remove.isPending} onClick={() => remove.mutate()}>
        Remove
      </Button>
    </div>
  );
}

function Waiting() {
  return (
    <Card>
      <Skeleton className="h-72 w-full" />
    </Card>
  );
}
