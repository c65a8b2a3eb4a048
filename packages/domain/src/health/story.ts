import type { EventRecord, EventType } from '@clawster/contract/event';
import type { StoryLine } from '@clawster/contract/health';

type Happened = Pick<EventRecord, 'type' | 'detail'> & { at: Date };
type Told = { beganAt: Date; cause: string; endedAt?: Date | undefined; ending?: 'recovered' | 'muted' | undefined };

/** What may explain an incident, in words. Who did it is told by the events, to those who may read them. */
const changes: Partial<Record<EventType, string>> = {
  'bot-created': 'It was made',
  'bot-updated': 'What it should be was changed',
  'bot-reconfigured': 'A change of its templates, profiles or channels reached it',
  'bot-rolled-back': 'It was rolled back to an earlier revision',
  'bot-started': 'It was started',
  'bot-stopped': 'It was stopped',
  'bot-paused': 'It was paused',
  'bot-resumed': 'It was resumed',
  'bot-restarted': 'It was restarted',
  'bot-redeployed': 'It was redeployed',
  'bot-repaired': 'It was repaired',
  'bot-restored': 'It was restored',
  'bot-moved': 'It was moved to another target',
  'bot-egress-refused': 'It was refused a host that it may not reach',
  'bot-drifted': 'Somebody else changed it on its host',
  'bot-drift-reverted': 'What was changed on its host was put back',
  'bot-drift-adopted': 'What was changed on its host was taken over',
  'revision-judged': 'Its last change turned out bad',
  'secret-delivered': 'A new version of a secret reached it',
};
export const storyTypes = [...(Object.keys(changes) as EventType[]), 'bot-phase-changed' as const];

/** An incident as a story: what led to it, what it was like and how it ended, in order. */
export function storyOf({ beganAt, cause, endedAt, ending }: Told, events: readonly Happened[]): StoryLine[] {
  const lines = [
    { at: beganAt, kind: 'began' as const, text: cause },
    ...events.map((event) => ({ at: event.at, ...lineOf(event) })),
    ...(endedAt ? [{ at: endedAt, kind: 'ended' as const, text: endings[ending ?? 'recovered'] }] : []),
  ];
  return lines
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, ...line }) => ({ at: at.toISOString(), ...line }));
}

const endings = {
  recovered: 'Well again, and it lasted',
  muted: 'Somebody stopped or paused it',
};

function lineOf({ type, detail }: Happened): Pick<StoryLine, 'kind' | 'text'> {
  if (type !== 'bot-phase-changed') return { kind: 'change', text: changes[type] ?? type };
  const { to, reason } = detail as { to?: string; reason?: string };
  const phase = to ? `${to.charAt(0).toUpperCase()}${to.slice(1)}` : 'Another phase';
  return { kind: 'phase', text: reason && reason !== phase ? `${phase}: ${reason}` : phase };
}
