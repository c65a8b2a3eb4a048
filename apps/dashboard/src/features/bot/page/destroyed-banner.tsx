'use client';

import type { Bot } from '@clawster/contract/bot';
import { ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../../lib/lazily.tsx';
import { tellTrouble } from '../../../lib/toast.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import { Until } from '../../../ui/time.tsx';
import { isNameTaken } from '../is-name-taken.ts';
import { useWhyNot } from '../use-why-not.ts';
import { useRestore } from './use-restore.ts';

const RestoreDialog = lazily(() => import('./restore-dialog.tsx').then((module) => module.RestoreDialog));

/** That the bot is gone, how long it can be had back, and the way to have it back. */
export function DestroyedBanner({ bot }: { bot: Bot }) {
  const [renaming, setRenaming] = useState(false);
  const restore = useRestore(bot);
  const whyNot = useWhyNot();
  const now = useNow();
  const until = bot.stateKeptUntil;
  const isKept = until !== undefined && new Date(until).getTime() > now;
  const onError = (error: Error) => (isNameTaken(error) ? setRenaming(true) : tellTrouble(error));
  return (
    <div
      role="region"
      aria-label="Destroyed bot"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-y border-line bg-off-soft px-4 py-2.5 sm:px-6"
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">
          {bot.status.phase === 'destroyed' ? 'Destroyed' : 'Being destroyed'}; its state{' '}
          {isKept ? (
            <>
              is kept until <Until at={until} />
            </>
          ) : (
            'is kept no longer'
          )}
        </p>
        <p className="text-sm text-muted">
          {isKept
            ? 'Restored, it starts again with its conversations, memory and files.'
            : 'There is nothing left to restore.'}
        </p>
      </div>
      {isKept ? (
        <Button
          look="primary"
          icon={<ArchiveRestore />}
          busy={restore.isPending}
          whyNot={whyNot('restore', bot)}
          onClick={() => restore.mutate(undefined, { onError })}
        >
          Restore
        </Button>
      ) : null}
      {renaming ? <RestoreDialog bot={bot} onClose={() => setRenaming(false)} /> : null}
    </div>
  );
}
