'use client';

import { api } from '@clawster/contract/api';
import type { ListedBot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { count } from '../../../lib/time.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { Trouble } from '../../../ui/page.tsx';
import type { BulkWork } from '../../bot/use-bulk.ts';
import { useWhyNot } from '../../bot/use-why-not.ts';
import { ReviewForm } from '../review-form.tsx';
import { type BulkAsk, type BulkKind, bulkWords, changeFor, participleOf } from './bulk-change.ts';
import { type BulkTarget, useBulkPreview } from './use-bulk-preview.ts';

type BulkDialogProps = {
  kind: BulkKind;
  chosen: ListedBot[];
  onRun: (work: BulkWork, bots: ListedBot[]) => void;
  onClose: () => void;
};

/** A change of the configuration of many bots, looked over before it is made: which change, how, and which could not. */
export function BulkDialog(props: BulkDialogProps) {
  const { kind, onClose } = props;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={bulkWords[kind].title}
      lead="Each bot is changed for itself: one that could not take it over stops no other."
    >
      {kind === 'upgrade' ? <Upgrade {...props} /> : <OfProfile {...props} kind={kind} />}
    </Dialog>
  );
}

function Upgrade(props: BulkDialogProps) {
  const { data, error, refetch } = useQuery(q(api.templates.list, {}));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return <Review {...props} ask={data && { kind: 'upgrade', templates: data.items }} whyNotAsked="Wait for the list" />;
}

function OfProfile(props: BulkDialogProps & { kind: 'attach' | 'detach' }) {
  const { kind, chosen } = props;
  const { data, error, refetch } = useQuery(q(api.profiles.list, { limit: 200 }));
  const [profileId, setProfileId] = useState('');
  const offered = data?.items.filter(
    ({ id }) => kind === 'attach' || chosen.some(({ spec }) => spec.profileIds.includes(id)),
  );
  const profile = offered?.find(({ id }) => id === profileId);
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <div className="space-y-4">
      <Field label="Profile">
        {(described) => (
          <Select {...described} value={profileId} onChange={(event) => setProfileId(event.target.value)}>
            <option value="">Choose a profile…</option>
            {offered?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Review {...props} ask={profile && { kind, profile }} whyNotAsked="Choose a profile first" />
    </div>
  );
}

type ReviewProps = BulkDialogProps & {
  /** Undefined until it is known what is asked for. */
  ask: BulkAsk | undefined;
  whyNotAsked: string;
};

function Review({ kind, chosen, ask, whyNotAsked, onRun, onClose }: ReviewProps) {
  const whyNot = useWhyNot();
  const targets = ask ? targetsOf(ask, chosen, (bot) => whyNot('update', bot)) : [];
  const preview = useBulkPreview(targets);
  const fitting = targets.length - (preview.data?.refused ?? 0);
  const already = ask ? chosen.length - targets.length : 0;
  return (
    <ReviewForm
      preview={targets.length > 0 ? preview : undefined}
      whyNot={ask ? whyNotRun(preview, { asked: targets.length, fitting }) : whyNotAsked}
      verb={fitting > 0 ? `${bulkWords[kind].verb} ${count(fitting, 'bot')}` : bulkWords[kind].verb}
      onSave={(reason) => {
        onClose();
        if (ask)
          onRun(
            workOf(ask, reason, (bot) => whyNot('update', bot)),
            chosen.filter(({ id }) => targets.some(({ botId }) => botId === id)),
          );
      }}
      onClose={onClose}
    >
      {already > 0 ? (
        <p className="text-sm text-muted">
          {already} of the {count(chosen.length, 'selected bot')} left out: {bulkWords[kind].already}.
        </p>
      ) : null}
    </ReviewForm>
  );
}

type WhyNot = (bot: ListedBot) => string | undefined;

function targetsOf(ask: BulkAsk, chosen: ListedBot[], whyNot: WhyNot): BulkTarget[] {
  return chosen.flatMap((bot) => {
    const change = changeFor(ask, bot);
    return change ? [{ botId: bot.id, botName: bot.name, change, reason: whyNot(bot) }] : [];
  });
}

/** Those that could not take it over are asked too, and then named with the reason. */
function workOf(ask: BulkAsk, reason: string, whyNot: WhyNot): BulkWork {
  return {
    verb: bulkWords[ask.kind].title,
    participle: participleOf(ask),
    whyNot,
    act: async (bot) => {
      const change = changeFor(ask, bot);
      if (change) await client.bots.update({ botId: bot.id, ...change, reason });
    },
  };
}

type Known = { asked: number; fitting: number };

function whyNotRun({ isPending, error }: ReturnType<typeof useBulkPreview>, { asked, fitting }: Known) {
  if (asked === 0) return 'Nothing would change';
  if (isPending) return 'Wait until it is known what changes';
  if (error) return 'See what is wrong';
  return fitting === 0 ? 'None of them could take it over: see why' : undefined;
}
