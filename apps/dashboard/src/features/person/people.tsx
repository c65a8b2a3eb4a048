'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Invitations } from '../invitation/invitations.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { PersonRow } from './person-row.tsx';

const InviteDialog = lazily(() => import('../invitation/invite-dialog.tsx').then((module) => module.InviteDialog));

/** Who belongs to the workspace, and who is invited to. */
export function People() {
  const { data, error } = useQuery(q(api.people.list, { limit: 200 }));
  const [inviting, setInviting] = useState(false);
  const identity = useIdentity();
  const forbidden = whyForbidden(identity, 'person:manage');
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  const invite = (
    <Button look="primary" icon={<UserPlus />} whyNot={forbidden} onClick={() => setInviting(true)}>
      Invite someone
    </Button>
  );
  return (
    <div className="space-y-5">
      <Card title="People" actions={invite} flush>
        <ul className="divide-y divide-line">
          {data?.items.map((person) => <PersonRow key={person.id} person={person} />) ?? (
            <li className="flex h-14 items-center px-4">
              <Skeleton className="h-4 w-1/2" />
            </li>
          )}
        </ul>
      </Card>
      {identity && !forbidden ? <Invitations /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </div>
  );
}
