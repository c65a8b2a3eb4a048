'use client';

import type { Bot } from '@clawster/contract/bot';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { paths } from '../../../lib/paths.ts';
import { Popover } from '../../../ui/popover.tsx';
import { Time } from '../../../ui/time.tsx';
import { Phase } from '../phase.tsx';
import { BotActions } from './bot-actions.tsx';
import { EvidenceList } from './evidence-list.tsx';

/** Who it is, how it is and why, since when, and what can be done about it. */
export function BotHeader({ bot }: { bot: Bot }) {
  const { status } = bot;
  return (
    <header className="flex min-h-[5.5rem] flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-6">
      <div className="min-w-0 basis-72 flex-1">
        <div className="flex items-center gap-1.5">
          <Link href={paths.bots} className="text-sm text-muted hover:text-text">
            Bots
          </Link>
          <ChevronRight aria-hidden className="size-3.5 text-faint" />
          <h1 className="truncate text-xl font-semibold tracking-tight">{bot.name}</h1>
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
          <Phase phase={status.phase} pill />
          <span aria-live="polite">
            <Link href={paths.bot(bot.id, 'health')} className="underline-offset-2 hover:underline">
              {status.reason}
            </Link>
          </span>
          <span className="text-muted">
            since <Time at={status.since} />
          </span>
          <Popover
            title="Why this phase"
            trigger={
              <button type="button" className="text-accent underline underline-offset-2">
                Evidence
              </button>
            }
          >
            <EvidenceList evidence={status.evidence} />
          </Popover>
        </div>
      </div>
      <BotActions bot={bot} />
    </header>
  );
}
