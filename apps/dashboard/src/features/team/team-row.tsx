import type { Team } from '@clawster/contract/team';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { LinkedRow } from '../../ui/linked-row.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Phase } from '../bot/phase.tsx';

/** A team among others. */
export function TeamRow({ team, index }: { team: Team; index: number }) {
  const { id, name, lead, memberCount, open, held, goals } = team;
  return (
    <LinkedRow
      index={index}
      href={paths.team(id)}
      title={name}
      marks={
        held > 0 ? (
          <StateWord look={{ word: `${count(held, 'waits', 'wait')} for somebody`, tone: 'warn', shape: 'bars' }} />
        ) : null
      }
      about={
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="break-all">{lead.botName} leads</span>
          <Phase phase={lead.phase} />
        </p>
      }
    >
      <dl className="flex gap-x-6 text-sm tabular-nums">
        <Figure name="Members" value={memberCount} />
        <Figure name="Open" value={open} />
        <Figure name="Goals" value={goals} />
      </dl>
    </LinkedRow>
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
