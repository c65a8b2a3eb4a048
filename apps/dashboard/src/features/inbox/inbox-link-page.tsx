'use client';

import { api } from '@clawster/contract/api';
import type { OutputOf } from '@clawster/contract/route';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, Send, X } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Until } from '../../ui/time.tsx';
import { WrittenText } from '../delegation/written-text.tsx';
import { DoorHeading } from '../password-reset/door-heading.tsx';
import { useTokenOfAddress } from '../session/use-token-of-address.ts';
import { stateLooks } from './inbox-looks.ts';

type Seen = OutputOf<typeof api.inbox.seeLink>;

/** Where a link from a message leads: shows what it is about, and decides it once, in the name of whom it was sent to. */
export function InboxLinkPage() {
  const token = useTokenOfAddress();
  const seen = useQuery({ ...q(api.inbox.seeLink, { token: token ?? '' }), enabled: !!token, retry: false });
  if (token === '')
    return (
      <DoorHeading title="Open the whole link">
        The link has a one-time token in it, which is missing here. Open it as it stands in the message.
      </DoorHeading>
    );
  if (seen.error)
    return (
      <>
        <DoorHeading title="This link is not good any more">
          It was used, or what it is about is over. What waits stands in the inbox.
        </DoorHeading>
        <Trouble message={sentenceOf(seen.error)} />
      </>
    );
  if (!token || !seen.data) return <Skeleton className="h-96 w-full" />;
  return <Known token={token} seen={seen.data} />;
}

type Used = { decision: 'approve' | 'refuse' } | { answer: string };

function Known({ token, seen }: { token: string; seen: Seen }) {
  const { title, content, contentHash, workspaceName, personName, expiresAt, state } = seen;
  const [reason, setReason] = useState('');
  const use = useMutation({
    mutationFn: (used: Used) => client.inbox.useLink({ token, contentHash, reason: reason.trim(), ...used }),
  });
  const decided = use.data?.state ?? (state === 'open' ? undefined : state);
  if (decided)
    return (
      <DoorHeading title={stateLooks[decided].word}>
        {title}. {use.data ? 'You may close this page.' : 'It was decided already.'}
      </DoorHeading>
    );
  return (
    <>
      <DoorHeading title={title}>
        In {workspaceName}, in the name of {personName}
        {expiresAt ? (
          <>
            , until <Until at={expiresAt} />
          </>
        ) : null}
        . The link works once.
      </DoorHeading>
      <div className="space-y-4">
        {content.map(({ label, text, untrusted }) => (
          <WrittenText key={label} label={label} text={text} untrusted={untrusted} />
        ))}
        <FormProblem message={use.error ? sentenceOf(use.error) : undefined} />
        <Ways seen={seen} reason={reason} onReason={setReason} busy={use.isPending} onUse={use.mutate} />
      </div>
    </>
  );
}

type WaysProps = {
  seen: Seen;
  reason: string;
  onReason: (text: string) => void;
  busy: boolean;
  onUse: (used: Used) => void;
};

function Ways({ seen: { decisions, isQuestion, choices }, reason, onReason, busy, onUse }: WaysProps) {
  const [answer, setAnswer] = useState('');
  if (isQuestion)
    return (
      <>
        <div className="flex flex-wrap gap-2">
          {choices.map((choice) => (
            <Button key={choice} aria-pressed={answer === choice} onClick={() => setAnswer(choice)}>
              {choice}
            </Button>
          ))}
        </div>
        <TextField label="Your answer" rows={3} maxLength={10_000} value={answer} onChange={setAnswer} />
        <Button
          look="primary"
          icon={<Send />}
          busy={busy}
          whyNot={answer.trim() ? undefined : 'Write an answer'}
          onClick={() => onUse({ answer: answer.trim() })}
        >
          Answer
        </Button>
      </>
    );
  return (
    <>
      <TextField
        label="Why, where it is refused"
        hint="Whoever asks reads it. May be empty."
        maxLength={500}
        value={reason}
        onChange={onReason}
      />
      <div className="flex flex-wrap gap-2">
        {decisions.includes('approve') ? (
          <Button look="primary" icon={<Check />} busy={busy} onClick={() => onUse({ decision: 'approve' })}>
            Approve once
          </Button>
        ) : null}
        {decisions.includes('refuse') ? (
          <Button look="danger" icon={<X />} busy={busy} onClick={() => onUse({ decision: 'refuse' })}>
            Refuse it
          </Button>
        ) : null}
      </div>
    </>
  );
}
