'use client';

import { api } from '@clawster/contract/api';
import type { TeamDetail, TeamMember } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { q } from '../../../lib/query.ts';
import { useChange } from '../../../lib/use-change.ts';
import { wordsIn } from '../../../lib/words-in.ts';
import { DialogButtons } from '../../../ui/dialog-buttons.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { type Place, placeOf, PlaceFields, whyNotPlace } from '../place-fields.tsx';

type MemberDialogProps = { team: TeamDetail; member?: TeamMember; onClose: () => void };

/** Takes a bot into the team, or changes what it is there. */
export function MemberDialog({ team, member, onClose }: MemberDialogProps) {
  const [place, setPlace] = useState<Place>(() => placeOf(member));
  const change = (part: Partial<Place>) => setPlace((known) => ({ ...known, ...part }));
  const save = useChange({
    call: () =>
      client.teams.setMember({
        teamId: team.id,
        botId: place.botId,
        title: place.title,
        capabilities: wordsIn(place.capabilities),
        mayDelegate: place.mayDelegate,
      }),
    nouns: ['teams'],
    said: () => (member ? `${member.botName} was changed.` : 'The bot is in the team.'),
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={member ? `${member.botName} in ${team.name}` : `Take a bot into ${team.name}`}
    >
      <MutationForm mutation={save}>
        {member ? null : <FreeBotField team={team} value={place.botId} onChange={(botId) => change({ botId })} />}
        <PlaceFields place={place} change={change} isLead={member?.isLead ?? false} />
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNotPlace(place)}>
          {member ? 'Save' : 'Take it in'}
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

type FreeBotProps = { team: TeamDetail; value: string; onChange: (botId: string) => void };

function FreeBotField({ team, value, onChange }: FreeBotProps) {
  const bots = useQuery(q(api.bots.list, { limit: 200 })).data?.items ?? [];
  const free = bots.filter(({ id }) => !team.members.some(({ botId }) => botId === id));
  return (
    <Field label="Bot" hint="A bot is in one team at most.">
      {(described) => (
        <Select {...described} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">Choose…</option>
          {free.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
