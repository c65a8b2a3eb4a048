import type { InboxDecision, InboxKind, InboxState } from '@clawster/contract/inbox';
import type { Permission } from '@clawster/contract/permission';

/** What of an item says who may decide it. */
export type ItemFacts = {
  kind: InboxKind;
  state: InboxState;
  isExpired: boolean;
  decisions: readonly InboxDecision[];
  isQuestion: boolean;
  /** The person whose asking it comes of, where there is somebody else to decide it. */
  askedBy?: string | undefined;
  /** The person who set the goal it comes of, where they leave it to somebody else. */
  setBy?: string | undefined;
  assignee?: { id: string; name: string } | undefined;
};

/** Who decides: the person behind a key, too, where there is one. */
export type Decider = {
  personId: string | undefined;
  permissions: ReadonlySet<Permission>;
  /** Whether they may read what is decided about. */
  canRead: boolean;
};
export type Wish = InboxDecision | 'answer';

const namesOf: Record<Wish, string> = {
  approve: 'approved',
  always: 'approved for always',
  refuse: 'refused',
  answer: 'answered in words',
};

/** Why this is not decided so by them, or undefined when it is; without a wish, why they decide nothing of it at all. */
export function whyNotDecide(item: ItemFacts, decider: Decider, wish?: Wish): string | undefined {
  return whyNotNow(item) ?? whyNotBy(item, decider) ?? (wish && whyNotSo(item, decider, wish));
}

function whyNotNow({ state, isExpired }: ItemFacts): string | undefined {
  if (state === 'withdrawn') return 'What it was about is over, or was changed: there is nothing to decide any more';
  if (state === 'expired' || isExpired) return 'Nobody decided in time: it has expired';
  return state === 'open' ? undefined : `It was ${state} already`;
}

function whyNotBy({ askedBy, setBy, assignee }: ItemFacts, { personId, permissions }: Decider): string | undefined {
  if (!permissions.has('inbox:decide'))
    return 'Deciding needs the permission inbox:decide: ask an owner or admin of the workspace for it';
  if (askedBy && askedBy === personId) return 'It comes of what you asked for yourself: somebody else decides it';
  if (setBy && setBy === personId)
    return 'You set the goal it comes of, and the team wants somebody else to approve: give it to one of them';
  if (assignee && assignee.id !== personId)
    return `It was given to ${assignee.name}: they decide it, unless you give it to yourself`;
  return undefined;
}

function whyNotSo(item: ItemFacts, { permissions, canRead }: Decider, wish: Wish): string | undefined {
  const isOffered = wish === 'answer' ? item.isQuestion : item.decisions.includes(wish);
  if (!isOffered) return `This cannot be ${namesOf[wish]}`;
  const lacking = neededFor(item.kind, wish).find((one) => !permissions.has(one));
  if (lacking) return `For this you need the permission ${lacking}, too: ask an owner or admin of the workspace for it`;
  if (!canRead && wish !== 'refuse')
    return 'You may not read what you would say yes to: that needs the permission conversation:read';
  return undefined;
}

/** What is done by a decision is done in the name of who decides, who must be allowed to do it. */
function neededFor(kind: InboxKind, wish: Wish): Permission[] {
  if (wish === 'always') return ['team:manage'];
  return kind === 'budget' && wish === 'approve' ? ['budget:manage'] : [];
}
