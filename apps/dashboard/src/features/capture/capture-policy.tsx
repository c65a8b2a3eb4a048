'use client';

import { api } from '@clawster/contract/api';
import { CaptureMode, CapturePolicy as Policy, isMore, type KeptPolicy } from '@clawster/contract/capture';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { captureWords } from './capture-words.ts';

/** How much of conversations leaves the bots' hosts, and for how long it is kept. */
export function CapturePolicy() {
  const { data, error } = useQuery(q(api.capture.get, {}));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  return (
    <Card title="What is kept of conversations">
      <p className="mb-3 max-w-prose text-sm text-muted">
        Decided on each bot’s own host, before anything leaves it. A change holds for what is said from then on; what
        was kept before goes at its own time.
      </p>
      {data ? <PolicyForm key={JSON.stringify(data)} kept={data} /> : <Skeleton className="h-80 w-full" />}
    </Card>
  );
}

function PolicyForm({ kept }: { kept: KeptPolicy }) {
  const { bots, ...before } = kept;
  const [policy, setPolicy] = useState<Policy>(before);
  const [isAsking, setAsking] = useState(false);
  const forbidden = useWhyForbidden('telemetry:manage');
  const save = useSave(() => setAsking(false));
  const isSame = JSON.stringify(policy) === JSON.stringify(before);
  const change = (part: Partial<Policy>) => setPolicy({ ...policy, ...part });
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isMore(before, policy)) setAsking(true);
        else save.mutate(policy);
      }}
    >
      <ModeChoices policy={policy} change={change} disabled={forbidden !== undefined} />
      <KeepFields policy={policy} change={change} disabled={forbidden !== undefined} />
      <Button
        type="submit"
        look="primary"
        busy={save.isPending && !isAsking}
        whyNot={forbidden ?? (isSame ? 'Nothing was changed yet' : undefined)}
      >
        Save
      </Button>
      <MoreDialog
        open={isAsking}
        bots={bots}
        policy={policy}
        busy={save.isPending}
        onCancel={() => setAsking(false)}
        onDo={() => save.mutate(policy)}
      />
    </form>
  );
}

function useSave(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (policy: Policy) => client.capture.set(policy),
    onSuccess: async () => {
      onDone();
      tell('It is kept so from now on. Bots that run take it up within seconds.');
      await queryClient.invalidateQueries({ queryKey: ['capture'] });
    },
    onError: tellTrouble,
  });
}

type PartProps = { policy: Policy; change: (part: Partial<Policy>) => void; disabled: boolean };

function ModeChoices({ policy, change, disabled }: PartProps) {
  return (
    <div role="radiogroup" aria-label="What is kept" className="grid gap-2 md:grid-cols-2">
      {CaptureMode.options.map((mode) => (
        <Choice
          key={mode}
          name="capture-mode"
          value={mode}
          title={captureWords[mode].title}
          checked={policy.mode === mode}
          disabled={disabled}
          onChoose={() => change({ mode })}
        >
          {captureWords[mode].sentence}
        </Choice>
      ))}
    </div>
  );
}

const keepDays = Policy.shape.keepDays.options.map(({ value }) => value);

function KeepFields({ policy, change, disabled }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="People who write to bots"
        hint="A pseudonym is the same at each of the workspace’s bots, and nowhere else."
      >
        {(described) => (
          <Select
            {...described}
            disabled={disabled}
            value={policy.people}
            onChange={({ target }) => change({ people: Policy.shape.people.parse(target.value) })}
          >
            <option value="pseudonyms">are told apart by pseudonyms</option>
            <option value="names">are told by name</option>
          </Select>
        )}
      </Field>
      <Field label="Text is kept for" hint="Then it is deleted. Counts are kept on.">
        {(described) => (
          <Select
            {...described}
            disabled={disabled}
            value={policy.keepDays}
            onChange={({ target }) => change({ keepDays: Policy.shape.keepDays.parse(Number(target.value)) })}
          >
            {keepDays.map((days) => (
              <option key={days} value={days}>
                {count(days, 'day')}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

type MoreProps = {
  open: boolean;
  bots: number;
  policy: Policy;
  busy: boolean;
  onCancel: () => void;
  onDo: () => void;
};

/** Whoever has more kept is told of how many bots. */
function MoreDialog({ open, bots, policy, busy, onCancel, onDo }: MoreProps) {
  const { title, sentence } = captureWords[policy.mode];
  return (
    <Dialog
      open={open}
      onClose={onCancel}
      title="More is kept then"
      lead={`It concerns ${count(bots, 'bot')} and everybody who writes to ${bots === 1 ? 'it' : 'them'}. Bots with a mode of their own keep to that.`}
    >
      <p className="mb-4 text-sm">
        <strong>{title}</strong>: {sentence} {policy.people === 'names' ? 'People are told by name.' : ''} Text is kept
        for {count(policy.keepDays, 'day')}.
      </p>
      <DialogButtons onCancel={onCancel} onDo={onDo} busy={busy}>
        Keep it so
      </DialogButtons>
    </Dialog>
  );
}
