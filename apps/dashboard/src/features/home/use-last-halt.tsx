'use client';

import { api } from '@clawster/contract/api';
import type { EventRecord } from '@clawster/contract/event';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { count } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Time } from '../../ui/time.tsx';
import { useBotCounts } from '../bot/use-bot-counts.ts';
import { actorName } from '../event/say-event.ts';
import type { OtherTrouble } from './use-attention.tsx';

const dayMs = 86_400_000;

/** An emergency stop of the last day that still holds; `known` once it is known whether there is one. */
export function useLastHalt(): { known: boolean; trouble: OtherTrouble | undefined } {
  const { data, isPending } = useQuery(q(api.events.list, { type: 'fleet-halted', limit: 1 }));
  const { counts, isSettled } = useBotCounts();
  const now = useNow(60_000);
  const event = data?.items[0];
  const isRecent = event !== undefined && now - new Date(event.at).getTime() < dayMs;
  if (isPending || (isRecent && !isSettled)) return { known: false, trouble: undefined };
  return { known: true, trouble: isRecent && counts ? troubleOf(event, counts.phases) : undefined };
}

function troubleOf(event: EventRecord, counts: { paused: number; stopped: number }): OtherTrouble | undefined {
  const { mode, bots } = event.detail;
  const phase = mode === 'pause' ? 'paused' : 'stopped';
  if (counts[phase] === 0 || bots === 0) return undefined;
  return {
    key: event.id,
    state: <span className="text-sm font-medium text-warn">Holds</span>,
    name: 'Emergency stop',
    cause: (
      <>
        {actorName(event.actor)} {phase} {typeof bots === 'number' ? count(bots, 'bot') : 'bots'} <Time at={event.at} />
        . {count(counts[phase], 'bot is', 'bots are')} {phase} until someone {mode === 'pause' ? 'resumes' : 'starts'}{' '}
        them.
      </>
    ),
    fix: <ButtonLink href={mode === 'pause' ? paths.botsToResume : paths.botsToStart}>See the {phase} bots</ButtonLink>,
  };
}
