'use client';

import type { InboxItemDetail } from '@clawster/contract/inbox';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { DecideProps } from './decide-buttons.tsx';

/** Answers what a bot asks, in words or by one of its choices. */
export function AnswerForm({ item, whyNot, onDecided }: DecideProps) {
  const { id: itemId, contentHash, choices } = item;
  const [text, setText] = useState('');
  const answer = useChange<InboxItemDetail>({
    call: () => client.inbox.answer({ itemId, contentHash, answer: text.trim() }),
    nouns: ['inbox', 'delegations', 'goals', 'teams'],
    said: () => 'The bot was answered.',
    onDone: onDecided,
  });
  return (
    <MutationForm mutation={answer} className="space-y-3">
      {choices.length > 0 ? (
        <div className="flex flex-wrap gap-2" role="group" aria-label="Answers it offers">
          {choices.map((choice) => (
            <Button key={choice} aria-pressed={text === choice} onClick={() => setText(choice)}>
              {choice}
            </Button>
          ))}
        </div>
      ) : null}
      <TextField label="Your answer" rows={3} maxLength={10_000} value={text} onChange={setText} />
      <div className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          icon={<Send />}
          busy={answer.isPending}
          whyNot={whyNot ?? (text.trim() ? undefined : 'Write an answer')}
        >
          Answer
        </Button>
      </div>
    </MutationForm>
  );
}
