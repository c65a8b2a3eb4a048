'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { paths } from '../../lib/paths.ts';
import { bytes } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Time, Until } from '../../ui/time.tsx';
import { Phase } from './phase.tsx';

export const rowColumns =
  'grid items-center gap-x-3 px-2 sm:px-4 grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,1.3fr)] sm:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,1.6fr)_5.5rem] md:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,1.6fr)_5rem_5.5rem] lg:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,1.8fr)_minmax(0,0.8fr)_5rem_5.5rem]';

type BotRowProps = {
  bot: ListedBot;
  index: number;
  selected: boolean;
  current: boolean;
  onToggle: (botId: string) => void;
};

/** One bot: what it is called, how it is and why, since when. */
export const BotRow = memo(function BotRow({ bot, index, selected, current, onToggle }: BotRowProps) {
  const { status, spec } = bot;
  const reason = isGone(bot) ? <KeptUntil bot={bot} /> : status.reason;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={clsx(
        rowColumns,
        'relative h-full border-b border-line hover:bg-hover',
        selected && 'bg-accent-soft',
        current && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <span role="cell" className="relative z-10 flex justify-center">
        <input
          type="checkbox"
          aria-label={`Select ${bot.name}`}
          className="size-4 accent-accent"
          checked={selected}
          onChange={() => onToggle(bot.id)}
        />
      </span>
      <span role="cell" className="min-w-0">
        {/* The link covers the row, so that a click anywhere opens the bot. */}
        <Link
          href={paths.bot(bot.id)}
          prefetch={false}
          data-opens
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {bot.name}
        </Link>
        <span className="block truncate text-xs text-muted">{bot.targetName}</span>
      </span>
      <span role="cell" className="min-w-0">
        <span className="block">
          <Phase phase={status.phase} />
        </span>
        <span className="block truncate text-xs text-muted" title={status.reason}>
          {reason}
        </span>
      </span>
      <span role="cell" className="hidden min-w-0 lg:block">
        <span className="block truncate">{spec.model}</span>
        <span className="block truncate text-xs text-muted">{bot.connectorName}</span>
      </span>
      <span role="cell" className="hidden text-right text-muted md:block">
        {status.memoryBytes ? bytes(status.memoryBytes) : '–'}
      </span>
      <span role="cell" className="relative z-10 hidden justify-self-end text-right text-muted sm:block">
        <Time at={status.since} />
      </span>
    </div>
  );
});

function isGone({ spec, status }: ListedBot): boolean {
  return spec.desired === 'destroyed' && status.phase === 'destroyed';
}

/** Of a destroyed bot only this is still of interest. */
function KeptUntil({ bot }: { bot: ListedBot }) {
  const { stateKeptUntil: until } = bot;
  const now = useNow(60_000);
  const isKept = until !== undefined && new Date(until).getTime() > now;
  return isKept ? (
    <>
      Can be restored until <Until at={until} />
    </>
  ) : (
    'Its state is kept no longer'
  );
}
