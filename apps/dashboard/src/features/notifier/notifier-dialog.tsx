'use client';

import type { InboxKind } from '@clawster/contract/inbox';
import type { Notifier, NotifierKind } from '@clawster/contract/notifier';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { kindWords } from '../inbox/inbox-looks.ts';
import { TeamSelect, useTeams } from '../team/team-select.tsx';
import { notifierWords } from './notifier-row.tsx';

const kinds = Object.keys(kindWords) as InboxKind[];
const hints: Record<NotifierKind, string> = {
  slack: 'To a channel, by an incoming webhook of Slack.',
  mail: 'To your own address, by the mail server of this installation.',
  webhook: 'To any address that takes JSON, signed.',
};
type Draft = { name: string; kind: NotifierKind; url: string; inboxKinds: InboxKind[]; teamId: string };
type NotifierDialogProps = { notifier?: Notifier; onClose: () => void; onDone: (notifier: Notifier) => void };

/** Adds a notifier, or changes what one tells. */
export function NotifierDialog({ notifier, onClose, onDone }: NotifierDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(notifier));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useChange({
    call: () => {
      const { name, kind, url, inboxKinds, teamId } = draft;
      const told = { name: name.trim(), inboxKinds, ...(kind !== 'mail' && url.trim() ? { url: url.trim() } : {}) };
      return notifier
        ? client.notifiers.update({ notifierId: notifier.id, ...told })
        : client.notifiers.create({ ...told, kind, ...(teamId ? { teamId } : {}) });
    },
    nouns: ['notifiers'],
    said: ({ name }) => (notifier ? `${name} was changed.` : `${name} tells what waits from now on. Send a test.`),
    onDone,
  });
  return (
    <Dialog open onClose={onClose} title={notifier ? `Change ${notifier.name}` : 'Add a notifier'}>
      <MutationForm mutation={save}>
        {notifier ? null : <KindChoice kind={draft.kind} onChange={(kind) => change({ kind })} />}
        <TextField
          label="Name"
          placeholder="Such as On call"
          maxLength={80}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <AddressField draft={draft} host={notifier?.host} onChange={(url) => change({ url })} />
        <WhatField chosen={draft.inboxKinds} onChange={(inboxKinds) => change({ inboxKinds })} />
        {notifier ? null : <TeamField value={draft.teamId} onChange={(teamId) => change({ teamId })} />}
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNotYet(draft, notifier !== undefined)}>
          {notifier ? 'Save' : 'Add it'}
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

function draftOf(notifier: Notifier | undefined): Draft {
  const { name = '', kind = 'slack', inboxKinds = kinds } = notifier ?? {};
  return { name, kind, inboxKinds, url: '', teamId: '' };
}

function whyNotYet({ name, kind, url, inboxKinds }: Draft, isKnown: boolean): string | undefined {
  if (!name.trim()) return 'Name it, such as On call';
  if (inboxKinds.length === 0) return 'Choose what is told';
  if (kind === 'mail' || (isKnown && !url.trim())) return undefined;
  return /^https?:\/\/\S+$/.test(url.trim()) ? undefined : 'Enter the address, from https:// on';
}

function KindChoice({ kind, onChange }: { kind: NotifierKind; onChange: (kind: NotifierKind) => void }) {
  return (
    <div role="radiogroup" aria-label="By what" className="space-y-2">
      {(Object.keys(hints) as NotifierKind[]).map((one) => (
        <Choice
          key={one}
          name="notifier"
          value={one}
          title={notifierWords[one]}
          checked={kind === one}
          onChoose={() => onChange(one)}
        >
          {hints[one]}
        </Choice>
      ))}
    </div>
  );
}

type AddressFieldProps = { draft: Draft; host: string | undefined; onChange: (url: string) => void };

function AddressField({ draft: { kind, url }, host, onChange }: AddressFieldProps) {
  if (kind === 'mail') return null;
  return (
    <TextField
      label="Address"
      type="url"
      placeholder={kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://example.com/clawster'}
      hint={host ? `Empty: the one at ${host} stays.` : 'It is a secret: only its host is shown later.'}
      value={url}
      onChange={onChange}
    />
  );
}

type WhatFieldProps = { chosen: readonly InboxKind[]; onChange: (kinds: InboxKind[]) => void };

function WhatField({ chosen, onChange }: WhatFieldProps) {
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 text-sm font-medium">What is told</legend>
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          checked={chosen.includes(kind)}
          onChange={(isOn) => onChange(isOn ? [...chosen, kind] : chosen.filter((one) => one !== kind))}
        >
          {kindWords[kind]}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function TeamField({ value, onChange }: { value: string; onChange: (teamId: string) => void }) {
  if (useTeams().length === 0) return null;
  return (
    <Field label="Of which team">
      {(described) => (
        <TeamSelect
          {...described}
          none="All, and what belongs to none"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
