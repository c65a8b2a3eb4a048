import { type DelegationState, overStates } from '@clawster/contract/delegation';
import type { Look } from '../../ui/state-word.tsx';

/** How far something is that a bot was asked for: a word, a shape and a colour. */
export const delegationLooks: Record<DelegationState, Look> = {
  requested: { word: 'Asked', tone: 'off', shape: 'ring', moving: true },
  held: { word: 'Held for a person', tone: 'warn', shape: 'bars' },
  approved: { word: 'Let through', tone: 'off', shape: 'ring', moving: true },
  delivered: { word: 'Handed over', tone: 'warn', shape: 'ring', moving: true },
  working: { word: 'Working', tone: 'warn', shape: 'ring', moving: true },
  refused: { word: 'Refused', tone: 'bad', shape: 'square' },
  done: { word: 'Done', tone: 'ok', shape: 'disc' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Cancelled', tone: 'off', shape: 'square' },
  expired: { word: 'Expired', tone: 'off', shape: 'gone' },
};

/** What a list of them is narrowed to. */
export const delegationWords = {
  open: 'All that are open',
  ...(Object.fromEntries(Object.entries(delegationLooks).map(([state, { word }]) => [state, word])) as Record<
    DelegationState,
    string
  >),
};

export const isOver = (state: DelegationState) => (overStates as readonly string[]).includes(state);
