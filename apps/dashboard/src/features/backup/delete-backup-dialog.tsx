'use client';

import type { Backup } from '@clawster/contract/backup';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { exactTime } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { useRefresh } from './use-operation.ts';

export function DeleteBackupDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const refresh = useRefresh();
  const remove = useMutation({
    mutationFn: () => client.backups.delete({ backupId: backup.id }),
    onSuccess: () => {
      refresh();
      onClose();
      tell(`The backup of ${exactTime(backup.createdAt)} is deleted.`);
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Delete this backup?"
      lead={`What ${backup.botName} knew on ${exactTime(backup.createdAt)} cannot be brought back from it any more.`}
    >
      <FormProblem message={remove.error ? sentenceOf(remove.error) : undefined} />
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          Delete for good
        </Button>
      </div>
    </Dialog>
  );
}
