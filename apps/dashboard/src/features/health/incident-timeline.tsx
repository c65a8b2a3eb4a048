import type { Incident } from '@clawster/contract/health';
import { clsx } from 'clsx';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { count, shortTime } from '../../lib/time.ts';

const botsMax = 12;

type TimelineProps = { incidents: readonly Incident[]; from: number; until: number };

/** A line for each bot, with a bar for each time it was not well: what began together stands together. */
export function IncidentTimeline({ incidents, from, until }: TimelineProps) {
  const byBot = [...Map.groupBy(incidents, ({ botId }) => botId).values()];
  const hidden = byBot.length - botsMax;
  return (
    <div className="border-b border-line px-4 py-3">
      <ul className="space-y-1.5" aria-label="Incidents over time">
        {byBot.slice(0, botsMax).map((ofBot) => (
          <Lane key={ofBot[0]?.botId} incidents={ofBot} from={from} until={until} />
        ))}
      </ul>
      <p className="mt-2 flex justify-between text-xs text-muted sm:pl-36">
        <span suppressHydrationWarning>{shortTime(new Date(from).toISOString())}</span>
        <span>now</span>
      </p>
      {hidden > 0 ? <p className="text-xs text-muted">and {count(hidden, 'more bot')} in the list</p> : null}
    </div>
  );
}

function Lane({ incidents, from, until }: TimelineProps) {
  const [first] = incidents;
  if (!first) return null;
  const seconds = incidents.reduce((sum, incident) => sum + lastedMs(incident, until), 0) / 1000;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return (
    <li className="flex flex-col gap-x-3 sm:flex-row sm:items-center">
      <Link href={paths.bot(first.botId, 'health')} className="w-33 shrink-0 truncate text-sm hover:underline">
        {first.botName}
      </Link>
      <div
        role="img"
        aria-label={`${count(incidents.length, 'incident')}, ${count(minutes, 'minute')} in all`}
        className="relative h-3 flex-1 rounded-sm bg-hover"
      >
        {incidents.map((incident) => (
          <Bar key={incident.id} incident={incident} from={from} until={until} />
        ))}
      </div>
    </li>
  );
}

function Bar({ incident, from, until }: { incident: Incident; from: number; until: number }) {
  const begin = Math.max(from, new Date(incident.beganAt).getTime());
  const end = begin + lastedMs({ ...incident, beganAt: new Date(begin).toISOString() }, until);
  const percent = (time: number) => (100 * (time - from)) / (until - from);
  return (
    <span
      title={incident.cause.text}
      className={clsx('absolute inset-y-0 min-w-1 rounded-sm', incident.endedAt ? 'bg-bad/60' : 'bg-bad')}
      style={{ left: `${Math.min(99, percent(begin))}%`, width: `${percent(end) - percent(begin)}%` }}
    />
  );
}

function lastedMs({ beganAt, endedAt }: Incident, until: number): number {
  return Math.max(0, (endedAt ? new Date(endedAt).getTime() : until) - new Date(beganAt).getTime());
}
