'use client';

import type { TeamDetail } from '@clawster/contract/team';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Button } from '../../../ui/button.tsx';
import { DialogButtons } from '../../../ui/dialog-buttons.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Markdown } from '../../../ui/markdown.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { Card } from '../../../ui/page.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';

/** What the team is there for: each member is told. */
export function CharterCard({ team }: { team: TeamDetail }) {
  const [changing, setChanging] = useState(false);
  const forbidden = useWhyForbidden('team:manage');
  return (
    <Card
      title="Charter"
      actions={
        <Button icon={<Pencil />} whyNot={forbidden} onClick={() => setChanging(true)}>
          Change…
        </Button>
      }
    >
      {team.charter ? (
        <Markdown text={team.charter} />
      ) : (
        <p className="text-sm text-muted">
          Nothing is said yet of what the team is there for and how it works. Each member is told what stands here.
        </p>
      )}
      {changing ? <CharterDialog team={team} onClose={() => setChanging(false)} /> : null}
    </Card>
  );
}

function CharterDialog({ team, onClose }: { team: TeamDetail; onClose: () => void }) {
  const [name, setName] = useState(team.name);
  const [charter, setCharter] = useState(team.charter);
  const save = useChange({
    call: () => client.teams.update({ teamId: team.id, baseVersion: team.version, name: name.trim(), charter }),
    nouns: ['teams'],
    said: () => 'The team was changed. Its members are told from their next turn on.',
    onDone: onClose,
  });
  return (
    <Dialog open wide onClose={onClose} title={`Name and charter of ${team.name}`}>
      <MutationForm mutation={save}>
        <TextField label="Name" maxLength={80} value={name} onChange={setName} />
        <TextField
          label="Charter"
          hint={`What the team is there for, and how it works. Each turn of each member pays for it: ${charter.length.toLocaleString('en')} of 4,000 characters.`}
          rows={10}
          maxLength={4_000}
          value={charter}
          onChange={setCharter}
        />
        <DialogButtons
          onCancel={onClose}
          busy={save.isPending}
          whyNot={name.trim() ? undefined : 'Name the team, such as Customer care'}
        >
          Save
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
