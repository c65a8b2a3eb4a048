'use client';

import type { EventRecord } from '@clawster/contract/event';
import { outcomeOf } from '@clawster/contract/event-outcome';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { exactTime } from '../../lib/time.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { outcomeWords } from './event-filter.ts';
import { actorName, sayEvent } from './say-event.ts';

/** All that is known of one event. */
export function EventDialog({ event, onClose }: { event: EventRecord; onClose: () => void }) {
  const { actor, onBehalfOf, origin, subjectName, subjectId, detail, at, sealed } = event;
  const { before, after } = sayEvent(event);
  const facts: [string, ReactNode][] = [
    ['When', exactTime(at)],
    ['Who', actor.kind === 'system' ? `Clawster (${actor.job})` : actorName(actor)],
    ['On behalf of', onBehalfOf && actorName(onBehalfOf)],
    ['About', subjectName ?? subjectId],
    ['Turn', typeof detail['turnId'] === 'string' && <TraceLink turnId={detail['turnId']} />],
    ['Outcome', outcomeWords[outcomeOf(event)]],
    ['From', origin?.address],
    ['With', origin?.userAgent],
    ['Request', origin?.requestId],
    ['Seal', sealed ? 'Part of the signed chain' : 'Not sealed yet: that takes a second'],
    ['Id', event.id],
  ];
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={[before, subjectName, after].filter(Boolean).join(' ')}
      lead={event.type}
    >
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {facts
          .filter(([, value]) => value !== undefined && value !== '' && value !== false)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
      </dl>
      <Changes detail={detail} />
    </Dialog>
  );
}

function TraceLink({ turnId }: { turnId: string }) {
  return (
    <Link href={paths.trace(turnId)} className="font-medium text-accent hover:underline">
      What it led to
    </Link>
  );
}

function Changes({ detail }: Pick<EventRecord, 'detail'>) {
  const { before, after } = detail as Record<'before' | 'after', Record<string, unknown> | undefined>;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  // What the table says is not said twice.
  const inTable = names.length > 0 ? ['changed', 'before', 'after'] : [];
  const others = Object.fromEntries(Object.entries(detail).filter(([name]) => !inTable.includes(name)));
  return (
    <div className="mt-4 space-y-4">
      {names.length > 0 ? (
        <table className="w-full table-fixed text-left text-sm">
          <thead className="text-xs text-muted">
            <tr>
              <th className="w-32 py-1 font-medium">Changed</th>
              <th className="py-1 font-medium">Before</th>
              <th className="py-1 font-medium">After</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {names.map((name) => (
              <tr key={name} className="align-top">
                <td className="py-1.5 pr-2 break-words">{name}</td>
                <td className="py-1.5 pr-2 break-words text-muted">{told(before?.[name])}</td>
                <td className="py-1.5 break-words">{told(after?.[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {Object.keys(others).length > 0 ? (
        // A region one can scroll must be reachable by keys.
        <pre
          tabIndex={0}
          aria-label="Details"
          role="region"
          className="max-h-60 overflow-auto rounded-md border border-line bg-ground p-3 font-mono text-xs"
        >
          {JSON.stringify(others, null, 2)}
        </pre>
      ) : null}
    </div>
  );
}

function told(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
