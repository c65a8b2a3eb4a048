'use client';

import type { Target } from '@clawster/contract/target';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type EngineDraft, engineOf, noEngine, type Via, whyNotYet } from './engine-draft.ts';

const ways: Record<Via, { title: string; hint: string }> = {
  socket: { title: 'On the machine of this Clawster', hint: 'By its socket. Its bots reach Clawster by themselves.' },
  tls: { title: 'On another machine, by TLS', hint: 'With a certificate that engine accepts.' },
  ssh: { title: 'On another machine, by SSH', hint: 'As a user who may use Docker there.' },
};

type EngineDialogProps = { onClose: () => void; onDone: (target: Target) => void };

/** Adds a Docker engine; it is asked first, and what it says is told. */
export function EngineDialog({ onClose, onDone }: EngineDialogProps) {
  const [draft, setDraft] = useState(noEngine);
  const change = (part: Partial<EngineDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useChange({
    call: () => client.targets.create(engineOf(draft)),
    nouns: ['targets'],
    said: ({ name, health }) => `${name} answers: ${health?.message ?? 'it is there'}.`,
    onDone,
  });
  return (
    <Dialog open onClose={onClose} title="Add a Docker engine">
      <MutationForm mutation={save}>
        <TextField
          label="Name"
          placeholder="Such as Rack in Zurich"
          maxLength={80}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <div role="radiogroup" aria-label="Where it runs" className="space-y-2">
          {(Object.keys(ways) as Via[]).map((via) => (
            <Choice
              key={via}
              name="via"
              value={via}
              title={ways[via].title}
              checked={draft.via === via}
              onChoose={() => change({ via })}
            >
              {ways[via].hint}
            </Choice>
          ))}
        </div>
        {draft.via === 'socket' ? (
          <TextField label="Socket" value={draft.path} onChange={(path) => change({ path })} />
        ) : (
          <ElsewhereFields draft={draft} onChange={change} />
        )}
        <TextField
          label="Base image"
          hint="What the bots’ image begins with. The engine has it already, or pulls it."
          placeholder="node:26-bookworm-slim"
          value={draft.baseImage}
          onChange={(baseImage) => change({ baseImage })}
        />
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNotYet(draft)}>
          Ask it and add it
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

type FieldsProps = { draft: EngineDraft; onChange: (part: Partial<EngineDraft>) => void };

function ElsewhereFields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        label="Machine"
        placeholder={draft.via === 'tls' ? 'engine.example.com:2376' : 'engine.example.com'}
        value={draft.address}
        onChange={(address) => onChange({ address })}
      />
      {draft.via === 'tls' ? (
        <>
          <PemField label="Certificate of its authority" value={draft.ca} onChange={(ca) => onChange({ ca })} />
          <PemField
            label="Certificate to show it"
            value={draft.certificate}
            onChange={(certificate) => onChange({ certificate })}
          />
        </>
      ) : (
        <>
          <TextField label="User" value={draft.user} onChange={(user) => onChange({ user })} />
          <TextField
            label="Fingerprint of its key"
            hint="As ssh-keygen -lf prints it. No other machine is spoken to."
            placeholder="SHA256:…"
            value={draft.fingerprint}
            onChange={(fingerprint) => onChange({ fingerprint })}
          />
        </>
      )}
      <PemField
        label="Private key"
        hint="It is stored encrypted, and never shown again."
        value={draft.key}
        onChange={(key) => onChange({ key })}
      />
      <TextField
        label="Where its bots reach Clawster"
        type="url"
        placeholder="https://clawster.example.com"
        value={draft.controlPlaneUrl}
        onChange={(controlPlaneUrl) => onChange({ controlPlaneUrl })}
      />
    </>
  );
}

type PemFieldProps = { label: string; hint?: string; value: string; onChange: (text: string) => void };

function PemField(props: PemFieldProps) {
  return <TextField {...props} rows={3} placeholder="-----BEGIN …" />;
}
