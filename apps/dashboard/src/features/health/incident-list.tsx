'use client';

import type { Incident } from '@clawster/contract/health';
import Link from 'next/link';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { roughly } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Skeleton } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';

const Story = lazily(
  () => import('./incident-story.tsx').then((module) => module.Story),
  <Skeleton className="h-24 w-full" />,
);

type ListProps = { incidents: readonly Incident[]; empty: string; isOfOneBot?: boolean };

/** Incidents, the latest first; each tells its story when it is opened. */
export function IncidentList({ incidents, empty, isOfOneBot = false }: ListProps) {
  if (incidents.length === 0) return <p className="p-4 text-sm text-muted">{empty}</p>;
  return (
    <ul className="divide-y divide-line" aria-label="Incidents">
      {incidents.map((incident) => (
        <IncidentRow key={incident.id} incident={incident} isOfOneBot={isOfOneBot} />
      ))}
    </ul>
  );
}

function IncidentRow({ incident, isOfOneBot }: { incident: Incident; isOfOneBot: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { id, botId, botName, cause, why, beganAt, endedAt } = incident;
  const now = useNow();
  const lastedMs = (endedAt ? new Date(endedAt).getTime() : now) - new Date(beganAt).getTime();
  return (
    <li className="px-4 py-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {isOfOneBot ? null : (
          <Link href={paths.bot(botId, 'health')} className="font-medium hover:underline">
            {botName}
          </Link>
        )}
        <span className="font-medium">{cause.text}</span>
        {endedAt ? (
          <StateWord look={{ word: 'Over', tone: 'off', shape: 'square' }} />
        ) : (
          <StateWord look={{ word: 'Open', tone: 'bad', shape: 'cross' }} />
        )}
        <span className="text-muted">
          began <Time at={beganAt} />, {endedAt ? 'lasted' : 'lasts'}{' '}
          <span suppressHydrationWarning>{roughly(lastedMs)}</span>
        </span>
      </p>
      {why === cause.text ? null : <p className="break-words text-muted">{why}</p>}
      <details className="mt-1" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="w-fit cursor-pointer text-accent">
          What happened<span className="sr-only"> to {botName}</span>
        </summary>
        {isOpen ? <Story incidentId={id} /> : null}
      </details>
    </li>
  );
}
