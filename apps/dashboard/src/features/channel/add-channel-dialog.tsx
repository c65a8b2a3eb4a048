'use client';

import type { Channel } from '@clawster/contract/channel';
import { type ChannelKind, channelKinds } from '@clawster/contract/channel-settings';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { StepButtons } from '../bot/create/step-buttons.tsx';
import { AccountStep } from './account-step.tsx';
import { type ChannelDraft, emptyDraft, requestOf, type Step, titles, whyNotNext } from './channel-draft.ts';
import { RulesFields } from './rules-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

type AddChannelProps = { onClose: () => void; onAdded: (channel: Channel) => void };

/** Adds a channel in three steps: at which service, with which account, for whom. */
export function AddChannelDialog({ onClose, onAdded }: AddChannelProps) {
  const [step, setStep] = useState<Step>('kind');
  const [draft, setDraft] = useState(emptyDraft);
  const change = (part: Partial<ChannelDraft>) => setDraft((known) => ({ ...known, ...part }));
  const create = useChannelChange({
    change: () => client.channels.create(requestOf(draft)),
    onDone: (channel: Channel) => {
      tell(`${channel.name} was added. Give it to a bot.`);
      onAdded(channel);
    },
  });
  return (
    <Dialog open onClose={onClose} title="Add a channel" lead={titles[step]} wide>
      <div className="space-y-4">
        {step === 'kind' ? <KindStep draft={draft} change={change} /> : null}
        {step === 'account' ? <AccountStep draft={draft} change={change} /> : null}
        {step === 'rules' ? (
          <RulesFields
            kind={draft.kind}
            rules={draft.settings}
            below={draft.settings}
            onChange={(rules) => change({ settings: { ...draft.settings, ...rules } })}
          />
        ) : null}
        <FormProblem message={create.error && step === 'rules' ? sentenceOf(create.error) : undefined} />
        {step === 'kind' ? <StepButtons onBack={onClose} onNext={() => setStep('account')} /> : null}
        {step === 'account' ? (
          <StepButtons onBack={() => setStep('kind')} onNext={() => setStep('rules')} whyNot={whyNotNext(draft)} />
        ) : null}
        {step === 'rules' ? (
          <StepButtons
            onBack={() => setStep('account')}
            onNext={() => create.mutate()}
            next="Test and save"
            busy={create.isPending}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

const hints: Record<ChannelKind, string> = {
  telegram: 'A bot of your own at @BotFather; private chats and groups.',
  slack: 'An app in your workspace, connected from inside: no address of yours is opened.',
  discord: 'An application with a bot, on the servers you add it to.',
  whatsapp: 'A phone number; each bot is linked by a code that a phone scans.',
};

function KindStep({ draft, change }: { draft: ChannelDraft; change: (part: Partial<ChannelDraft>) => void }) {
  return (
    <div role="radiogroup" aria-label="Messaging service" className="space-y-2">
      {channelKinds.map((kind) => (
        <Choice
          key={kind}
          name="kind"
          value={kind}
          checked={draft.kind === kind}
          onChoose={() => change({ ...emptyDraft(), kind, name: draft.name })}
          title={channelFacts[kind].name}
        >
          {hints[kind]} {channelFacts[kind].onlyOne ? 'One bot has it at a time.' : 'Several bots can have it.'}
        </Choice>
      ))}
    </div>
  );
}
