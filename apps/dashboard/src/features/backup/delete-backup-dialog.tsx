'use client';

import type { Backup } from '@clawster/contract/backup';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { exactTime } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
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
    <DeleteDialog
      title="Delete this backup?"
      lead={`What ${backup.botName} knew on ${exactTime(backup.createdAt)} cannot be brought back from it any more.`}
      verb="Delete for good"
      remove={remove}
      onClose={onClose}
    />
  );
}
