'use client';

import type { EventRecord } from '@clawster/contract/event';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Time } from '../../ui/time.tsx';
import { actorName, sayEvent } from './say-event.ts';

/** One event, or several that say the same, in a sentence. */
export function EventLine({ events }: { events: readonly EventRecord[] }) {
  const [event] = events;
  if (!event) return null;
  const { before, after } = sayEvent(event);
  const names = [...new Set(events.map(nameOf))];
  const others = names.length - 1;
  return (
    <li className="flex min-h-10 items-center gap-3 px-4 py-1.5 text-sm">
      <span className="min-w-0 flex-1 truncate" title={others > 0 ? names.join(', ') : undefined}>
        {before}
        {before ? ' ' : ''}
        <Subject event={event} />
        {others > 0 ? ` and ${others} more` : ''}
        {names[0] ? ' ' : ''}
        <span className="text-muted">{others > 0 ? ofMany(after) : after}</span>
      </span>
      <span className="hidden shrink-0 text-muted sm:block">{actorName(event.actor)}</span>
      <Time at={event.at} className="w-20 shrink-0 text-right text-muted" />
    </li>
  );
}

function Subject({ event }: { event: EventRecord }) {
  const isBot = event.type.startsWith('bot-') && event.type !== 'bot-removed' && event.subjectId;
  return isBot ? (
    <Link href={paths.bot(event.subjectId as string)} className="font-medium hover:underline">
      {nameOf(event)}
    </Link>
  ) : (
    <span className="font-medium">{nameOf(event)}</span>
  );
}

function nameOf({ subjectName, subjectId }: EventRecord): string {
  return subjectName ?? subjectId?.slice(0, 8) ?? '';
}

function ofMany(after: string): string {
  return after.replace(/^was /, 'were ').replace(/^is /, 'are ');
}
