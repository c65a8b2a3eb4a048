'use client';

import type { InboxDecision, InboxItemDetail } from '@clawster/contract/inbox';
import { Check, ListChecks, X } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useChange } from '../../lib/use-change.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { TextField } from '../../ui/text-field.tsx';

export type DecideProps = { item: InboxItemDetail; whyNot: string | undefined; onDecided: () => void };

const done: Record<InboxDecision, string> = {
  approve: 'It was approved, this once.',
  always: 'It was approved, and a rule lets the like through from now on.',
  refuse: 'It was refused. Whoever asks is told why.',
};

/** Approves once or always, or refuses with a reason; a and r do so by keys. */
export function DecideButtons({ item, whyNot, onDecided }: DecideProps) {
  const { id: itemId, contentHash, decisions } = item;
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const decide = useChange<InboxItemDetail, InboxDecision>({
    call: (decision) =>
      client.inbox.decide({
        itemId,
        decision,
        contentHash,
        ...(decision === 'refuse' ? { reason: reason.trim() } : {}),
      }),
    nouns: ['inbox', 'delegations', 'goals', 'teams', 'teamRules', 'budgets'],
    said: (_, decision) => done[decision],
    onDone: onDecided,
  });
  const may = (decision: InboxDecision) => decisions.includes(decision) && !whyNot && !decide.isPending;
  useHotkey('a', () => (may('approve') ? decide.mutate('approve') : undefined));
  useHotkey('r', (event) => {
    if (!may('refuse')) return;
    event.preventDefault();
    setRefusing(true);
  });
  return (
    <div className="space-y-3">
      <FormProblem message={decide.error ? sentenceOf(decide.error) : undefined} />
      {refusing ? (
        <form
          noValidate
          aria-label="Refuse it"
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            decide.mutate('refuse');
          }}
        >
          <TextField
            autoFocus
            label="Why it is refused"
            hint="Whoever asks reads it, and does otherwise."
            rows={3}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          <div className="flex justify-end gap-2">
            <Button look="quiet" onClick={() => setRefusing(false)}>
              Back
            </Button>
            <Button type="submit" look="danger" icon={<X />} busy={decide.isPending} whyNot={whyNot}>
              Refuse it
            </Button>
          </div>
        </form>
      ) : (
        <Buttons
          decisions={decisions}
          whyNot={whyNot}
          busy={decide.isPending ? decide.variables : undefined}
          onDo={(decision) => (decision === 'refuse' ? setRefusing(true) : decide.mutate(decision))}
        />
      )}
    </div>
  );
}

type ButtonsProps = {
  decisions: readonly InboxDecision[];
  whyNot: string | undefined;
  busy: InboxDecision | undefined;
  onDo: (decision: InboxDecision) => void;
};

function Buttons({ decisions, whyNot, busy, onDo }: ButtonsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {decisions.includes('approve') ? (
        <Button
          look="primary"
          icon={<Check />}
          whyNot={whyNot}
          busy={busy === 'approve'}
          onClick={() => onDo('approve')}
        >
          Approve once
        </Button>
      ) : null}
      {decisions.includes('always') ? (
        <Button
          icon={<ListChecks />}
          whyNot={whyNot}
          busy={busy === 'always'}
          title="A rule is made of it, that lets exactly the like through from now on"
          onClick={() => onDo('always')}
        >
          Approve always
        </Button>
      ) : null}
      {decisions.includes('refuse') ? (
        <Button look="danger" icon={<X />} whyNot={whyNot} onClick={() => onDo('refuse')}>
          Refuse…
        </Button>
      ) : null}
      <span className="hidden text-sm text-muted sm:inline">
        <Kbd>a</Kbd> approves once, <Kbd>r</Kbd> refuses
      </span>
    </div>
  );
}
