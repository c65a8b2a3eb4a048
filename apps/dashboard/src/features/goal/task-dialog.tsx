'use client';

import type { Task } from '@clawster/contract/goal';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { whyNotCapabilities } from '../team/place-fields.tsx';

/** Changes a task that nobody works at. */
export function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { id: taskId, assigneeName } = task;
  const [draft, setDraft] = useState({
    title: task.title,
    text: task.text,
    capability: task.capability ?? '',
    dueOn: task.dueOn ?? '',
  });
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useChange({
    call: () => {
      const { title, text, capability, dueOn } = draft;
      const isOther = capability.trim() !== (task.capability ?? '');
      return client.goals.updateTask({
        taskId,
        title: title.trim(),
        text: text.trim(),
        dueOn: dueOn || null,
        ...(isOther ? { capability: capability.trim() || null, assigneeId: null } : {}),
      });
    },
    nouns: ['goals'],
    said: () => `${draft.title} was changed.`,
    onDone: onClose,
  });
  const whyNot =
    whyNotCapabilities(draft.capability) ??
    (draft.title.trim() && draft.text.trim() ? undefined : 'Fill in both texts');
  return (
    <Dialog open wide onClose={onClose} title={`Change ${task.title}`}>
      <MutationForm mutation={save}>
        <TextField label="Title" maxLength={200} value={draft.title} onChange={(title) => change({ title })} />
        <TextField
          label="What is to be done"
          rows={6}
          maxLength={10_000}
          value={draft.text}
          onChange={(text) => change({ text })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Whoever can do"
            hint={`Now: ${assigneeName ?? 'the lead'}. Empty: the lead.`}
            error={whyNotCapabilities(draft.capability)}
            value={draft.capability}
            onChange={(capability) => change({ capability })}
          />
          <TextField label="By" type="date" value={draft.dueOn} onChange={(dueOn) => change({ dueOn })} />
        </div>
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNot}>
          Save
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
