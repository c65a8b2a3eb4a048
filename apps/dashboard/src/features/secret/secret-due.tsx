import type { Secret } from '@clawster/contract/secret';
import { warningDays } from '@clawster/domain/secret/due';
import { useNow } from '../../lib/use-now.ts';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Until } from '../../ui/time.tsx';

const dayMs = 86_400_000;
/** How urgent another value is, in a word, a shape and a colour. */
export const dueLooks = {
  rotating: { word: 'Being rotated', tone: 'warn', shape: 'ring', moving: true },
  expired: { word: 'Expired', tone: 'bad', shape: 'cross' },
  overdue: { word: 'Overdue', tone: 'bad', shape: 'triangle' },
  soon: { word: 'Soon', tone: 'warn', shape: 'triangle' },
  later: { word: 'Fine', tone: 'ok', shape: 'disc' },
} satisfies Record<string, Look>;

type Dated = Pick<Secret, 'dueAt' | 'expiresAt' | 'rotationId'>;

/** How urgent another value is; undefined where nothing says that there should be one. */
export function dueState({ dueAt, expiresAt, rotationId }: Dated, now: number): keyof typeof dueLooks | undefined {
  if (rotationId) return 'rotating';
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired';
  if (!dueAt) return undefined;
  const left = Date.parse(dueAt) - now;
  if (left <= 0) return 'overdue';
  return left <= warningDays * dayMs ? 'soon' : 'later';
}

/** When a secret is to be replaced: in a word, a shape and a colour, and the day. */
export function SecretDue({ secret }: { secret: Secret }) {
  const state = dueState(secret, useNow(60_000));
  if (!state) return <span className="text-muted">when you like</span>;
  const at = state === 'expired' ? secret.expiresAt : secret.dueAt;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <StateWord look={dueLooks[state]} />
      {at && state !== 'rotating' ? (
        <span className="text-muted">
          <Until at={at} />
        </span>
      ) : null}
    </span>
  );
}
