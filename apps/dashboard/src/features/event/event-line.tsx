'use client';

import type { EventRecord } from '@clawster/contract/event';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Time } from '../../ui/time.tsx';
import { actorName, sayEvent } from './say-event.ts';

export function EventLine({ event }: { event: EventRecord }) {
  const isBot = event.type.startsWith('bot-') && event.type !== 'bot-removed' && event.subjectId;
  const name = event.subjectName ?? (event.subjectId ? event.subjectId.slice(0, 8) : '');
  const { before, after } = sayEvent(event);
  return (
    <li className="flex min-h-10 items-center gap-3 px-4 py-1.5 text-sm">
      <span className="min-w-0 flex-1 truncate">
        {before}
        {before ? ' ' : ''}
        {isBot ? (
          <Link href={paths.bot(event.subjectId as string)} className="font-medium hover:underline">
            {name}
          </Link>
        ) : (
          <span className="font-medium">{name}</span>
        )}
        {name ? ' ' : ''}
        <span className="text-muted">{after}</span>
      </span>
      <span className="hidden shrink-0 text-muted sm:block">{actorName(event.actor)}</span>
      <Time at={event.at} className="w-20 shrink-0 text-right text-muted" />
    </li>
  );
}
