'use client';

import { api } from '@clawster/contract/api';
import type { Invitation, InvitationMail } from '@clawster/contract/invitation';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';

/** Who was invited and has not come yet. Links are not told again: a new invitation replaces a lost one. */
export function Invitations() {
  const { data, error } = useQuery(q(api.invitations.list, { limit: 200 }));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Card title="Invitations" flush>
      <ul className="divide-y divide-line">
        {data.items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const queryClient = useQueryClient();
  const { id, email, role, invitedBy, expiresAt, expired, mail } = invitation;
  const revoke = useMutation({
    mutationFn: () => client.invitations.revoke({ invitationId: id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['invitations'] });
      tell(`The invitation of ${email} was revoked; its link opens nothing any more.`);
    },
    onError: tellTrouble,
  });
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{email}</p>
        <p className="text-sm text-muted">
          {role} · invited by {invitedBy} · {expired ? 'expired' : 'ends'} <Time at={expiresAt} />
        </p>
        {mail ? <MailState mail={mail} /> : null}
      </div>
      <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
        Revoke
      </Button>
    </li>
  );
}

function MailState({ mail }: { mail: InvitationMail }) {
  if (mail.state === 'waiting') return <p className="text-sm text-muted">The mail is on its way.</p>;
  if (mail.state === 'sent')
    return (
      <p className="text-sm text-muted">
        Mailed <Time at={mail.at} />
      </p>
    );
  return (
    <p className="text-sm text-bad">
      Not mailed: {mail.reason}.{' '}
      {mail.state === 'failing' ? (
        <>
          Tried again <Time at={mail.nextTryAt} />.
        </>
      ) : (
        'It is tried no more.'
      )}
    </p>
  );
}
