'use client';

import type { Goal } from '@clawster/contract/goal';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

type GoalDialogProps = { teamId: string; leadName: string; goal?: Goal; onClose: () => void };

/** Sets a team a goal, or changes what one is about. */
export function GoalDialog({ teamId, leadName, goal, onClose }: GoalDialogProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => draftOf(goal));
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useChange({
    call: () => {
      const { dueOn, ...texts } = draft;
      const written = { ...texts, ...(dueOn ? { dueOn } : {}) };
      return goal ? client.goals.update({ goalId: goal.id, ...written }) : client.goals.create({ teamId, ...written });
    },
    nouns: ['goals', 'teams'],
    said: () =>
      goal ? 'The goal was changed.' : `${leadName} is asked for a plan. You look at it before anything begins.`,
    onDone: ({ id }) => {
      onClose();
      if (!goal) router.push(paths.team(teamId, 'goals', id));
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={goal ? `Change ${goal.title}` : 'Set a goal'}
      lead={goal ? undefined : `${leadName} proposes a plan for it. Nothing begins before you approve it.`}
    >
      <MutationForm mutation={save}>
        <TextField
          label="Goal"
          placeholder="Such as Answer every customer within an hour"
          maxLength={200}
          value={draft.title}
          onChange={(title) => change({ title })}
        />
        <TextField
          label="What belongs to it"
          hint="What the team should know, what it must not do."
          rows={5}
          maxLength={10_000}
          value={draft.text}
          onChange={(text) => change({ text })}
        />
        <TextField
          label="Reached when"
          hint="By what one sees it."
          maxLength={500}
          value={draft.measure}
          onChange={(measure) => change({ measure })}
        />
        <TextField label="By" type="date" value={draft.dueOn} onChange={(dueOn) => change({ dueOn })} />
        <DialogButtons
          onCancel={onClose}
          busy={save.isPending}
          whyNot={draft.title.trim() ? undefined : 'Say what is to be reached'}
        >
          {goal ? 'Save' : 'Set the goal'}
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

function draftOf(goal: Goal | undefined) {
  const { title = '', text = '', measure = '', dueOn = '' } = goal ?? {};
  return { title, text, measure, dueOn };
}
