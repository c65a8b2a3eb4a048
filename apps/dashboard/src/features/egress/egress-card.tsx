'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { type BotEgress, EgressHost, type RefusedPlace } from '@clawster/contract/egress';
import { sayReason } from '@clawster/domain/egress/say-reason';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { hostsOf, type SettingsDraft, withHosts } from '../configuration/settings-draft.ts';

type EgressCardProps = { bot: Bot; draft: SettingsDraft; onChange: (draft: SettingsDraft) => void };

/** Where a bot may connect to as it is saved, whether that is kept to, and what it was refused, which can be allowed. */
export function EgressCard({ bot, draft, onChange }: EgressCardProps) {
  const { data, error, refetch } = useQuery(q(api.bots.egress, { botId: bot.id }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-40 w-full" />;
  const hosts = hostsOf(draft.settings);
  const allow = (place: string) => onChange(withHosts(draft, { ...hosts, own: [...hosts.own, place] }));
  return (
    <Card title="Where it connects to" flush>
      <Kept egress={data} />
      <Places title="At public addresses" places={data.allowed} />
      <Places title="Also on a private network" places={data.inside} />
      {data.refused.length > 0 ? <Refused refused={data.refused} named={hosts.own} onAllow={allow} /> : null}
    </Card>
  );
}

function Kept({ egress: { keptAt, refused } }: { egress: BotEgress }) {
  return (
    <p className="border-b border-line px-4 py-3 text-sm">
      {keptAt ? (
        <>
          Its target keeps it to these hosts; it was told them <Time at={keptAt} />.{' '}
          {refused.length === 0 ? 'Nothing was refused in the last week.' : ''}
        </>
      ) : (
        'Its target confines no bot: it can connect to anything. These are the hosts it would be kept to elsewhere.'
      )}
    </p>
  );
}

function Places({ title, places }: { title: string; places: readonly string[] }) {
  if (places.length === 0) return null;
  return (
    <section aria-label={title} className="border-b border-line px-4 py-3 last:border-b-0">
      <h3 className="text-sm text-muted">{title}</h3>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 font-mono text-xs">
        {places.map((place) => (
          <li key={place} className="break-all">
            {place}
          </li>
        ))}
      </ul>
    </section>
  );
}

type RefusedProps = { refused: readonly RefusedPlace[]; named: readonly string[]; onAllow: (place: string) => void };

function Refused({ refused, named, onAllow }: RefusedProps) {
  return (
    <section aria-label="Refused in the last week">
      <h3 className="px-4 pt-3 text-sm text-muted">Refused in the last week</h3>
      <ul className="divide-y divide-line text-sm">
        {refused.map((one) => (
          <li
            key={`${one.place} ${one.firstAt}`}
            className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2"
          >
            <span className="min-w-0">
              <span className="font-mono text-xs break-all">{one.place}</span>{' '}
              <span className="text-muted">
                {sayReason(one.reason)}; {one.count === 1 ? 'once' : `${one.count.toLocaleString('en')} times`}, last{' '}
                <Time at={one.lastAt} />
              </span>
            </span>
            {isNameable(one) ? (
              <Button
                look="quiet"
                aria-label={`Allow ${one.place}`}
                whyNot={named.includes(one.place) ? 'It is among its hosts now: review and save' : undefined}
                onClick={() => onAllow(one.place)}
              >
                Allow…
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function isNameable({ reason, place }: RefusedPlace): boolean {
  return reason === 'not-allowed' && EgressHost.safeParse(place).success;
}
