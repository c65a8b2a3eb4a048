import { type DelegationState, overStates } from '@clawster/contract/delegation';

/** What happens to a delegation. `fail`: `isRetryable` where it is by no fault of what was asked. */
export type Happening =
  | { kind: 'hold' | 'approve' | 'refuse' | 'deliver' | 'begin' | 'finish' | 'cancel' | 'expire' }
  | { kind: 'fail'; isRetryable: boolean };
export type Stepping = { state: DelegationState; attempt: number; attemptsMax: number };

type Kind = Happening['kind'];
const steps: Record<Exclude<DelegationState, (typeof overStates)[number]>, Partial<Record<Kind, DelegationState>>> = {
  requested: { hold: 'held', approve: 'approved', refuse: 'refused' },
  held: { approve: 'approved', refuse: 'refused', expire: 'expired', cancel: 'cancelled' },
  // Its end may be heard of before its host's answer that it was taken.
  approved: {
    deliver: 'delivered',
    begin: 'working',
    finish: 'done',
    fail: 'failed',
    expire: 'expired',
    cancel: 'cancelled',
  },
  delivered: { begin: 'working', finish: 'done', fail: 'failed', expire: 'expired', cancel: 'cancelled' },
  working: { finish: 'done', fail: 'failed', expire: 'expired', cancel: 'cancelled' },
};

/** Whether nothing more happens in this state. */
export function isOver(state: string): boolean {
  return (overStates as readonly string[]).includes(state);
}

/** The state after this happened, or undefined where it cannot happen: then it is not a step, and nothing is done. */
export function stepAfter(
  { state, attempt, attemptsMax }: Stepping,
  happening: Happening,
): DelegationState | undefined {
  if (isOver(state)) return undefined;
  const to = steps[state as keyof typeof steps][happening.kind];
  if (to !== 'failed' || happening.kind !== 'fail') return to;
  return happening.isRetryable && attempt < attemptsMax ? 'approved' : 'failed';
}
