import type { Team } from '@clawster/contract/team';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { StateWord } from '../../ui/state-word.tsx';
import { Phase } from '../bot/phase.tsx';

/** A team among others. */
export function TeamRow({ team, index }: { team: Team; index: number }) {
  const { id, name, lead, memberCount, open, held, goals } = team;
  return (
    <li data-row={index} className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3">
          <Link data-opens href={paths.team(id)} className="font-medium break-words after:absolute after:inset-0">
            {name}
          </Link>
          {held > 0 ? (
            <StateWord look={{ word: `${count(held, 'waits', 'wait')} for somebody`, tone: 'warn', shape: 'bars' }} />
          ) : null}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <span className="break-all">{lead.botName} leads</span>
          <Phase phase={lead.phase} />
        </p>
      </div>
      <dl className="flex gap-x-6 text-sm tabular-nums">
        <Figure name="Members" value={memberCount} />
        <Figure name="Open" value={open} />
        <Figure name="Goals" value={goals} />
      </dl>
    </li>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div className="min-w-14 text-right">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="font-medium">{value.toLocaleString('en')}</dd>
    </div>
  );
}
