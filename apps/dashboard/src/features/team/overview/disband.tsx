'use client';

import type { TeamDetail } from '@clawster/contract/team';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { paths } from '../../../lib/paths.ts';
import { count } from '../../../lib/time.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Button } from '../../../ui/button.tsx';
import { DialogButtons } from '../../../ui/dialog-buttons.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { TypedConfirmation } from '../../../ui/typed-confirmation.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';

/** Ends the team; its bots stay. */
export function Disband({ team }: { team: TeamDetail }) {
  const [asked, setAsked] = useState(false);
  const forbidden = useWhyForbidden('team:manage');
  return (
    <div className="flex justify-end">
      <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={() => setAsked(true)}>
        Disband the team…
      </Button>
      {asked ? <DisbandDialog team={team} onClose={() => setAsked(false)} /> : null}
    </div>
  );
}

function DisbandDialog({
  team: { id: teamId, name, open, memberCount },
  onClose,
}: {
  team: TeamDetail;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const router = useRouter();
  const end = useChange({
    call: () => client.teams.delete({ teamId }),
    nouns: [],
    said: () => `${name} was disbanded. Its bots are there.`,
    onDone: () => router.push(paths.teams),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Disband ${name}`}
      lead={`${count(open, 'open delegation is', 'open delegations are')} cancelled, and its goals, rules and what it knows are gone. Its ${count(memberCount, 'bot')} stay as they are.`}
    >
      <MutationForm mutation={end}>
        <TypedConfirmation name={name} typed={typed} onType={setTyped} />
        <DialogButtons
          look="danger"
          onCancel={onClose}
          busy={end.isPending}
          whyNot={typed.trim() === name ? undefined : `Type ${name} first`}
        >
          Disband it
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
