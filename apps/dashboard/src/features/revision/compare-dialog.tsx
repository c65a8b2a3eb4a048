'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { ValueChanges } from '../configuration/value-changes.tsx';

type CompareDialogProps = { bot: Bot; since: number; number: number; onClose: () => void };

/** What differs between two revisions: in what the bot was to be, and in what its layers came to. */
export function CompareDialog({ bot, since, number, onClose }: CompareDialogProps) {
  const { data, error, refetch } = useQuery(q(api.revisions.compare, { botId: bot.id, number, since }));
  return (
    <Dialog open wide onClose={onClose} title={`From revision ${since} to ${number} of ${bot.name}`}>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton className="h-24 w-full" /> : null}
      {data?.changes.length === 0 ? (
        <p className="text-sm text-muted">Nothing that OpenClaw or the model is told differs.</p>
      ) : null}
      {data ? <ValueChanges changes={data.changes} /> : null}
    </Dialog>
  );
}
