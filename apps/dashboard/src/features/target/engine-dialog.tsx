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

const kinds: Record<EngineDraft['kind'], { title: string; hint: string }> = {
  docker: { title: 'One Docker engine', hint: 'Its bots are containers there. It builds their image itself.' },
  'docker-swarm': {
    title: 'A Docker Swarm',
    hint: 'Reached at one of its managers. Each bot stays on the node that has its state.',
  },
};
const ways: Record<Via, { title: string; hint: string }> = {
  socket: { title: 'On the machine of this Clawster', hint: 'By its socket.' },
  tls: { title: 'On another machine, by TLS', hint: 'With a certificate that engine accepts.' },
  ssh: { title: 'On another machine, by SSH', hint: 'As a user who may use Docker there.' },
};

type EngineDialogProps = { onClose: () => void; onDone: (target: Target) => void };

/** Adds a Docker engine or a Swarm; it is asked first, and what it says is told. */
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
        <Choices
          label="What it is"
          name="kind"
          among={kinds}
          chosen={draft.kind}
          onChoose={(kind) => change({ kind })}
        />
        <Choices label="Where it runs" name="via" among={ways} chosen={draft.via} onChoose={(via) => change({ via })} />
        {draft.via === 'socket' ? (
          <TextField label="Socket" value={draft.path} onChange={(path) => change({ path })} />
        ) : (
          <ElsewhereFields draft={draft} onChange={change} />
        )}
        {draft.kind === 'docker' ? (
          <TextField
            label="Base image"
            hint="What the bots’ image begins with. The engine has it already, or pulls it."
            placeholder="node:26-bookworm-slim"
            value={draft.baseImage}
            onChange={(baseImage) => change({ baseImage })}
          />
        ) : (
          <SwarmFields draft={draft} onChange={change} />
        )}
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
      {draft.kind === 'docker' ? <WayHomeField draft={draft} onChange={onChange} /> : null}
    </>
  );
}

function SwarmFields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <WayHomeField draft={draft} onChange={onChange} />
      <TextField
        label="Bot image"
        hint="Built from deploy/bot/Dockerfile, in a registry that all nodes reach, by its digest."
        placeholder="registry.example.com/bot@sha256:…"
        value={draft.image}
        onChange={(image) => onChange({ image })}
      />
      <TextField
        label="Label of the nodes that take bots in"
        hint="Left empty, every node does."
        placeholder="bots=yes"
        value={draft.nodeLabel}
        onChange={(nodeLabel) => onChange({ nodeLabel })}
      />
    </>
  );
}

function WayHomeField({ draft, onChange }: FieldsProps) {
  return (
    <TextField
      label="Where its bots reach Clawster"
      type="url"
      placeholder="https://clawster.example.com"
      value={draft.controlPlaneUrl}
      onChange={(controlPlaneUrl) => onChange({ controlPlaneUrl })}
    />
  );
}

type ChoicesProps<Name extends string> = {
  label: string;
  name: string;
  among: Record<Name, { title: string; hint: string }>;
  chosen: Name;
  onChoose: (name: Name) => void;
};

function Choices<Name extends string>({ label, name, among, chosen, onChoose }: ChoicesProps<Name>) {
  return (
    <div role="radiogroup" aria-label={label} className="space-y-2">
      {(Object.keys(among) as Name[]).map((one) => (
        <Choice
          key={one}
          name={name}
          value={one}
          title={among[one].title}
          checked={chosen === one}
          onChoose={() => onChoose(one)}
        >
          {among[one].hint}
        </Choice>
      ))}
    </div>
  );
}

type PemFieldProps = { label: string; hint?: string; value: string; onChange: (text: string) => void };

function PemField(props: PemFieldProps) {
  return <TextField {...props} rows={3} placeholder="-----BEGIN …" />;
}
