'use client';

import type { Backup } from '@clawster/contract/backup';
import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyNot } from '../bot/use-why-not.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { DeleteBackupDialog } from './delete-backup-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { useBegin, useOperation } from './use-operation.ts';

/** What is kept of the bot's state, and the ways to make more of it and to have it back. */
export function Backups({ bot }: { bot: Bot }) {
  const { data, error, refetch } = useQuery(q(api.backups.list, { botId: bot.id, limit: 200 }));
  return (
    <div className="mx-auto max-w-3xl space-y-5 p-4 sm:p-6">
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <Card title={data ? count(data.total, 'backup') : 'Backups'} actions={<BackUpButton bot={bot} />} flush>
        {data ? <BackupList bot={bot} backups={data.items} /> : <Skeleton className="m-4 h-16" />}
      </Card>
    </div>
  );
}

function BackUpButton({ bot }: { bot: Bot }) {
  const begin = useBegin((botId: string) => client.backups.create({ botId }));
  const current = useOperation(bot.id);
  const isBusy = current !== undefined && !current.endedAt;
  return (
    <Button
      look="primary"
      icon={<Archive />}
      busy={begin.isPending}
      whyNot={
        useWhyNot()('backup', bot) ?? (isBusy ? 'Wait until what is being done with its state is over' : undefined)
      }
      onClick={() => begin.mutate(bot.id, { onError: tellTrouble })}
    >
      Back up now
    </Button>
  );
}

function BackupList({ bot, backups }: { bot: Bot; backups: Backup[] }) {
  if (backups.length === 0)
    return (
      <Empty icon={<Archive />} title="No backup yet">
        A backup holds what the bot knows and made: conversations, memory, its workspace. It is encrypted, holds no
        secret, and can be taken while the bot works.
      </Empty>
    );
  return (
    <ul className="divide-y divide-line">
      {backups.map((backup) => (
        <BackupRow key={backup.id} bot={bot} backup={backup} />
      ))}
    </ul>
  );
}

function BackupRow({ bot, backup }: { bot: Bot; backup: Backup }) {
  const [open, setOpen] = useState<'restore' | 'delete'>();
  const forbidden = whyForbidden(useIdentity(), 'backup:manage', bot);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">
          <Time at={backup.createdAt} />
        </p>
        <p className="text-sm text-muted">
          {size(backup.bytes)} · OpenClaw {backup.runtimeVersion}
        </p>
      </div>
      <div className="flex gap-2">
        <Button icon={<ArchiveRestore />} whyNot={forbidden} onClick={() => setOpen('restore')}>
          Restore…
        </Button>
        <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={() => setOpen('delete')}>
          Delete
        </Button>
      </div>
      {open === 'restore' ? <RestoreDialog bot={bot} backup={backup} onClose={() => setOpen(undefined)} /> : null}
      {open === 'delete' ? <DeleteBackupDialog backup={backup} onClose={() => setOpen(undefined)} /> : null}
    </li>
  );
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
