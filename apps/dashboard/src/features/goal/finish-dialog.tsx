'use client';

import type { Task } from '@clawster/contract/goal';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Takes a task as done, with what came of it. */
export function FinishDialog({ task: { id: taskId, title }, onClose }: { task: Task; onClose: () => void }) {
  const [result, setResult] = useState('');
  const finish = useChange({
    call: () => client.goals.finishTask({ taskId, result: result.trim() }),
    nouns: ['goals', 'delegations'],
    said: () => `${title} is done.`,
    onDone: onClose,
  });
  return (
    <Dialog open onClose={onClose} title={`Take ${title} as done`} lead="A bot that works at it is stopped.">
      <MutationForm mutation={finish}>
        <TextField
          label="What came of it"
          hint="What comes after it is told so. May be empty."
          rows={5}
          maxLength={20_000}
          value={result}
          onChange={setResult}
        />
        <DialogButtons onCancel={onClose} busy={finish.isPending}>
          It is done
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
