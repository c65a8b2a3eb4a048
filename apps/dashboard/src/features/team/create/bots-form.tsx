'use client';

import { api } from '@clawster/contract/api';
import type { ListedBot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { paths } from '../../../lib/paths.ts';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { useChange } from '../../../lib/use-change.ts';
import { wordsIn } from '../../../lib/words-in.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { Card, Skeleton, Trouble } from '../../../ui/page.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Phase } from '../../bot/phase.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { type Place, placeOf, PlaceFields, whyNotPlace } from '../place-fields.tsx';

/** A team of bots there are: who leads, who belongs to it, what each can do. */
export function BotsForm() {
  const { data, error, refetch } = useQuery(q(api.bots.list, { limit: 200 }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" />;
  const bots = data.items.filter(({ status }) => status.phase !== 'destroyed');
  if (bots.length > 0) return <OfBots bots={bots} />;
  return (
    <Card flush>
      <Empty
        title="There are no bots yet"
        action={
          <ButtonLink look="primary" href={paths.newBot}>
            New bot
          </ButtonLink>
        }
      >
        A team needs one bot at least: its lead. Or begin with a template, which brings its bots.
      </Empty>
    </Card>
  );
}

function OfBots({ bots }: { bots: ListedBot[] }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [charter, setCharter] = useState('');
  const [leadId, setLeadId] = useState('');
  const [places, setPlaces] = useState<ReadonlyMap<string, Place>>(new Map());
  const forbidden = useWhyForbidden('team:manage');
  const put = (botId: string, place: Place | undefined) => {
    const next = new Map(places);
    if (place) next.set(botId, place);
    else next.delete(botId);
    setPlaces(next);
  };
  const placeFor = (botId: string): Place => places.get(botId) ?? { ...placeOf(), botId };
  const members = [...places.values()].filter(({ botId }) => botId !== leadId);
  const create = useChange({
    call: () => {
      const { mayDelegate: _, ...lead } = writtenIn(placeFor(leadId));
      return client.teams.create({ name: name.trim(), charter: charter.trim(), lead, members: members.map(writtenIn) });
    },
    nouns: ['teams'],
    said: () => 'The team is there. Nobody may ask anybody yet: write its rules.',
    onDone: ({ id }) => router.push(paths.team(id, 'rules')),
  });
  const whyNot =
    forbidden ??
    (name.trim() ? undefined : 'Name the team') ??
    (leadId ? undefined : 'Choose who leads') ??
    [placeFor(leadId), ...members].map(whyNotPlace).find(Boolean);
  return (
    <MutationForm mutation={create} className="space-y-5">
      <Card title="Team">
        <div className="space-y-4">
          <TextField
            label="Name of the team"
            placeholder="Such as Customer care"
            maxLength={80}
            value={name}
            onChange={setName}
          />
          <TextField
            label="Charter"
            hint="What it is there for, and how it works. Each member is told."
            rows={4}
            maxLength={4_000}
            value={charter}
            onChange={setCharter}
          />
          <LeadField bots={bots} value={leadId} onChange={setLeadId} />
          {leadId ? (
            <PlaceFields
              isLead
              place={placeFor(leadId)}
              change={(part) => put(leadId, { ...placeFor(leadId), ...part })}
            />
          ) : null}
        </div>
      </Card>
      <Card title="Members" flush>
        <ul className="divide-y divide-line" aria-label="Members">
          {bots
            .filter(({ id }) => id !== leadId)
            .map((bot) => (
              <BotLine key={bot.id} bot={bot} place={places.get(bot.id)} onChange={(place) => put(bot.id, place)} />
            ))}
        </ul>
      </Card>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={create.isPending} whyNot={whyNot}>
          Make the team
        </Button>
      </div>
    </MutationForm>
  );
}

type LeadFieldProps = { bots: ListedBot[]; value: string; onChange: (botId: string) => void };

function LeadField({ bots, value, onChange }: LeadFieldProps) {
  return (
    <Field label="Lead" hint="It plans, hands out tasks and sums up.">
      {(described) => (
        <Select {...described} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">Choose…</option>
          {bots.map((bot) => (
            <option key={bot.id} value={bot.id}>
              {bot.name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

const writtenIn = ({ botId, title, capabilities, mayDelegate }: Place) => ({
  botId,
  title: title.trim(),
  capabilities: wordsIn(capabilities),
  mayDelegate,
});

type BotLineProps = { bot: ListedBot; place: Place | undefined; onChange: (place: Place | undefined) => void };

function BotLine({ bot: { id, name, status }, place, onChange }: BotLineProps) {
  return (
    <li className="space-y-3 px-4 py-3" aria-label={name}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Checkbox
          checked={place !== undefined}
          onChange={(isIn) => onChange(isIn ? { ...placeOf(), botId: id } : undefined)}
        >
          <span className="font-medium break-all">{name}</span>
        </Checkbox>
        <Phase phase={status.phase} />
      </div>
      {place ? (
        <div className="space-y-3 pl-6">
          <PlaceFields isLead={false} place={place} change={(part) => onChange({ ...place, ...part })} />
        </div>
      ) : null}
    </li>
  );
}
